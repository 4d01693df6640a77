import { type Bytes, fail, type Hash, ok, type Result, utf8 } from "../core/kernel.ts";
import { readTreeSize, type VerifyEd25519 } from "../core/log/checkpoint.ts";
import { judgeCosignatures } from "../core/log/cosignature.ts";
import { type NoteKey, readSignatureLines, signatureLine } from "../core/log/note.ts";
import { writeAddCheckpoint } from "../core/log/witnessing.ts";
import type { HttpClient } from "../http.ts";

/** Another body that cosigns our checkpoints. @param url submission prefix of tlog-witness, without a slash at the end */
export type Witness = { readonly key: NoteKey; readonly url: string };

export type WitnessTrouble =
  /** No answer in time, or none that can be understood. */
  | { readonly code: "witness_silent" }
  /** It does not know this log, or not this key of it. */
  | { readonly code: "witness_refuses"; readonly status: number }
  /** What it saw and what we sign cannot both be one log: a fork, here or there. */
  | { readonly code: "witness_disagrees"; readonly status: number }
  | { readonly code: "witness_ahead"; readonly size: number };

export type CirclePorts = {
  readonly post: HttpClient["post"];
  readonly sha256: Hash;
  readonly verifyEd25519: VerifyEd25519;
  /** Resolves after that long. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Monotone milliseconds. */
  readonly clock: () => number;
  readonly onTrouble: (witness: string, trouble: WitnessTrouble) => void;
};

/** A signed note of that size, with the way to prove that it continues a smaller tree; null where tiles are missing. */
export type Submission = {
  readonly size: number;
  readonly note: string;
  readonly proofFrom: (oldSize: number) => Promise<readonly Bytes[] | null>;
};

export type WitnessCircle = {
  readonly names: readonly string[];
  /** The largest tree that any of them says, or said since this process began, to have cosigned; null where none did. */
  readonly newest: (standing: Submission) => Promise<{ readonly witness: string; readonly size: number } | null>;
  /** How many have told since this process began how far they followed this log. */
  readonly heard: () => number;
  /** Signature lines that came in time, each judged. Who is late or silent is asked again with the next checkpoint. */
  readonly cosign: (submission: Submission) => Promise<readonly string[]>;
};

/** One slow witness must not hold up release: DESIGN decision 7, a sealed copy is public within two seconds. */
const patienceMs = 600;
/** A witness that did not answer is left alone for this long, so that an outage costs one wait and not one a copy. */
const restMs = 15_000;

type Member = Witness & {
  knownSize: number;
  restsUntil: number;
  /** It said itself, since this process began, what it cosigned last. */
  isHeard: boolean;
};

/** Asks all of them at once; what each of them said last is remembered, so that most checkpoints cost one request. */
export function witnessCircle(witnesses: readonly Witness[], ports: CirclePorts): WitnessCircle {
  const restsUntil = Number.NEGATIVE_INFINITY;
  const members: Member[] = witnesses.map((one) => ({ ...one, knownSize: 0, restsUntil, isHeard: false }));
  const fromEach = <T>(ask: (member: Member) => Promise<T | null>) =>
    Promise.all(members.map((member) => inTime(member, ask, ports)));
  return {
    names: members.map(({ key }) => key.name),
    newest: async (standing) => {
      await fromEach((member) => sizeAt(member, standing, ports));
      // who fell silent meanwhile still counts by its last word
      const told = members
        .filter(({ isHeard }) => isHeard)
        .map(({ key, knownSize: size }) => ({ witness: key.name, size }));
      return told.toSorted((a, b) => b.size - a.size)[0] ?? null;
    },
    heard: () => members.filter(({ isHeard }) => isHeard).length,
    cosign: async (submission) => {
      const lines = await fromEach((member) => lineOf(member, submission, ports));
      return lines.filter((line) => line !== null);
    },
  };
}

async function inTime<T>(
  member: Member,
  ask: (member: Member) => Promise<T | null>,
  { wait, clock, onTrouble }: CirclePorts,
): Promise<T | null> {
  if (clock() < member.restsUntil) return null;
  const late = Symbol("late");
  const answer = await Promise.race([ask(member), wait(patienceMs).then(() => late)]);
  if (typeof answer !== "symbol") return answer;
  member.restsUntil = clock() + restMs;
  onTrouble(member.key.name, { code: "witness_silent" });
  return null;
}

/** What it cosigned last, told by the checkpoint that is public already: whatever it answers, nothing new was signed. */
async function sizeAt(member: Member, standing: Submission, ports: CirclePorts): Promise<null> {
  const answer = await submit(member, { oldSize: standing.size, proof: [], checkpoint: standing.note }, ports);
  if (learn(member, answer, standing.size)) return null;
  return answer.ok || answer.failure.code === "elsewhere" ? null : tell(member, answer.failure, ports);
}

/** @returns whether it told how far it followed the log */
function learn(member: Member, answer: Submitted, cosigned: number): boolean {
  const size = answer.ok ? cosigned : answer.failure.code === "elsewhere" ? answer.failure.size : null;
  if (size === null) return false;
  [member.knownSize, member.isHeard] = [size, true];
  return true;
}

async function lineOf(member: Member, submission: Submission, ports: CirclePorts): Promise<string | null> {
  const first = await submitFrom(member, submission, ports);
  // it stands elsewhere than we thought: it told where, and one more request suffices
  const moved = !first.ok && first.failure.code === "elsewhere";
  const answer = moved ? await submitFrom(member, submission, ports) : first;
  if (answer.ok) return answer.value;
  return answer.failure.code === "elsewhere" ? null : tell(member, answer.failure, ports);
}

async function submitFrom(member: Member, { size, note, proofFrom }: Submission, ports: CirclePorts) {
  const oldSize = member.knownSize;
  if (oldSize > size) return fail({ code: "witness_ahead", size: oldSize } as const);
  const proof = await proofFrom(oldSize);
  if (proof === null) return fail({ code: "witness_silent" } as const);
  const answer = await submit(member, { oldSize, proof, checkpoint: note }, ports);
  learn(member, answer, size);
  return answer;
}

function tell(member: Member, trouble: WitnessTrouble, { clock, onTrouble }: CirclePorts): null {
  onTrouble(member.key.name, trouble);
  if (trouble.code === "witness_silent") member.restsUntil = clock() + restMs;
  return null;
}

type Submitted = Result<string, WitnessTrouble | { readonly code: "elsewhere"; readonly size: number }>;

/** C2SP tlog-witness `add-checkpoint`, and what each status means. @returns one line, by this witness and over this note */
async function submit(
  { key, url }: Witness,
  request: Parameters<typeof writeAddCheckpoint>[0],
  { post, sha256, verifyEd25519 }: CirclePorts,
): Promise<Submitted> {
  const body = utf8(writeAddCheckpoint(request));
  const asked = { url: `${url}/add-checkpoint`, contentType: "text/plain; charset=utf-8", accept: "text/plain", body };
  const answer = await post(asked);
  if (!answer.ok) return fail({ code: "witness_silent" });
  const { status, contentType } = answer.value;
  const text = new TextDecoder().decode(answer.value.body);
  if (status === 200) {
    const line = await lineBy(key, request.checkpoint, text, { sha256, verifyEd25519 });
    return line === null ? fail({ code: "witness_silent" }) : ok(line);
  }
  const size = status === 409 && contentType.startsWith("text/x.tlog.size") ? readTreeSize(text.trimEnd()) : null;
  if (size !== null && size !== request.oldSize) return fail({ code: "elsewhere", size });
  if (status === 409 || status === 422) return fail({ code: "witness_disagrees", status });
  return status >= 500 || status === 429 ? fail({ code: "witness_silent" }) : fail({ code: "witness_refuses", status });
}

/** Signatures of other keys are dropped, as tlog-witness wants it. */
async function lineBy(
  key: NoteKey,
  note: string,
  text: string,
  ports: { readonly sha256: Hash; readonly verifyEd25519: VerifyEd25519 },
): Promise<string | null> {
  for (const signature of readSignatureLines(text) ?? []) {
    const line = signatureLine(signature);
    const { valid } = await judgeCosignatures(note + line, [key], ports);
    if (valid.length === 1) return line;
  }
  return null;
}
