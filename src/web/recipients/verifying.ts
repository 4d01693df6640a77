import type { z } from "zod";
import { hexOf, type Instant } from "../../core/kernel.ts";
import type { StandingRecord } from "../../core/status/standing.ts";
import type { AskedCopy } from "../../core/verification-batch.ts";
import { parseVerificationCode } from "../../core/verification-code.ts";
import type { CheckedFile } from "../verification/check-files.ts";
import { openAndProve } from "../verification/find-record.ts";
import { judged, recordOf } from "../verification/judge.ts";
import type { VerificationWorld } from "../verification/world.ts";
import type { CopyAnswer, FileAnswer } from "./shapes.ts";

type Answer = z.infer<typeof CopyAnswer>;
type Facts = NonNullable<Answer["copy"]>;

/** Never throws for what was asked; the same proof of the log as on the public page. */
export async function verifyCopy(asked: AskedCopy, world: VerificationWorld): Promise<Answer> {
  const { reference } = asked;
  const told = (outcome: Answer["outcome"], copy: Facts | null = null): Answer => ({
    outcome,
    ...(reference === undefined ? {} : { reference }),
    copy,
  });
  if ("sha256" in asked) {
    const found = await recordOf({ digest: asked.sha256, lengthBytes: asked.lengthBytes }, world, "key");
    if (found === "unproven") return told("unproven");
    return found === null ? told("unknown") : told(outcomeOf(found.record), factsOf(found.record));
  }
  const code = parseVerificationCode("code" in asked ? asked.code : codeIn(asked.link));
  if (!code.ok) return told("malformed");
  const found = await openAndProve(code.value, world);
  if (found.is === "problem") return told("unknown");
  if (found.is === "distrusted") return told("unproven");
  world.noteCheck?.(found.record.statusIndex, "key");
  return told(outcomeOf(found.record), factsOf(found.record));
}

/** `https://…/v/<code>`, whatever host it names: a code of another service is unknown here. */
const codeIn = (link: string): string => /\/v\/([^/?#]+)/.exec(link)?.[1] ?? "";

const outcomeOf = ({ status }: StandingRecord): Answer["outcome"] => (status === "unknown" ? "status_unknown" : status);

function factsOf(record: StandingRecord): Facts {
  const { agency, number, book, sealedAt, signer, holderInitials, pageCount, statusIndex, development } = record;
  const { kind, numberMasked, issuedOn, issuedBy } = record.paper;
  const { digest: sha256, lengthBytes } = record.identity;
  const { decision, successor } = record;
  return {
    ...{ agency, number, book: book.text, sealedAt, signer, holderInitials, pageCount, statusIndex, development },
    paper: { kind, numberMasked, issuedOn, issuedBy },
    identity: { sha256, lengthBytes },
    statusAsOf: record.asOf satisfies Instant | null,
    decision: decision === null ? null : { number: decision.number, date: decision.date },
    ...(record.isSuccessorUnread !== true && {
      successor:
        successor === undefined ? null : { number: successor.number, book: successor.bookText, date: successor.date },
    }),
  };
}

/** @returns null when too many files wait to be examined: try again */
export async function verifyFile(
  pdf: Uint8Array<ArrayBuffer>,
  world: VerificationWorld,
): Promise<z.infer<typeof FileAnswer> | null> {
  const sha256 = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", pdf)));
  const about = { sha256, lengthBytes: pdf.length };
  if (pdf.length === 0) return { outcome: "empty", ...about, copy: null };
  const examined = await world.examineUpload(pdf);
  if (!examined.ok) return examined.failure.code === "busy" ? null : { outcome: "stopped", ...about, copy: null };
  const found = await recordOf(examined.value.identity, world, "key");
  if (found === "unproven") return { outcome: "unproven", ...about, copy: null };
  const file = { name: "", ...about, examined: examined.value, notExamined: null } as CheckedFile;
  const { answer } = judged(file, examined.value, found, world);
  return { outcome: answer, ...about, copy: found === null ? null : factsOf(found.record) };
}
