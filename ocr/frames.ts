import { type Bytes, utf8 } from "../src/core/kernel.ts";

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
  const coming: Coming = { head: new Uint8Array(4), headBytes: 0, body: null, bodyBytes: 0 };
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      at += take(coming, chunk.subarray(at));
      if (coming.body !== null && coming.bodyBytes === coming.body.length) {
        const body = coming.body;
        Object.assign(coming, { headBytes: 0, body: null, bodyBytes: 0 });
        onFrame(decodeFrame(body));
      }
    }
  };
}

type Coming = { readonly head: Uint8Array; headBytes: number; body: Bytes | null; bodyBytes: number };

// Bytes are copied once, into the place that their frame's length asked for: an upload is held one time, not three.
function take(coming: Coming, chunk: Uint8Array): number {
  if (coming.body === null) {
    const part = chunk.subarray(0, 4 - coming.headBytes);
    coming.head.set(part, coming.headBytes);
    coming.headBytes += part.length;
    if (coming.headBytes === 4) coming.body = roomFor(lengthAt(coming.head, 0));
    return part.length;
  }
  const part = chunk.subarray(0, coming.body.length - coming.bodyBytes);
  coming.body.set(part, coming.bodyBytes);
  coming.bodyBytes += part.length;
  return part.length;
}

function roomFor(length: number): Bytes {
  if (length < 4 || length > largestFrameBytes) throw new Error("frame of impossible size");
  return new Uint8Array(length);
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
    parts.push(body.subarray(at + 4, end));
    at = end;
  }
  return { head, parts };
}
