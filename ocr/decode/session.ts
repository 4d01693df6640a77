import sharp from "sharp";
import type { Answer } from "../answer-questions.ts";
import type { Frame } from "../frames.ts";
import { limits } from "../limits.ts";
import { clearLoops } from "../quick/loops.ts";
import { isReasonCode, Refusal } from "../reason-codes.ts";
import { sniff } from "../sniff.ts";
import { makeFinal } from "./final-page.ts";
import { findCode } from "./find-code.ts";
import { heldPage } from "./held-page.ts";
import { openImage, openPicture } from "./image-source.ts";
import { densestBand, type Grey, isPlainlyUpright, turnGrey } from "./look.ts";
import { lookDpi, lookOver } from "./look-over.ts";
import { openPdf } from "./pdf-source.ts";
import { decodePicture } from "./picture.ts";
import type { Corners } from "./plane.ts";
import { type Question, readQuestion } from "./questions.ts";
import { makeReadingPicture } from "./reading-picture.ts";
import type { PageSource, UploadSource } from "./source.ts";
import { makeStraight } from "./straight-page.ts";

const bandInches = 0.9;
const nothing: Grey = { width: 0, height: 0, pixels: new Uint8Array() };

type HeldPage = { readonly number: number; readonly source: PageSource; corners: Corners | null };
type Held = { isPdf: boolean; upload: UploadSource | null; page: HeldPage | null };

/** One upload at a time: opened, then each page looked at and made. A refusal is an answer, not a failure. */
export function decodeSession(): (question: Frame) => Promise<Answer> {
  const held: Held = { isPdf: false, upload: null, page: null };
  return async ({ head, parts }) => {
    try {
      return await answer(held, readQuestion(head), parts[0] ?? new Uint8Array());
    } catch (error) {
      // A renderer that broke in its own way may be broken for the next upload: the asker throws this process away.
      return { head: { refused: reasonOf(error, held), tainted: !(error instanceof Refusal) }, parts: [] };
    }
  };
}

// Decoders throw plain errors with a sentence. What they cannot decode is corrupt; anything else that breaks is so too,
// because the same bytes would break again.
function reasonOf(error: unknown, held: Held): string {
  if (error instanceof Refusal && isReasonCode(error.reason)) return error.reason;
  if (error instanceof Error && /exceeds pixel limit/i.test(error.message)) return "IMAGE_TOO_LARGE";
  return held.isPdf ? "CORRUPT_PDF" : "CORRUPT_IMAGE";
}

async function answer(held: Held, question: Question, bytes: Uint8Array): Promise<Answer> {
  switch (question.ask) {
    case "open":
      return open(held, question, bytes);
    case "look":
      return look(await pageOf(held, question.page));
    case "make": {
      const { image, ...made } = await makeFinal((await pageOf(held, question.page)).source, question.turn);
      return { head: made, parts: [image] };
    }
    case "straighten": {
      const { source, corners } = await pageOf(held, question.page);
      if (corners === null) throw new Error("no sheet was found in the picture");
      const { image, ...made } = await makeStraight(source, corners, question.turn);
      return { head: made, parts: [image] };
    }
    case "picture": {
      const { rgba, ...size } = await decodePicture(bytes);
      return { head: size, parts: [rgba] };
    }
    case "close":
      close(held);
      return { head: {}, parts: [] };
    case "reading":
      return wipedAfter(async () => {
        const { grey, glyphs, ...facts } = await makeReadingPicture(await finalPage(bytes, question.fromDpi));
        const answer = greyAnswer(facts, [grey]);
        return { ...answer, parts: [...answer.parts, new Uint8Array(glyphs.buffer)] };
      });
    case "code":
      return wipedAfter(async () => {
        return { head: { code: await findCode(await finalPage(bytes, question.fromDpi)) }, parts: [] };
      });
  }
}

/** These come without an upload that would be closed: the next page may be another person's. */
async function wipedAfter(act: () => Promise<Answer>): Promise<Answer> {
  try {
    return await act();
  } finally {
    clearLoops();
  }
}

const finalPage = (bytes: Uint8Array, dpi: number): Promise<PageSource> =>
  openPicture(bytes, { said: null, isJpeg: true, known: { dpi, source: "metadata" } });

async function open(held: Held, names: Extract<Question, { ask: "open" }>, bytes: Uint8Array): Promise<Answer> {
  close(held);
  const sniffed = sniff(bytes, names);
  if (!sniffed.ok) throw new Refusal(sniffed.failure);
  held.isPdf = sniffed.value.type === "pdf";
  const upload = sniffed.value.type === "pdf" ? await openPdf(bytes) : openImage(bytes, sniffed.value);
  held.upload = upload;
  return { head: { type: sniffed.value.type, pages: upload.pages }, parts: [] };
}

function close(held: Held): void {
  held.upload?.close();
  held.upload = null;
  held.page = null;
  clearLoops();
  sharp.cache(false);
}

async function pageOf(held: Held, number: number): Promise<HeldPage> {
  if (held.upload === null) throw new Error("nothing is open");
  if (held.page?.number === number) return held.page;
  const source = await held.upload.page(number);
  if (source.resolution.dpi < limits.refusedDpi) throw new Refusal("RESOLUTION_TOO_LOW");
  held.page = { number, source: await heldPage(source), corners: null };
  return held.page;
}

async function look(page: HeldPage): Promise<Answer> {
  const { source } = page;
  const { even, fingerprint, ...seen } = await lookOver(source);
  page.corners = seen.corners;
  const laid = () => turnGrey(even, seen.lines === "down" ? 90 : 0);
  const band = isPlainlyUpright(seen) ? nothing : densestBand(laid(), Math.round(bandInches * lookDpi));
  const { resolution, storedTurn } = source;
  const answer = greyAnswer({ ...seen, dpi: resolution.dpi, dpiSource: resolution.source, storedTurn }, [band]);
  return { head: answer.head, parts: [...answer.parts, fingerprint] };
}

function greyAnswer(head: object, greys: readonly Grey[]): Answer {
  const [first] = greys;
  return {
    head: { ...head, width: first?.width ?? 0, height: first?.height ?? 0 },
    parts: greys.map((grey) => grey.pixels),
  };
}
