import type { AgencyId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../core/kernel.ts";
import type { DossierStatus } from "../core/stages.ts";
import type { AnnulmentKind } from "../core/status/annulment.ts";
import { type DossierCode, parseDossierCode, type SubmissionId } from "../core/submission.ts";
import type { Failure } from "./failure.ts";

/** Only how far it is, and whether a decision took its value: no kind, no title, no name. Whoever found a slip and guesses digits learns little. */
export type LookedUp = {
  readonly code: DossierCode;
  readonly agencyId: AgencyId;
  readonly openedAt: Instant;
  /** In the order in which they were presented. */
  readonly papers: readonly {
    readonly status: DossierStatus;
    readonly hasNotice: boolean;
    /** ANNUL-1: every look tells it from that second. */
    readonly lostValue: AnnulmentKind | null;
  }[];
};

export type CodedSubmission = Omit<LookedUp, "papers"> & {
  readonly submissionId: SubmissionId;
  readonly digitsHash: Bytes;
};

export type LookupWorld = {
  /** Counted before anything is looked at, against who asks and against the code, whether anybody has it or not. */
  readonly admit: (code: string) => Promise<Result<{ readonly giveBack: () => Promise<void> }, Failure>>;
  /** One, or several where agencies have the same prefix. */
  readonly byCode: (code: DossierCode) => Promise<readonly CodedSubmission[]>;
  /** Asked only of a submission whose digits were right. */
  readonly papers: (submission: CodedSubmission) => Promise<LookedUp["papers"]>;
  /** Counted for the life of the link, whether anybody has the code or not. */
  readonly noteWrong: (code: string) => Promise<void>;
  /** In constant time; null stands for a code that nobody has, and takes as long. */
  readonly hasDigits: (submission: CodedSubmission | null, digits: string) => boolean;
};

/**
 * VOICE-3: who lost the link learns by the code of the slip and the four digits how far the dossier is. An unknown code
 * and wrong digits are one answer.
 */
export async function lookUpState(
  typedCode: string,
  digits: string,
  world: LookupWorld,
): Promise<Result<readonly LookedUp[], Failure>> {
  const code = parseDossierCode(typedCode);
  const admitted = await world.admit(code ?? typedCode.slice(0, 60));
  if (!admitted.ok) return admitted;
  const known = code === null ? [] : await world.byCode(code);
  const asked = known.length === 0 ? [null] : known;
  const right = asked.filter((one) => world.hasDigits(one, digits)).filter((one) => one !== null);
  if (right.length === 0) {
    await world.noteWrong(code ?? "");
    return fail({ code: "wrong_digits" });
  }
  await admitted.value.giveBack();
  return ok(await Promise.all(right.map((one) => toldOf(one, world))));
}

const toldOf = async (submission: CodedSubmission, world: LookupWorld): Promise<LookedUp> => {
  const { code, agencyId, openedAt } = submission;
  return { code, agencyId, openedAt, papers: await world.papers(submission) };
};
