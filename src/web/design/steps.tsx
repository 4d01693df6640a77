import type { Language } from "../language.ts";
import { frameSpeech } from "../words/frame.ts";

export type Step = {
  readonly title: string;
  readonly state: "done" | "now" | "later" | "stopped";
  readonly note?: string | undefined;
};

const shapes: Readonly<Record<Step["state"], string>> = {
  done: "M7.5 14.5l4.5 4.5 9-10",
  now: "M10 14h8M14.5 10l4 4-4 4",
  later: "",
  stopped: "M9 9l10 10M19 9L9 19",
};

/** Where something is on its way. The state is said in words for whoever does not see the marks. */
export const Steps = ({ language, steps }: { language: Language; steps: readonly Step[] }) => {
  const { say } = frameSpeech(language);
  const words = { done: say("stepDone"), now: say("stepNow"), later: say("stepLater"), stopped: say("stepStopped") };
  return (
    <ol class="steps">
      {steps.map(({ title, state, note }) => (
        <li class={state} aria-current={state === "now" || state === "stopped" ? "step" : undefined}>
          <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">
            <circle cx="14" cy="14" r="13" class="disc" />
            <path d={shapes[state]} class="mark" />
          </svg>
          <b>{title}</b> <span class="hidden">{words[state]}</span>
          {note && <p>{note}</p>}
        </li>
      ))}
    </ol>
  );
};
