import type { Context } from "hono";
import { composeReport } from "../../signing/compose/compose-report.ts";
import { type ReportToCompose, reportField } from "../../signing/compose/report-to-compose.ts";
import { examinePdf } from "../../signing/examine/examine.ts";
import { copyFactsOf } from "../../signing/examine/report.ts";
import { parseCertificate } from "../../signing/format/certificate.ts";
import type { ChainFinding } from "../../signing/format/chain.ts";
import { flattenedJws } from "../../signing/format/jws.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { sealWithRoom } from "../../signing/seal/seal.ts";
import { certifiedCopyVerdict } from "../core/certified-copy.ts";
import { type Bytes, equalBytes, fail, ok, type Result } from "../core/kernel.ts";
import { nodeDeflate } from "../primitives-node.ts";
import { takeFewTurns } from "../roof/turns.ts";
import type { Language } from "../web/language.ts";
import type { WebEnv } from "../web/route.ts";
import { beginAttempt } from "../web/throttle.ts";
import type { ReportDesk, ReportFailure, ReportOfFiles } from "../web/verification/filed-report.ts";
import { reportText } from "../web/verification/report-text.ts";
import type { House } from "./house.ts";
import { throttleWorld } from "./key-use.ts";
import { isKeyValidAt, openEnvelope, sealEnvelope } from "./report-envelope.ts";
import { reservation } from "./sealing-act.ts";
import { forgetSample, timestamps } from "./timestamps.ts";

/** Each costs a page setter, a signature and a timestamp: one address does not need more of them in an hour. */
const reportRule = { name: "report", attempts: 60, windowSeconds: 3600, blockSeconds: 900 };
const mostWaiting = 6;

/** @param addressOf who is counted against */
export function reportDesk(house: House, key: KeyHolder, addressOf: (c: Context<WebEnv>) => string): ReportDesk {
  const inTurn = takeFewTurns(1, mostWaiting); // strangers' reports never stand before the counter's own signatures
  const admitted = async (act: () => Promise<Result<Bytes, ReportFailure>>) =>
    (await inTurn(act)) ?? fail({ code: "busy" } as const);
  return {
    seal: (filed) => sealEnvelope(filed, key, house.now()),
    open: (envelope) => openEnvelope(envelope, key, house.now()),
    json: flattenedJws,
    pdf: async (c, filed, language) => {
      const attempt = await beginAttempt(throttleWorld(house), reportRule, addressOf(c));
      return attempt.ok ? admitted(() => signedReport(house, key, filed, language)) : attempt;
    },
  };
}

async function signedReport(
  house: House,
  key: KeyHolder,
  filed: ReportOfFiles,
  language: Language,
): Promise<Result<Bytes, ReportFailure>> {
  const text = reportText(filed, language, { address: house.publicUrl, signedBy: nameOfKey(key) });
  return signReport(house, key, { ...text, language });
}

type ReportText = Omit<ReportToCompose, "author" | "composedAt" | "development">;

/** Composed, signed with the key for reports, timestamped, and examined before it leaves. */
export async function signReport(
  house: House,
  key: KeyHolder,
  text: ReportText,
): Promise<Result<Bytes, { readonly code: "unavailable" }>> {
  const at = house.now();
  if (!isKeyValidAt(key, at)) return fail({ code: "unavailable" });
  const name = nameOfKey(key);
  const { development } = house;
  const composed = await composeReport({ ...text, author: name, composedAt: at, development }, house.fonts);
  const reserved = await reservation(house, key);
  if (!reserved.ok) return fail({ code: "unavailable" });
  const sealed = await sealWithRoom(
    { pdf: composed.pdf, fieldName: reportField, claimedTime: at, reservedBytes: reserved.value, name },
    { key, timestamps: timestamps(house, null), deflate: nodeDeflate, primitives: house.primitives },
    () => forgetSample(house),
  );
  if (!sealed.ok) return fail({ code: "unavailable" });
  return (await isWhatItSays(house, key, composed.pdf, sealed.value.pdf))
    ? ok(sealed.value.pdf)
    : fail({ code: "unavailable" });
}

/**
 * STYLE C18: nothing leaves that our own examiner does not find intact, with one signature by this key and a proven
 * time, nor anything that could be taken for a certified copy. Whether strangers know the authority above it is theirs.
 */
async function isWhatItSays(house: House, key: KeyHolder, composed: Bytes, signed: Bytes): Promise<boolean> {
  const { anchors, agencies } = house.keyList();
  const examination = await examinePdf(signed, { anchors, at: house.now() }, house.primitives);
  const [only, another] = examination.signatures;
  if (only === undefined || another !== undefined || only.signer === null) return false;
  const verdict = certifiedCopyVerdict(copyFactsOf(examination, null), agencies, null);
  return (
    equalBytes(signed.subarray(0, composed.length), composed) &&
    equalBytes(only.signer.certificate.raw, key.certificate) &&
    examination.document.status !== "FAILED" &&
    only.level === "B-T" &&
    !standsFor(only.chain) &&
    (verdict.status === "not_a_certified_copy" || verdict.status === "unknown")
  );
}

/** Whether its chain leads to an anchor for officials or agencies, for that alone or for more. */
const standsFor = (chain: ChainFinding | null): boolean =>
  chain?.trusted === true && (chain.purposes.includes("official") || chain.purposes.includes("agency_seal"));

/** The name on its certificate. */
export function nameOfKey(key: KeyHolder): string {
  const read = parseCertificate(key.certificate);
  return read.ok ? (read.value.subject.commonName ?? read.value.subject.text) : "";
}
