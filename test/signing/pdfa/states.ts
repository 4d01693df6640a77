import { composeNotice } from "../../../signing/compose/compose-notice.ts";
import { composePaper } from "../../../signing/compose/compose-paper.ts";
import { composeReport } from "../../../signing/compose/compose-report.ts";
import { noticeField } from "../../../signing/compose/notice-to-compose.ts";
import { reportField } from "../../../signing/compose/report-to-compose.ts";
import { collectEvidence } from "../../../signing/seal/collect.ts";
import { appendDocumentTimestamp } from "../../../signing/seal/document-timestamp.ts";
import { appendEvidence } from "../../../signing/seal/evidence.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { loadFonts } from "../../../src/fonts.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { aNotice } from "../compose/a-notice.ts";
import { aPaper } from "../compose/a-paper.ts";
import { composed } from "../compose/composed.ts";
import { drawnPage, papers, sampleCopy } from "../compose/sample.ts";
import { collectingBy, nextSecond } from "../seal/levels.ts";
import { sealingBy, value } from "../seal/sealing.ts";
import { throwawayPki } from "../seal/throwaway-pki.ts";

/** Everything that leaves the house as a PDF, in every form that it has on its way. */
export const states = [
  "composed copy",
  "signed by the officer",
  "sealed by the agency (B-T)",
  "with evidence (B-LT)",
  "with a document timestamp (B-LTA)",
  "renewed (second store, second timestamp)",
  "notice of refusal",
  "report of an examination",
  "administrative paper",
] as const;
export type State = (typeof states)[number];

/** Signed by throw-away keys; the copy has a colour page, a grey one and small ones. */
export async function everyState(): Promise<Record<State, Bytes>> {
  const pki = await throwawayPki();
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });
  try {
    const { world, request, holder, timestamps } = sealingBy(pki, http);
    const sign = async (pdf: Bytes, field: string, name: "officer" | "agency") =>
      value(await sealSignature(request(pdf, field), world(holder(name)))).pdf;
    const extended = async (pdf: Bytes) => {
      await nextSecond();
      const evidence = value(await collectEvidence(pdf, collectingBy(pki, http)));
      const stored = value(appendEvidence(pdf, evidence, nodePrimitives)).pdf;
      const dated = { ...timestamps(), primitives: nodePrimitives };
      return { stored, archived: value(await appendDocumentTimestamp(stored, 6000, dated)).pdf };
    };
    const copy = (await composed(await aCopy())).pdf;
    const officer = await sign(copy, "officer", "officer");
    const sealed = await sign(officer, "agency", "agency");
    const { stored, archived } = await extended(sealed);
    const renewed = (await extended(archived)).archived;
    const fonts = await loadFonts();
    return {
      "composed copy": copy,
      "signed by the officer": officer,
      "sealed by the agency (B-T)": sealed,
      "with evidence (B-LT)": stored,
      "with a document timestamp (B-LTA)": archived,
      "renewed (second store, second timestamp)": renewed,
      "notice of refusal": await sign(value(await composeNotice(aNotice(), fonts)).pdf, noticeField, "officer"),
      "report of an examination": await sign((await composeReport(aReport, fonts)).pdf, reportField, "agency"),
      "administrative paper": (await composePaper(aPaper(), fonts)).pdf,
    };
  } finally {
    http.close();
    await pki.end();
  }
}

async function aCopy() {
  const copy = await sampleCopy([papers.a4Portrait, papers.idCard, papers.a3Landscape], { development: true });
  const grey = await drawnPage(papers.a5Portrait, true);
  const [word] = grey.words;
  if (word === undefined) throw new Error("a page has words");
  // What engines can be made to say: private use, direction marks, nothing, marks that must be composed.
  const odd = ["\uE000\u202Eabc", "\uFEFF", "\u{10FFFF}x", "Ho\u0300a", "\uD800"].map((text) => ({ ...word, text }));
  const read = { ...grey, words: [...odd, ...grey.words] };
  return { ...copy, original: { ...copy.original, pages: [...copy.original.pages, read] } };
}

const aReport = {
  language: "en" as const,
  title: "Report of an examination",
  titleBeside: "Báo cáo kiểm tra",
  sections: [
    {
      heading: "File",
      rows: [
        { label: "SHA-256", value: "ab".repeat(32) },
        { label: null, value: "A sentence." },
      ],
    },
    { heading: "Signatures", rows: [{ label: "Signer", value: "Nguyễn Văn Giả (hư cấu)" }] },
  ],
  signedBy: "Examination reports (fictional)",
  author: "Examination reports (fictional)",
  composedAt: "2026-11-22T03:00:00Z" as Instant,
  development: true,
};
