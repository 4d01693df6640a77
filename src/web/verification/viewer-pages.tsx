import { Card, SummaryList } from "../design/content.tsx";
import type { Frame } from "../design/frame.ts";
import { type SpeechOf, speaker } from "../design/speech.ts";
import { viewerPagesEn } from "../words/viewer-pages.en.ts";
import { type ViewerPagesWord, viewerPagesVi } from "../words/viewer-pages.vi.ts";
import { Page } from "./layout.tsx";
import type { Speech } from "./speech.ts";

const speechIn = speaker({ vi: viewerPagesVi, en: viewerPagesEn });

type Viewer = {
  readonly title: ViewerPagesWord;
  readonly bar: ViewerPagesWord;
  readonly panel?: ViewerPagesWord;
  /** The mark of its bar, by shape as well as colour: check, question, cross; none where the program tells nothing. */
  readonly mark: "check" | "question" | "cross" | null;
  readonly means: ViewerPagesWord;
  readonly next: ViewerPagesWord;
};

const viewers: readonly Viewer[] = [
  {
    ...{ title: "acrobatGood", bar: "acrobatGoodBar", mark: "check" },
    ...{ means: "acrobatGoodMeans", next: "acrobatGoodNext" },
  },
  {
    ...{ title: "acrobatUnknown", bar: "acrobatUnknownBar", panel: "acrobatUnknownPanel", mark: "question" },
    ...{ means: "acrobatUnknownMeans", next: "acrobatUnknownNext" },
  },
  {
    ...{ title: "acrobatBad", bar: "acrobatBadBar", panel: "acrobatBadPanel", mark: "cross" },
    ...{ means: "acrobatBadMeans", next: "acrobatBadNext" },
  },
  {
    ...{ title: "foxit", bar: "foxitBar", panel: "foxitPanel", mark: "question" },
    ...{ means: "foxitMeans", next: "foxitNext" },
  },
  { title: "browser", bar: "browserBar", mark: null, means: "browserMeans", next: "browserNext" },
  { title: "phone", bar: "phoneBar", mark: null, means: "phoneMeans", next: "phoneNext" },
];

/** `/help/viewers`: what a reader's own program shows, what it means, what to do. Pictures are drawn, and say so. */
export const ViewerPagesPage = ({ speech, frame }: { speech: Speech; frame: Frame }) => {
  const words = speechIn(speech.language);
  const { say } = words;
  return (
    <Page speech={speech} frame={frame} title={say("title")}>
      <h1>{say("title")}</h1>
      <p>{say("lead")}</p>
      {viewers.map((viewer) => (
        <Card title={say(viewer.title)}>
          <figure>
            <Sketch viewer={viewer} words={words} />
            <figcaption class="hint">{say("drawing", { what: say(viewer.bar) })}</figcaption>
          </figure>
          <SummaryList
            rows={[
              [say("means"), say(viewer.means)],
              [say("next"), say(viewer.next)],
            ]}
          />
        </Card>
      ))}
      <p>
        <a href={`/verify?lang=${speech.language}`}>{say("check")}</a>
      </p>
      <p>
        <a href={`/help/roots?lang=${speech.language}`}>{say("roots")}</a>
      </p>
    </Page>
  );
};

const markPath = {
  check: "M17 46l5 5 9-10",
  question: "M20 42c0-6 9-6 9 0 0 4-5 4-5 8M24 54v1",
  cross: "M18 40l12 12M30 40l-12 12",
} as const;
const colourOf = { check: "#0b5d2a", question: "#7a4a00", cross: "#8a0f12" } as const;

/** A window with a bar, a page and its two places. The sentences stand below as text: a picture cannot be read out. */
const Sketch = ({ viewer: { mark, panel }, words: { say } }: { viewer: Viewer; words: SpeechOf<ViewerPagesWord> }) => (
  <svg viewBox="0 0 360 190" width="360" class="sketch" role="presentation" focusable="false">
    <rect x="1" y="1" width="358" height="188" rx="6" fill="#fff" stroke="#5b5b5b" />
    <path d="M1 24h358" stroke="#5b5b5b" />
    <circle cx="14" cy="13" r="4" fill="#c9c9c9" />
    <circle cx="28" cy="13" r="4" fill="#c9c9c9" />
    <rect x="60" y="8" width="150" height="9" rx="4" fill="#e4e4e4" />
    {mark !== null && (
      <>
        <rect x="1" y="30" width="358" height="32" fill="#eef2f8" />
        <path d={markPath[mark]} fill="none" stroke={colourOf[mark]} stroke-width="3" />
        <path d="M44 42h190M44 51h130" stroke="#4a4a4a" stroke-width="4" />
      </>
    )}
    {panel !== undefined && (
      <>
        <rect x="8" y="70" width="96" height="112" fill="#f7f7f7" stroke="#b5b5b5" />
        <path d="M16 84h70M16 96h80M16 108h60M16 128h74M16 140h50" stroke="#8d8d8d" stroke-width="4" />
      </>
    )}
    <rect x="150" y="70" width="150" height="119" fill="#fff" stroke="#b5b5b5" />
    <path d="M164 86h120M164 98h120M164 110h90" stroke="#c9c9c9" stroke-width="4" />
    <rect x="164" y="124" width="54" height="40" fill="none" stroke="#5b5b5b" stroke-dasharray="3 2" />
    <text x="191" y="148" text-anchor="middle" font-size="11" fill="#333">
      {say("signature")}
    </text>
    <circle cx="258" cy="144" r="22" fill="none" stroke="#8a0f12" stroke-width="2" />
    <text x="258" y="148" text-anchor="middle" font-size="11" fill="#8a0f12">
      {say("seal")}
    </text>
  </svg>
);
