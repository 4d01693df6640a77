import { type Bytes, ok, type Result } from "../../src/core/kernel.ts";
import { encodeFax } from "./encode-fax.ts";
import { type JpegFailure, readJpeg } from "./jpeg.ts";
import { dotRows, isPng, type PngFacts, type PngFailure, readPng } from "./png.ts";
import { withoutRepeats } from "./repeated-rows.ts";

/** The page's picture as it stands in the copy: entries of its image dictionary (ISO 32000-1 Table 89) and its stream. */
export type PageImage = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly stream: Bytes;
  readonly entries: {
    readonly Width: number;
    readonly Height: number;
    readonly BitsPerComponent: number;
    readonly Filter: string;
    readonly DecodeParms?: Readonly<Record<string, number>>;
  };
  readonly space: "DeviceGray" | "DeviceRGB" | { readonly palette: Bytes };
};

export type PageImageFailure = JpegFailure | PngFailure;

/**
 * A JPEG as it is; of a PNG its packed rows as they are (they are what FlateDecode with PNG predictors takes). Dots of one
 * bit are coded as a fax where that is less: other bytes, the same dots.
 */
export function readPageImage(image: Bytes): Result<PageImage, PageImageFailure> {
  if (isPng(image)) {
    const png = readPng(image);
    return png.ok ? ok(smallest(png.value)) : png;
  }
  const jpeg = readJpeg(image);
  if (!jpeg.ok) return jpeg;
  const { widthPx, heightPx, components } = jpeg.value;
  const entries = { Width: widthPx, Height: heightPx, BitsPerComponent: 8, Filter: "DCTDecode" };
  const space = components === 1 ? "DeviceGray" : "DeviceRGB";
  return ok({ widthPx, heightPx, stream: image, entries, space });
}

function smallest(png: PngFacts): PageImage {
  const packed = asPackedRows(png);
  const rows = dotRows(png);
  if (rows === null) return packed;
  const { widthPx, heightPx } = png;
  const dots = withoutRepeats({ widthPx, heightPx, rows });
  const stream = encodeFax(dots);
  if (stream.length >= packed.stream.length) return packed;
  const DecodeParms = { K: -1, Columns: widthPx, Rows: dots.heightPx };
  const size = { Width: widthPx, Height: dots.heightPx, BitsPerComponent: 1 };
  return {
    widthPx,
    heightPx,
    stream,
    entries: { ...size, Filter: "CCITTFaxDecode", DecodeParms },
    space: "DeviceGray",
  };
}

const channels = { grey: 1, rgb: 3, palette: 1 } as const;

function asPackedRows({ widthPx, heightPx, bits, colour, palette, packed }: PngFacts): PageImage {
  const DecodeParms = { Predictor: 15, Colors: channels[colour], BitsPerComponent: bits, Columns: widthPx };
  const size = { Width: widthPx, Height: heightPx, BitsPerComponent: bits };
  const space = palette !== null ? { palette } : colour === "rgb" ? "DeviceRGB" : "DeviceGray";
  return { widthPx, heightPx, stream: packed, entries: { ...size, Filter: "FlateDecode", DecodeParms }, space };
}
