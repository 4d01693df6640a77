import { otherLanguage } from "../design/speech.ts";
import { timeText } from "../design/time.ts";
import type { Language } from "../language.ts";
import { copyRows, openingRows } from "./opening-page.tsx";
import { receiversSpeech } from "./receiver-pages.tsx";
import type { OpeningView } from "./receiver-world.ts";

type Row = { readonly label: string | null; readonly value: string };

/** What the signed receipt of one opening says: the rows of the page, and the digest that says which copy was given. */
export function receiptText(view: OpeningView, language: Language, signedBy: string) {
  const speech = receiversSpeech(language);
  const { say, beside } = speech;
  const { copy, opening } = view;
  const rows = (pairs: readonly (readonly [string, string])[]): Row[] =>
    pairs.map(([label, value]) => ({ label, value }));
  return {
    title: say("receiptHeading"),
    titleBeside: beside("receiptHeading"),
    signedBy: say("signedBy", { name: signedBy }),
    sections: [
      {
        heading: say("howHeading"),
        rows: [
          ...rows(openingRows(view, speech)),
          { label: say("openingId"), value: view.openingId },
          { label: null, value: `${timeText(opening.openedAt, language)} = ${opening.openedAt}` },
          { label: null, value: receiversSpeech(otherLanguage(language)).say("basisText") },
        ],
      },
      {
        heading: say("whatHeading"),
        rows: [
          ...rows(copyRows(view, speech)),
          { label: say("digest"), value: copy.sha256 },
          { label: say("length"), value: say("bytes", { bytes: copy.lengthBytes }) },
          { label: say("check"), value: copy.verificationLink },
          { label: null, value: say("notACopy") },
          { label: null, value: beside("notACopy") },
        ],
      },
    ],
  };
}

/** The same for programs. The order of the keys is part of the format, version 1. */
export function receiptJson({ openingId, opening, procedure, pages, uses, copy }: OpeningView) {
  const { openedAt, openedBy, proof, ordinal } = opening;
  return {
    ...{ version: 1, kind: "opening", openingId, openedAt, openedBy, proof, ordinal, uses, procedure, pages },
    basis: { vi: receiversSpeech("vi").say("basisText"), en: receiversSpeech("en").say("basisText") },
    copy,
  };
}
