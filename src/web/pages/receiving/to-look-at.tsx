import type { Page as ScannedPage } from "../../../core/dossier.ts";
import { asksToLeaveOut } from "../../../core/left-out.ts";
import { Card } from "../../design/content.tsx";
import type { Frame } from "../../design/frame.ts";
import type { SpeechOf } from "../../design/speech.ts";
import type { DossierView } from "../../officials/world.ts";
import type { ReceivingWord } from "../../words/receiving.vi.ts";
import { LeaveOut } from "./left-out.tsx";
import { imagePath, PageQuality, reasonText } from "./scans.tsx";
import { pathOf } from "./with-dossier.ts";

type Speech = SpeechOf<ReceivingWord>;
type Finding = ScannedPage["findings"][number];
type Told = { readonly page: ScannedPage; readonly finding: Finding };
type Props = { readonly frame: Frame; readonly view: DossierView; readonly speech: Speech };

const most = 12; // a stack of bad scans is scanned again, not looked at place by place

/** While paper and citizen are still here: each thing to look at beside its page, the place framed, and what to do. */
export const ToLookAt = ({ frame, view, speech }: Props) => {
  const told = view.pages.flatMap((page) => page.findings.map((finding): Told => ({ page, finding })));
  if (told.length === 0) return null;
  return (
    <Card title={speech.say("lookAtPart")}>
      <ul class="to-look-at">
        {told.slice(0, most).map((one) => (
          <li>
            <Marked frame={frame} view={view} told={one} speech={speech} />
            <Words frame={frame} view={view} told={one} speech={speech} />
          </li>
        ))}
      </ul>
      {told.length > most && <p>{speech.say("lookAtMore", { count: told.length - most })}</p>}
    </Card>
  );
};

const Words = ({ frame, view, told: { page, finding }, speech }: Props & { told: Told }) => (
  <div>
    <p>
      <PageQuality warnings={[finding.code]} say={speech.say} />{" "}
      <a href={pathOf(view, `/compare?page=${page.number}`)}>{speech.say("pageNumber", { number: page.number })}</a>
      {finding.of !== null && ` = ${speech.say("pageNumber", { number: finding.of })}`}
    </p>
    <p class="hint">{reasonText(finding.code, speech.language)}</p>
    {asksToLeaveOut(finding) && <LeaveOut frame={frame} view={view} page={page} speech={speech} from="dossier" />}
  </div>
);

/** The page's own picture with the place framed: red in white, so that it shows on print and on paper. */
const Marked = ({ view, told: { page, finding }, speech }: Props & { told: Told }) => {
  const { widthPx, heightPx, number } = page;
  const label = speech.say(finding.place === null ? "pageAlt" : "pageMarkedAlt", { number });
  return (
    <svg class="marked" role="img" aria-label={label} viewBox={`0 0 ${widthPx} ${heightPx}`}>
      <title>{label}</title>
      <image href={imagePath(view, page)} width={String(widthPx)} height={String(heightPx)} />
      {finding.place !== null && <Outline place={finding.place} page={page} stroke="#fff" share={22} />}
      {finding.place !== null && <Outline place={finding.place} page={page} stroke="#b3261e" share={40} />}
    </svg>
  );
};

const least = 0.04; // of the page's width: a smaller frame is not seen on a thumbnail

type OutlineProps = {
  readonly place: NonNullable<Finding["place"]>;
  readonly page: ScannedPage;
  readonly stroke: string;
  /** What part of the page's width the line is wide. */
  readonly share: number;
};

const Outline = ({ place, page: { widthPx, heightPx }, stroke, share }: OutlineProps) => {
  const side = least * widthPx;
  const [width, height] = [Math.max(side, place.width * widthPx), Math.max(side, place.height * heightPx)];
  const edge = widthPx / 22; // a frame at the page's edge is seen whole
  const within = (value: number, most: number) => Math.max(edge, Math.min(value, most - edge));
  const x = within((place.x + place.width / 2) * widthPx - width / 2, widthPx - width);
  const y = within((place.y + place.height / 2) * heightPx - height / 2, heightPx - height);
  const round = (value: number) => String(Math.round(value));
  return (
    <rect
      x={round(x)}
      y={round(y)}
      width={round(width)}
      height={round(height)}
      fill="none"
      stroke={stroke}
      stroke-width={round(widthPx / share)}
    />
  );
};
