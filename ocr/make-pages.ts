import { ok, type Result } from "../src/core/kernel.ts";
import { decoderStep } from "./child.ts";
import { withDeadline } from "./deadline.ts";
import { type Decoder, decoderOf, type Looked, type MadeFinal } from "./decoder.ts";
import type { FinalPage, MadePages, ReadFailure, StraightForm, Turn, Upload } from "./pages.ts";
import { type Finding, isOfQuality, turnCorners, turnPlace } from "./quality/finding.ts";
import { isSamePage } from "./quality/fingerprint.ts";
import { readWithEngines } from "./read-words.ts";
import type { ReadOptions, Workshop } from "./readers.ts";
import { findTurn, type ReadBand } from "./upright.ts";

const bandDpi = 150;

/** Opens the upload in a decoder process and makes its pages one after the other. The first refusal ends it. */
export function makePages(workshop: Workshop, upload: Upload, options: ReadOptions) {
  return withDeadline(options, (signal) =>
    workshop.decoders.lend(signal, async (child): Promise<Result<MadePages, ReadFailure>> => {
      const decoder = decoderOf(child, { ...decoderStep, signal });
      const made = await makeAll(decoder, upload, bandReader(workshop, options, signal), options);
      await decoder.close();
      return made;
    }),
  );
}

async function makeAll(
  decoder: Decoder,
  upload: Upload,
  readBand: ReadBand | null,
  { onProgress }: ReadOptions,
): Promise<Result<MadePages, ReadFailure>> {
  const opened = await decoder.open(upload);
  if (!opened.ok) return opened;
  const pages: FinalPage[] = [];
  for (let number = 1; number <= opened.value.pages; number += 1) {
    const page = await makePage(decoder, number, readBand);
    if (!page.ok) return page;
    pages.push(withDuplicate(page.value, pages));
    onProgress?.(number, opened.value.pages);
  }
  return ok({ type: opened.value.type, pages });
}

async function makePage(
  decoder: Decoder,
  number: number,
  readBand: ReadBand | null,
): Promise<Result<FinalPage, ReadFailure>> {
  const looked = await decoder.look(number);
  if (!looked.ok) return looked;
  const turn = readBand === null || looked.value.blank ? 0 : await findTurn(looked.value, readBand);
  const made = await decoder.make(number, turn);
  if (!made.ok) return made;
  const straight = await straightForm(decoder, number, looked.value, turn);
  return straight.ok
    ? ok({ ...finalPage(number, looked.value, made.value, turn), straight: straight.value })
    : straight;
}

/** Only of a sheet that is wholly in the picture: what was never seen is not made up. */
async function straightForm(
  decoder: Decoder,
  number: number,
  { corners }: Looked,
  turn: Turn,
): Promise<Result<StraightForm | null, ReadFailure>> {
  if (corners?.every(({ x, y }) => Math.min(x, y, 1 - x, 1 - y) > -0.005) !== true) return ok(null);
  const made = await decoder.straighten(number, turn);
  if (!made.ok) return made;
  const { image, widthPx, heightPx, dpi } = made.value;
  return ok({ image, widthPx, heightPx, dpi, corners: turnCorners(corners, turn) });
}

function finalPage(number: number, looked: Looked, made: MadeFinal, turn: Turn): Omit<FinalPage, "straight"> {
  const { dpiSource, inkShare, sharpness, blank, fingerprint } = looked;
  const uprightTurn = ((looked.storedTurn + turn) % 360) as Turn;
  const findings = looked.findings.map((one) => ({ ...one, place: one.place && turnPlace(one.place, turn) }));
  const seen = { findings, warnings: codesOf(findings), fingerprint };
  return { number, ...made, dpiSource, uprightTurn, blank, inkShare, sharpness, ...seen };
}

/** The same sheet scanned twice into one upload: told of the later page. */
function withDuplicate(page: FinalPage, before: readonly FinalPage[]): FinalPage {
  const first = before.find((one) => isSamePage(one.fingerprint, page.fingerprint));
  if (first === undefined) return page;
  const findings: readonly Finding[] = [...page.findings, { code: "DUPLICATE_PAGE", place: null, of: first.number }];
  return { ...page, findings, warnings: codesOf(findings) };
}

const codesOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ code }) => code).filter(isOfQuality))];

function bandReader(workshop: Workshop, { engine, owner = null }: ReadOptions, signal: AbortSignal): ReadBand | null {
  if (engine === "none") return null;
  return async (grey) => {
    const task = { grey, dpi: bandDpi, layout: "lines", owner, signal, ...decoderStep } as const;
    const read = await readWithEngines(workshop, engine, task);
    return read.ok ? read.value.words : null;
  };
}
