import type { Examination } from "../../../signing/examine/examination.ts";
import { parseSignedData } from "../../../signing/format/cms.ts";
import { collectEvidence } from "../../../signing/seal/collect.ts";
import { appendDocumentTimestamp } from "../../../signing/seal/document-timestamp.ts";
import { appendEvidence } from "../../../signing/seal/evidence.ts";
import { type Bytes, bytesOfHex, hexOf } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { type Chance, chanceOf } from "../../support/seeded.ts";
import { collectingBy, nextSecond } from "../seal/levels.ts";
import { sealingBy } from "../seal/sealing.ts";
import { examine, makeSealedCopy, now, type SealedCopy, value } from "./sealed-copy.ts";

type Stretch = { readonly from: number; readonly to: number };

/** A copy with all its evidence, the same without it, and where bytes mean what. */
export type TamperTarget = {
  readonly copy: SealedCopy;
  readonly forms: readonly { readonly name: string; readonly pdf: Bytes; readonly clean: Examination }[];
  /** Level of each signature of the sealed copy alone. */
  readonly withoutEvidence: readonly (string | null)[];
  /** End of the agency's revision: the identity of DESIGN decision 5. */
  readonly sealedEnd: number;
  /** `<` to `>` of every /Contents, in order. */
  readonly gaps: readonly Stretch[];
};

export async function tamperTarget(useObjectStreams: boolean): Promise<TamperTarget> {
  const copy = await makeSealedCopy(useObjectStreams);
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });
  await nextSecond();
  const evidence = value(await collectEvidence(copy.sealed, collectingBy(copy.pki, http)));
  const stored = value(appendEvidence(copy.sealed, evidence, nodePrimitives)).pdf;
  const dating = { ...sealingBy(copy.pki, http).timestamps(), primitives: nodePrimitives };
  const archived = value(await appendDocumentTimestamp(stored, 6000, dating)).pdf;
  http.close();
  const at = now();
  const aged = { ...copy, options: { ...copy.options, at } };
  const named = { "B-T": copy.sealed, "B-LT": stored, "B-LTA": archived };
  const forms = await Promise.all(
    Object.entries(named).map(async ([name, pdf]) => ({ name, pdf, clean: await examine(pdf, aged.options) })),
  );
  const gaps = [
    ...Buffer.from(archived)
      .toString("latin1")
      .matchAll(/\/Contents (<[0-9A-Fa-f]+>)/g),
  ].map((found) => {
    const from = found.index + found[0].length - (found[1]?.length ?? 0);
    return { from, to: found.index + found[0].length };
  });
  const withoutEvidence = forms[0]?.clean.signatures.map(({ level }) => level) ?? [];
  return { copy: aged, forms, withoutEvidence, sealedEnd: copy.sealed.length, gaps };
}

/** One byte set to another value. */
export type Tampering = {
  readonly form: string;
  readonly region: "signed" | "evidence" | "gap";
  readonly at: number;
  readonly to: number;
};

/** @returns the same list for the same seed and the same file */
export function tamperings(target: TamperTarget, count: number, seed: number): readonly Tampering[] {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => oneTampering(target, chance));
}

function oneTampering({ forms, sealedEnd, gaps }: TamperTarget, chance: Chance): Tampering {
  const { name, pdf } = chance.pick(forms);
  const wanted = chance.pick(["signed", "signed", "signed", "evidence", "gap"] as const);
  const own = gaps.filter(({ to }) => to <= pdf.length);
  const gapAt = (at: number) => own.some(({ from, to }) => at >= from && at < to);
  const place = (): number => {
    const gap = chance.pick(own);
    if (wanted === "gap") return gap.from + chance.below(gap.to - gap.from);
    const hasEvidence = wanted === "evidence" && pdf.length > sealedEnd;
    const at = hasEvidence ? sealedEnd + chance.below(pdf.length - sealedEnd) : chance.below(sealedEnd);
    return gapAt(at) ? place() : at; // gaps are most of a small file
  };
  const at = place();
  const region = gapAt(at) ? "gap" : at < sealedEnd ? "signed" : "evidence";
  return { form: name, region, at, to: ((pdf[at] ?? 0) + 1 + chance.below(255)) % 256 };
}

export type Outcome = {
  /** What is wrong with the examiner's answer; null where it keeps its promise. */
  readonly broken: string | null;
  /** Of the document; `no status` where there was none. */
  readonly status: string;
};

export async function outcomeOf(target: TamperTarget, tampering: Tampering): Promise<Outcome> {
  const form = target.forms.find(({ name }) => name === tampering.form);
  if (form === undefined) throw new Error(`no such form: ${tampering.form}`);
  const pdf = form.pdf.with(tampering.at, tampering.to) as Bytes;
  const found = await examine(pdf, target.copy.options);
  const outcome = (broken: string | null): Outcome => ({ broken, status: found.document.status ?? "no status" });
  if (tampering.region === "signed") return outcome(isRefused(found) ? null : told(found));
  if (tampering.region === "gap") return outcome(gapPromise(target, form.clean, found, pdf));
  return outcome(isLifted(target, form.clean, found) ? `lifted: ${told(found)}` : null);
}

/** Where a byte of the cross-references leaves no file to judge, too. */
const isRefused = ({ document }: Examination): boolean => document.status === "FAILED";

const told = ({ code, document, signatures, unreadable }: Examination): string =>
  `${code} ${unreadable ?? ""} ${document.status} ${document.reason} [${signatures.map(({ level }) => level).join()}]`;

const order = ["TS", "CMS", "B-B", "B-T", "B-LT", "B-LTA"];

/**
 * Evidence that was touched must not say more of a signature than there was before it came. What was not touched may: the
 * very same answer about the signer, out of the store, keeps B-LT. A document timestamp covers every byte before it, so
 * with any of them changed nothing is B-LTA.
 */
function isLifted({ withoutEvidence }: TamperTarget, clean: Examination, { signatures }: Examination): boolean {
  return withoutEvidence.some((level, i) => {
    const found = signatures[i]?.level ?? null;
    if (found === null || order.indexOf(found) <= order.indexOf(level ?? "TS")) return false;
    const same = JSON.stringify(signatures[i]?.revocation) === JSON.stringify(clean.signatures[i]?.revocation);
    return !same || signatures[i]?.revocation.status !== "good" || found === "B-LTA";
  });
}

function gapPromise(target: TamperTarget, clean: Examination, found: Examination, pdf: Bytes): string | null {
  if (found.document.status !== "PASSED") return null;
  const isOther = clean.signatures.some(({ signer, provenTime }, i) => {
    const one = found.signatures[i];
    if (one?.intact !== true) return false; // a document timestamp that broke says nothing of anything
    const isSameSigner = one?.signer == null || one.signer.sha256 === signer?.sha256;
    return !isSameSigner || (one?.provenTime != null && one.provenTime !== provenTime);
  });
  if (isOther || found.signatures.length !== clean.signatures.length) return `other facts: ${told(found)}`;
  const own = target.gaps.filter(({ to }, i) => to <= pdf.length && found.signatures[i]?.intact === true);
  const form = target.forms.find(({ pdf: one }) => one.length === pdf.length);
  const digests = (bytes: Bytes) => own.map((gap) => digestIn(bytes, gap)).join();
  return form !== undefined && digests(form.pdf) === digests(pdf) ? null : "another digest";
}

function digestIn(pdf: Bytes, { from, to }: Stretch): string {
  // ISO 32000-2 §7.3.4.3: white space between digits says nothing, and a last digit that is missing is 0.
  const digits = Buffer.from(pdf.subarray(from + 1, to - 1))
    .toString("latin1")
    .replace(/[\0\t\n\f\r ]/g, "");
  const read = parseSignedData(bytesOfHex(digits.length % 2 === 0 ? digits : `${digits}0`) ?? new Uint8Array(0));
  const [signer] = read.ok ? read.value.signers : [];
  return hexOf(signer?.signedAttributes?.messageDigest ?? new Uint8Array(0));
}
