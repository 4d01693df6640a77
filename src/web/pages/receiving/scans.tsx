import type { Original, Page as ScannedPage } from "../../../core/dossier.ts";
import { Tag } from "../../design/content.tsx";
import type { SpeechOf } from "../../design/speech.ts";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import { reasonsEn } from "../../words/reasons.en.ts";
import { type ReasonWord, reasonsVi } from "../../words/reasons.vi.ts";
import type { ReceivingWord } from "../../words/receiving.vi.ts";
import { isReading } from "./standing.ts";
import { pathOf } from "./with-dossier.ts";

type Speech = SpeechOf<ReceivingWord>;
type Props = { readonly view: DossierView; readonly speech: Speech };

const reasonsIn = { vi: reasonsVi, en: reasonsEn } satisfies Record<Language, Readonly<Record<ReasonWord, string>>>;

/** Why a scan is not taken and what to do next, in the reader's language; an unknown code speaks for itself. */
export function reasonText(code: string, language: Language): string {
  return Object.hasOwn(reasonsVi, code) ? reasonsIn[language][code as ReasonWord] : code;
}

/** The files as they came, and what became of each. */
/** Of a scan, as a file window offers it. */
export const acceptedFiles = ".jpg,.jpeg,.png,.tif,.tiff,.webp,.pdf";

export const ScanList = ({ view, speech }: Props) => (
  <ul class="scans">
    {view.originals.map((original) => (
      <li>
        <div class="between">
          <b class="file-name">{nameOf(original, speech)}</b>
          <ScanState original={original} view={view} speech={speech} />
        </div>
        {original.status === "refused" && (
          <p>
            {reasonText(original.refusalReason ?? "", speech.language)}{" "}
            <span class="hint">{speech.say("scanCode", { code: original.refusalReason ?? "" })}</span>
          </p>
        )}
        <p class="hint">
          {sizeText(original.sizeBytes)}
          {original.status !== "refused" && (
            <>
              {" · "}
              <a href={pathOf(view, `/originals/${original.id}`)}>{speech.say("takeOriginal")}</a>
            </>
          )}
        </p>
      </li>
    ))}
  </ul>
);

export const nameOf = ({ fileName, ordinal }: Pick<Original, "fileName" | "ordinal">, { say }: Speech): string =>
  fileName ?? say("scanUnnamed", { ordinal });

const ScanState = ({ original, view, speech }: Props & { original: Original }) => {
  const { say } = speech;
  if (original.status === "read") return <Tag tone="good">{say("scanRead")}</Tag>;
  if (original.status === "refused") return <Tag tone="bad">{say("scanRefused")}</Tag>;
  const isFirst = view.originals.find(({ status }) => status === "waiting") === original;
  const progress = isFirst && view.reading !== null && view.reading.total > 0 ? view.reading : null;
  return (
    <Tag tone="neutral">
      {progress === null
        ? say("scanWaiting")
        : say("scanWaitingPages", { done: progress.done + 1, total: progress.total })}
    </Tag>
  );
};

/** Room for what is still being read is kept, so that nothing moves when it comes. */
export const PageGrid = ({ view, speech }: Props) => {
  const { say } = speech;
  const { pages, dossier } = view;
  const coming = isReading(view) ? Math.min(Math.max(dossier.declaredPages - pages.length, 1), 24) : 0;
  return (
    <>
      <p>
        {pages.length === 0 && coming === 0
          ? say("pagesNone")
          : say("pagesCount", { scanned: pages.length, declared: dossier.declaredPages })}
      </p>
      <ol class="pages">
        {pages.map((page) => (
          <li>
            <Thumb page={page} view={view} speech={speech} />
          </li>
        ))}
        {Array.from({ length: coming }, () => (
          <li class="coming" aria-hidden="true"></li>
        ))}
      </ol>
    </>
  );
};

const Thumb = ({ page, view, speech: { say } }: Props & { page: ScannedPage }) => {
  const { number, widthPx, heightPx, findings, confirmedSha256, streamSha256 } = page;
  return (
    <>
      <a href={pathOf(view, `/compare?page=${number}`)}>
        <img
          src={imagePath(view, page)}
          alt={say("pageAlt", { number })}
          width={widthPx}
          height={heightPx}
          loading="lazy"
        />
        <span>{say("pageNumber", { number })}</span>
      </a>
      <p class="tags">
        <PageQuality warnings={[...new Set(findings.map(({ code }) => code))]} say={say} />
        {confirmedSha256 === streamSha256 && <Tag tone="good">{say("pageConfirmed")}</Tag>}
      </p>
      <p class="hint number">{Math.round(page.dpi)} dpi</p>
    </>
  );
};

const warningWords: Readonly<Record<string, ReceivingWord>> = {
  BLANK_PAGE: "warnBLANK_PAGE",
  RESOLUTION_TOO_LOW: "warnRESOLUTION_TOO_LOW",
  BLURRED: "warnBLURRED",
  GLARE: "warnGLARE",
  CUT_OFF: "warnCUT_OFF",
  CORNER_MISSING: "warnCORNER_MISSING",
  LIGHTER_PATCH: "warnLIGHTER_PATCH",
  OVERWRITTEN: "warnOVERWRITTEN",
  COLOUR_LOST: "warnCOLOUR_LOST",
  DUPLICATE_PAGE: "warnDUPLICATE_PAGE",
};

/** Each thing to look at in a word. */
export const PageQuality = ({ warnings, say }: { warnings: readonly string[]; say: Speech["say"] }) => (
  <>
    {warnings.length === 0 && <Tag tone="good">{say("pageGood")}</Tag>}
    {warnings.map((warning) => (
      <Tag tone="care">{say(warningWords[warning] ?? "warnBLURRED")}</Tag>
    ))}
  </>
);

/** With the digest: what is shown is what is named, or nothing is shown. */
export const imagePath = (view: DossierView, { number, streamSha256 }: ScannedPage): string =>
  pathOf(view, `/pages/${number}/image?sha256=${streamSha256}`);

/** `1,2 MB`; thousands as disks count them. */
function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`;
}
