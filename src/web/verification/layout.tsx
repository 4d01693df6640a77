import type { Child } from "hono/jsx";
import type { VerificationWord } from "../words/verification.vi.ts";
import { type Fills, otherLanguage, type Speech } from "./speech.ts";

/** What a verdict's icon, word and colour say together; colour alone never says it. */
export type Tone = "good" | "bad" | "care" | "neutral";

const toneWord = { good: "statusGood", bad: "statusBad", care: "statusCare", neutral: "statusNeutral" } as const;

type PageProps = {
  readonly speech: Speech;
  readonly title: string;
  /** address of this page, for the language switch */
  readonly path: string;
  readonly development: boolean;
  readonly children: Child;
};

/** The frame of every public verification page. */
export const Page = ({ speech, title, path, development, children }: PageProps) => (
  <html lang={speech.language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <meta name="color-scheme" content="light" />
      <title>{`${title} – ${speech.say("siteName")}`}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/assets/verification.css" />
    </head>
    <body>
      <a class="skip" href="#main">
        {speech.say("skipToContent")}
      </a>
      <header>
        <a class="site" href={`/verify?lang=${speech.language}`}>
          {speech.say("siteName")}
        </a>
        <LanguageSwitch speech={speech} path={path} />
      </header>
      {development && <p class="development">{speech.say("developmentBanner")}</p>}
      <main id="main">{children}</main>
      <footer>{speech.say("footer")}</footer>
    </body>
  </html>
);

/** The other language's name, in that language: it is read by people who do not read this one. */
const LanguageSwitch = ({ speech, path }: { speech: Speech; path: string }) => {
  const other = otherLanguage(speech.language);
  return (
    <a class="language" href={`${path}?lang=${other}`} hreflang={other} lang={other}>
      {speech.say("otherLanguage")}
    </a>
  );
};

type VerdictProps = {
  readonly speech: Speech;
  readonly tone: Tone;
  readonly sentence: VerificationWord;
  readonly next: VerificationWord;
  readonly fills?: Fills;
  readonly badge?: VerificationWord;
  readonly children?: Child;
};

/** The one sentence, in both languages, and what to do next. `status`: a screen reader says it after an upload. */
export const Verdict = ({ speech, tone, sentence, next, fills, badge, children }: VerdictProps) => (
  <section class={`verdict ${tone}`} role="status">
    <p class="badge">
      <Icon tone={tone} />
      {speech.say(badge ?? toneWord[tone])}
    </p>
    <h1>{speech.say(sentence, fills)}</h1>
    <p class="beside" lang={otherLanguage(speech.language)}>
      {speech.beside(sentence, fills)}
    </p>
    <p class="next">{speech.say(next, fills)}</p>
    {children}
  </section>
);

const shapes: Readonly<Record<Tone, string>> = {
  good: "M5 12.5l4.5 4.5L19 7.5",
  bad: "M6 6l12 12M18 6L6 18",
  care: "M12 5v9M12 18.2v.3",
  neutral: "M12 5.5v.3M12 10v8.5",
};

const Icon = ({ tone }: { tone: Tone }) => (
  <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">
    <circle cx="12" cy="12" r="12" class="disc" />
    <path d={shapes[tone]} class="mark" />
  </svg>
);

/** Label above value on a phone, beside it on a wide screen. */
export const Facts = ({ rows }: { rows: readonly (readonly [label: string, value: string])[] }) => (
  <dl>
    {rows.map(([label, value]) => (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
