import type { Dispatch } from "../../core/dispatch.ts";
import type { Instant } from "../../core/kernel.ts";
import type { SpeechOf } from "../design/speech.ts";
import { shortTimeText } from "../design/time.ts";
import type { DispatchWord } from "../words/dispatch.vi.ts";

export type DispatchSpeech = SpeechOf<DispatchWord>;

/** What became of each sending, newest first, in one line each. */
export const DispatchLines = ({ sent, speech }: { sent: readonly Dispatch[]; speech: DispatchSpeech }) => (
  <ul>
    {sent.map((dispatch) => (
      <li>
        <b>{speech.say(`way_${dispatch.way}`)}</b>
        {dispatch.what === "annulled" && ` (${speech.say("what_annulled")})`}: {stateText(dispatch, speech)}
      </li>
    ))}
  </ul>
);

export function stateText(
  { state, reason, nextTryAt, endedAt }: Pick<Dispatch, "state" | "reason" | "nextTryAt" | "endedAt">,
  { say, language }: DispatchSpeech,
): string {
  const time = (at: Instant | null) => (at === null ? "" : shortTimeText(at, language));
  const why = reason === null ? "" : say(`reason_${reason}`);
  return say(`state_${state}`, { next: time(nextTryAt), time: time(endedAt), reason: why });
}

/** All that was tried ended without anybody taking the result; of an annulled copy, the news of it. */
export const hasFailed = (sent: readonly Dispatch[]): boolean => {
  const news = sent.filter(({ what }) => what === "annulled");
  const tried = (news.length > 0 ? news : sent).filter(({ state }) => state !== "withdrawn");
  return tried.length > 0 && tried.every(({ state }) => state === "refused" || state === "given_up");
};
