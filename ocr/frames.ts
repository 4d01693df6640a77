import { type Bytes, concatBytes, utf8 } from "../src/core/kernel.ts";

/** One message between the service and a decoder: a JSON head and byte parts. */
export type Frame = { readonly head: unknown; readonly parts: readonly Bytes[] };

/** No honest message is larger; a taken-over decoder cannot fill the service's memory. */
export const largestFrameBytes = 384 * 1024 * 1024;
const largestHeadBytes = 16 * 1024 * 1024;

/** `u32 total ‖ u32 head length ‖ head ‖ (u32 length ‖ part)*`, big-endian; `total` counts what follows it. */
export function encodeFrame({ head, parts }: { head: unknown; parts: readonly Uint8Array[] }): readonly Uint8Array[] {
  const json = utf8(JSON.stringify(head));
  const total = 4 + json.length + parts.reduce((sum, part) => sum + 4 + part.length, 0);
  return [u32(total), u32(json.length), json, ...parts.flatMap((part) => [u32(part.length), part])];
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/**
 * Collects chunks and hands out whole frames.
 *
 * @returns a function to feed; it throws on a frame that is too large or does not add up, and its reader must then stop
 */
export function frameCollector(onFrame: (frame: Frame) => void): (chunk: Uint8Array) => void {
  const waiting: Waiting = { chunks: [], bytes: 0 };
  return (chunk) => {
    waiting.chunks.push(chunk);
    waiting.bytes += chunk.length;
    for (let body = takeFrame(waiting); body !== null; body = takeFrame(waiting)) onFrame(decodeFrame(body));
  };
}

type Waiting = { chunks: Uint8Array[]; bytes: number };

// Chunks are joined once the whole frame is there, not at every arrival: large uploads come in thousands of them.
function takeFrame(waiting: Waiting): Bytes | null {
  if (waiting.bytes < 4) return null;
  if ((waiting.chunks[0]?.length ?? 0) < 4) waiting.chunks = [concatBytes(...waiting.chunks)];
  const need = 4 + lengthAt(waiting.chunks[0] ?? new Uint8Array(4), 0);
  if (need > largestFrameBytes) throw new Error("frame too large");
  if (waiting.bytes < need) return null;
  const whole = concatBytes(...waiting.chunks);
  waiting.chunks = [whole.subarray(need)];
  waiting.bytes -= need;
  return whole.subarray(4, need);
}

const lengthAt = (bytes: Uint8Array, at: number) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);

function decodeFrame(body: Uint8Array<ArrayBuffer>): Frame {
  const headLength = lengthAt(body, 0);
  if (headLength > largestHeadBytes || 4 + headLength > body.length) throw new Error("frame head too large");
  const head: unknown = JSON.parse(new TextDecoder().decode(body.subarray(4, 4 + headLength)));
  const parts: Bytes[] = [];
  for (let at = 4 + headLength; at < body.length; ) {
    const end = at + 4 + lengthAt(body, at);
    if (end > body.length) throw new Error("frame part too long");
    parts.push(body.slice(at + 4, end));
    at = end;
  }
  return { head, parts };
}
