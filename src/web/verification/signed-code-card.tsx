import type { Child } from "hono/jsx";
import type { VerificationWord } from "../words/verification.vi.ts";
import type { Speech } from "./speech.ts";

export type ShownLine = { readonly number: string; readonly book: string } | null;

type CardProps = {
  readonly speech: Speech;
  /** Base 64: the script believes no key list but this root's. */
  readonly rootKey: string;
  /** What the page itself says of the copy, to be held against the code; null where it says nothing. */
  readonly line: ShownLine;
};

const facts: readonly (readonly [name: string, word: VerificationWord])[] = [
  ["kind", "factKind"],
  ["numberMasked", "factPaperNumber"],
  ["holderInitials", "factHolder"],
  ["agency", "factAgency"],
  ["number", "factNumber"],
  ["bookText", "factBook"],
  ["date", "factDate"],
  ["pageCount", "factPages"],
];

const statuses = [
  ["valid", "codeStatusValid"],
  ["annulled", "recordAnnulled"],
  ["superseded", "recordSuperseded"],
  ["not_in_force", "codeStatusNone"],
  ["unknown", "codeStatusUnknown"],
] as const satisfies readonly (readonly [string, VerificationWord])[];

/**
 * For who scanned the signed code: its fragment never reaches a server, so a script reads it and fills this in. Without
 * a script, and without a fragment, it stays hidden. Never green: a genuine code can be photocopied onto a forgery.
 */
export const SignedCodeCard = ({ speech: { say }, rootKey, line }: CardProps) => (
  <section data-signed-code data-root={rootKey} data-number={line?.number} data-book={line?.book} hidden>
    <div class="verdict neutral" data-outcome="CODE_GENUINE_COMPARE" role="status" hidden>
      <h2>{say("codeGenuine")}</h2>
      <p class="next">{say("codeGenuineNext")}</p>
      <dl>
        {facts.map(([name, word]) => (
          <div>
            <dt>{say(word)}</dt>
            <dd data-fact={name}></dd>
          </div>
        ))}
      </dl>
      {statuses.map(([status, word]) => (
        <p data-status={status} hidden>
          <b>{say(word)}</b>
        </p>
      ))}
    </div>
    <Outcome say={say} outcome="refused" tone="bad" sentence="codeRefused" next="codeRefusedNext" />
    <Outcome say={say} outcome="another" tone="bad" sentence="codeAnother" next="codeAnotherNext" />
    <Outcome say={say} outcome="elsewhere" tone="bad" sentence="codeElsewhere" next="codeElsewhereNext">
      <p>
        <b data-issuer></b>
      </p>
    </Outcome>
    <Outcome say={say} outcome="unreachable" tone="care" sentence="codeUnreachable" next="codeUnreachableNext" />
  </section>
);

type OutcomeProps = {
  readonly say: Speech["say"];
  readonly outcome: string;
  readonly tone: "bad" | "care";
  readonly sentence: VerificationWord;
  readonly next: VerificationWord;
  readonly children?: Child;
};

const Outcome = ({ say, outcome, tone, sentence, next, children }: OutcomeProps) => (
  <div class={`verdict ${tone}`} data-outcome={outcome} role="alert" hidden>
    <h2>{say(sentence)}</h2>
    <p class="next">{say(next)}</p>
    {children}
  </div>
);
