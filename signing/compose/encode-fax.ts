import type { Bytes } from "../../src/core/kernel.ts";
import { endCodes, endOfBlock, type FaxCode, horizontal, pass, spanCodes, vertical } from "./fax-codes.ts";

/** Dots of one bit, rows padded to bytes; 0 is black, as in a PNG of grey and in DeviceGray. */
export type Dots = { readonly widthPx: number; readonly heightPx: number; readonly rows: Uint8Array };

/** Codes the dots in two dimensions without loss, ITU-T T.6: for CCITTFaxDecode with K -1 (ISO 32000-1 §7.4.6). */
export function encodeFax({ widthPx, heightPx, rows }: Dots): Bytes {
  const out = bitWriter();
  const rowBytes = Math.ceil(widthPx / 8);
  let above: readonly number[] = []; // the row before the first is white
  for (let y = 0; y < heightPx; y += 1) {
    const changes = changesOf(rows.subarray(y * rowBytes, (y + 1) * rowBytes), widthPx);
    encodeRow(out, changes, above, widthPx);
    above = changes;
  }
  out.put(endOfBlock);
  out.put(endOfBlock);
  return out.finish();
}

/** Where the colour changes, from white at the left; even places begin black, odd ones white. */
function changesOf(row: Uint8Array, widthPx: number): number[] {
  const changes: number[] = [];
  const isWhiteAt = (x: number) => ((row[x >> 3] ?? 0xff) & (0x80 >> (x & 7))) !== 0;
  let isWhite = true;
  for (let x = 0; x < widthPx; x += 1) {
    if (x % 8 === 0 && row[x >> 3] === (isWhite ? 0xff : 0))
      x += 7; // eight dots of the colour that runs
    else if (isWhiteAt(x) !== isWhite) {
      changes.push(x);
      isWhite = !isWhite;
    }
  }
  return changes;
}

/** T.6 §2.2: a0 is where coding stands, -1 before the first dot; `next` the place of a1 among the changes of this row. */
type At = { readonly a0: number; readonly next: number };

type Row = { readonly changes: readonly number[]; readonly widthPx: number };

function encodeRow(out: BitWriter, changes: readonly number[], above: readonly number[], widthPx: number): void {
  let at: At = { a0: -1, next: 0 };
  let b = 0;
  while (at.a0 < widthPx) {
    b = firstOpposite(above, b, at.a0, at.next % 2);
    at = encodeMode(out, { changes, widthPx }, at, { b1: above[b] ?? widthPx, b2: above[b + 1] ?? widthPx });
  }
}

function encodeMode(
  out: BitWriter,
  { changes, widthPx }: Row,
  { a0, next }: At,
  above: { b1: number; b2: number },
): At {
  const a1 = changes[next] ?? widthPx;
  if (above.b2 < a1) {
    out.put(pass);
    return { a0: above.b2, next };
  }
  if (Math.abs(a1 - above.b1) <= 3) {
    out.put(vertical[a1 - above.b1 + 3] ?? missing());
    return { a0: a1, next: next + 1 };
  }
  const a2 = changes[next + 1] ?? widthPx;
  const isWhite = next % 2 === 0;
  out.put(horizontal);
  putRun(out, a1 - Math.max(a0, 0), isWhite ? "white" : "black");
  putRun(out, a2 - a1, isWhite ? "black" : "white");
  return { a0: a2, next: next + 2 };
}

/** b1: the first change above, right of a0, to the colour that a1 changes to. */
function firstOpposite(above: readonly number[], from: number, a0: number, parity: number): number {
  let b = Math.max(0, from - 2);
  if (b % 2 !== parity) b += 1;
  while (b < above.length && (above[b] ?? 0) <= a0) b += 2;
  return b;
}

function putRun(out: BitWriter, length: number, colour: "white" | "black"): void {
  let left = length;
  for (; left >= 2560 + 64; left -= 2560) out.put(spanCodes[colour][39] ?? missing());
  if (left >= 64) out.put(spanCodes[colour][Math.floor(left / 64) - 1] ?? missing());
  out.put(endCodes[colour][left % 64] ?? missing());
}

const missing = (): never => {
  throw new Error("no code for this run");
};

type BitWriter = { put(code: FaxCode): void; finish(): Bytes };

function bitWriter(): BitWriter {
  let bytes = new Uint8Array(65_536);
  let [at, held, heldBits] = [0, 0, 0];
  const flush = () => {
    if (at + 4 > bytes.length) {
      const more = new Uint8Array(2 * bytes.length);
      more.set(bytes);
      bytes = more;
    }
    for (; heldBits >= 8; heldBits -= 8) bytes[at++] = (held >> (heldBits - 8)) & 0xff;
    held &= 0xff;
  };
  return {
    put: ({ bits, value }) => {
      held = (held << bits) | value;
      heldBits += bits;
      flush();
    },
    finish: () => {
      if (heldBits > 0) bytes[at++] = (held << (8 - heldBits)) & 0xff;
      return bytes.slice(0, at);
    },
  };
}
