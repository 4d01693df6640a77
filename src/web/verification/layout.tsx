import type { Child } from "hono/jsx";
import type { Frame } from "../design/frame.ts";
import type { Tone } from "../design/icons.tsx";
import { Page as DesignPage } from "../design/page.tsx";
import { type Fills, otherLanguage } from "../design/speech.ts";
import { Verdict as DesignVerdict } from "../design/verdict.tsx";
import type { VerificationWord } from "../words/verification.vi.ts";
import type { Speech } from "./speech.ts";

const toneWord = { good: "statusGood", bad: "statusBad", care: "statusCare", neutral: "statusNeutral" } as const;

type PageProps = {
  readonly speech: Speech;
  readonly frame: Frame;
  readonly title: string;
  /** Of the record shown: a door that knows no store, the edge, learns it from there. */
  readonly development?: boolean;
  readonly readsCode?: boolean;
  readonly children: Child;
};

/** The frame of every public verification page. Its addresses carry the language: the edge keeps no cookie. */
export const Page = ({ speech, frame, title, development = false, readsCode = false, children }: PageProps) => (
  <DesignPage
    frame={{ ...frame, development: frame.development || development }}
    title={title}
    site={{ name: speech.say("siteName"), href: `${frame.here ? "/verify/here/" : "/verify"}?lang=${speech.language}` }}
    scripts={frame.here ? ["here"] : []}
    readsCode={readsCode}
    foot={<Foot speech={speech} address={frame.siteAddress} />}
  >
    {children}
  </DesignPage>
);

/** Whoever stands on a look-alike reads the true name there: it copies every page of ours, its name it cannot. */
const Foot = ({ speech: { say, language }, address }: { speech: Speech; address: string | null }) => (
  <>
    <p>{say("footer")}</p>
    {address !== null && (
      <p>
        {say("pageMustBe", { domain: new URL(address).host })}{" "}
        <a href={`${address}/look-alike?lang=${language}`}>{say("reportLookAlike")}</a>
      </p>
    )}
  </>
);

type VerdictProps = {
  readonly speech: Speech;
  readonly tone: Tone;
  readonly sentence: VerificationWord;
  readonly next: VerificationWord;
  readonly fills?: Fills;
  readonly badge?: VerificationWord;
  readonly children?: Child;
};

/** The one sentence, in both languages, and what to do next. */
export const Verdict = ({ speech, tone, sentence, next, fills, badge, children }: VerdictProps) => (
  <DesignVerdict
    tone={tone}
    badge={speech.say(badge ?? toneWord[tone])}
    sentence={speech.say(sentence, fills)}
    beside={{ text: speech.beside(sentence, fills), lang: otherLanguage(speech.language) }}
    next={speech.say(next, fills)}
  >
    {children}
  </DesignVerdict>
);
