import { crc32, deflateSync, inflateSync } from "node:zlib";
import { keepPictureWith, pictureFor } from "../../db/stores/holdings.ts";
import type { SignatureImage } from "../../signing/seal/appearance.ts";
import type { AgencyId, PersonId } from "../core/ids.ts";
import { type Bytes, concatBytes, fail, type Result, utf8 } from "../core/kernel.ts";
import type { AdministrationFailure } from "../usecases/administration/failure.ts";
import type { Picture } from "../usecases/administration/keep-picture.ts";
import type { Note } from "../usecases/administration/note.ts";
import { type House, keepBlob, readBlob } from "./house.ts";

export type PictureHolder = {
  readonly agencyId: AgencyId;
  /** Null: the agency, whose picture is its seal. */
  readonly personId: PersonId | null;
};

const deadlineSeconds = 15;

/** In a decoder process; only pixels come back. */
export async function decodePicture(house: House, file: Bytes): Promise<Result<Picture, AdministrationFailure>> {
  const read = await house.readers.readPicture(file, { signal: new AbortController().signal, deadlineSeconds });
  if (read.ok) return read;
  return read.failure.code === "upload_refused"
    ? fail({ code: "picture_refused", reason: read.failure.reason })
    : fail({ code: "picture_unread" });
}

/** Kept as pixels: what a stranger's file held besides is gone, and no decoder is needed when a copy is signed. */
export async function keepPixels(house: House, personId: PersonId | null, picture: Picture, note: Note): Promise<void> {
  const { widthPx, heightPx, rgba } = picture;
  const { blobId } = await keepBlob(house, note.actor.agencyId, "picture", new Uint8Array(deflateSync(rgba)));
  await keepPictureWith(house.sql, { personId, blobId, widthPx, heightPx }, note);
}

async function pixelsOf(house: House, { agencyId, personId }: PictureHolder): Promise<Picture | null> {
  const row = await pictureFor(house.sql, agencyId, personId);
  if (row === null) return null;
  const { widthPx, heightPx, blobId } = row;
  const expected = 4 * widthPx * heightPx;
  const rgba = new Uint8Array(inflateSync(await readBlob(house, blobId), { maxOutputLength: expected }));
  if (rgba.length !== expected) throw new Error("a stored picture is not of its size");
  return { widthPx, heightPx, rgba };
}

/** What is drawn into a signature's field; in development, without a picture of its own, the demo's. */
export async function pictureToPrint(house: House, holder: PictureHolder): Promise<SignatureImage | null> {
  const picture = await pixelsOf(house, holder);
  const standIn = holder.personId === null ? house.images?.seal : house.images?.signature;
  return picture === null ? (standIn ?? null) : imageOf(picture);
}

function imageOf({ widthPx, heightPx, rgba }: Picture): SignatureImage {
  const pixels = widthPx * heightPx;
  const rgb = new Uint8Array(3 * pixels);
  const alpha = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) {
    rgb[3 * i] = rgba[4 * i] ?? 0; // no view a pixel: four million of them would take a while at the counter
    rgb[3 * i + 1] = rgba[4 * i + 1] ?? 0;
    rgb[3 * i + 2] = rgba[4 * i + 2] ?? 0;
    alpha[i] = rgba[4 * i + 3] ?? 0;
  }
  return { widthPixels: widthPx, heightPixels: heightPx, rgb, alpha };
}

/** Of our own making, for the administrator's page. */
export async function picturePng(house: House, holder: PictureHolder): Promise<Bytes | null> {
  const picture = await pixelsOf(house, holder);
  return picture === null ? null : pngOf(picture);
}

/** PNG (ISO/IEC 15948) of eight bits with opacity, no filter, one IDAT. */
function pngOf({ widthPx, heightPx, rgba }: Picture): Bytes {
  const row = 4 * widthPx;
  const lines = new Uint8Array((row + 1) * heightPx);
  for (let y = 0; y < heightPx; y++) lines.set(rgba.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header.set([8, 6, 0, 0, 0], 8);
  const magic = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return concatBytes(magic, chunk("IHDR", header), chunk("IDAT", deflateSync(lines)), chunk("IEND", new Uint8Array()));
}

function chunk(type: string, content: Uint8Array): Bytes {
  const named = concatBytes(utf8(type), content);
  const ends = new DataView(new ArrayBuffer(8));
  ends.setUint32(0, content.length);
  ends.setUint32(4, crc32(named));
  const bytes = new Uint8Array(ends.buffer);
  return concatBytes(bytes.subarray(0, 4), named, bytes.subarray(4));
}
