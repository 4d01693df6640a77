import type { Child } from "hono/jsx";
import { type Tone, ToneIcon } from "./icons.tsx";

type VerdictProps = {
  readonly tone: Tone;
  /** The one word beside the icon. */
  readonly badge: string;
  /** The page's one sentence. */
  readonly sentence: string;
  /** The same in the other language, where strangers read it. */
  readonly beside?: { readonly text: string; readonly lang: string };
  readonly next?: string;
  readonly children?: Child;
};

/** The page's answer as its h1, and what to do next. `status`: a screen reader says it after a form was sent. */
export const Verdict = ({ tone, badge, sentence, beside, next, children }: VerdictProps) => (
  <section class={`verdict ${tone}`} role="status">
    <p class="badge">
      <ToneIcon tone={tone} />
      {badge}
    </p>
    <h1>{sentence}</h1>
    {beside && (
      <p class="beside" lang={beside.lang}>
        {beside.text}
      </p>
    )}
    {next && <p class="next">{next}</p>}
    {children}
  </section>
);

type NoticeProps = { readonly tone: Tone; readonly title: string; readonly children?: Child };

/** A word to the reader within a page: done, stopped, take care. */
export const Notice = ({ tone, title, children }: NoticeProps) => (
  <section class={`verdict ${tone}`} role={tone === "bad" ? "alert" : "status"}>
    <p class="badge">
      <ToneIcon tone={tone} />
      {title}
    </p>
    {children}
  </section>
);
