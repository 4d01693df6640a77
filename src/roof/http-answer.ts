import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";

/** @property isKept the connection may carry another exchange */
export type ReadAnswer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: Bytes;
  readonly isKept: boolean;
};
export type AnswerFault = "malformed" | "too_large" | "cut_off";

/** Null while bytes are still missing. */
type Progress = Result<ReadAnswer, AnswerFault> | null;

export type AnswerReader = {
  readonly take: (chunk: Uint8Array) => Progress;
  /** The other side has closed: what stands there is all there will be. */
  readonly close: () => Result<ReadAnswer, AnswerFault>;
};

const mostHeadBytes = 16_384;
const mostFramingBytes = 65_536; // of chunks: their sizes and line ends

/**
 * Reads the answer to one POST, RFC 9112 §2-§7. Two lengths that disagree, a length beside chunks, folded lines and
 * whatever follows the answer are never guessed about: such an answer is malformed, or its connection not used again.
 *
 * @param limitBytes of the body
 */
export function answerReader(limitBytes: number): AnswerReader {
  let bytes = Buffer.alloc(0);
  let received = 0;
  let head: Head | null = null;

  function progress(isClosed: boolean): Progress {
    head ??= headIn(bytes.subarray(0, received));
    if (head === null) return received > mostHeadBytes ? fail("too_large") : null;
    if (head.fault !== null) return fail(head.fault);
    return bodyAfter(head, bytes.subarray(head.end, received), limitBytes, isClosed);
  }

  return {
    take: (chunk) => {
      if (received + chunk.length > bytes.length) bytes = grown(bytes, received, chunk.length);
      bytes.set(chunk, received);
      received += chunk.length;
      return progress(false);
    },
    close: () => progress(true) ?? fail("cut_off"),
  };
}

/** Nearly every answer comes in one piece. */
function grown(bytes: Buffer, received: number, more: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(received === 0 ? more : 2 * (received + more));
  bytes.copy(larger, 0, 0, received);
  return larger;
}

type Head = {
  /** Offset of the body. */
  readonly end: number;
  readonly status: number;
  readonly contentType: string;
  readonly framing: "chunked" | "until_closed" | number;
  readonly isKept: boolean;
  readonly fault: "malformed" | null;
};

/** The last head: interim answers (1xx) before it are passed over. Null while it is not whole. */
function headIn(bytes: Buffer, from = 0): Head | null {
  const close = bytes.indexOf("\r\n\r\n", from, "latin1");
  if (close < 0) return null;
  const [first = "", ...lines] = bytes.toString("latin1", from, close).split("\r\n");
  const end = close + 4;
  const [, minor, digits] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(first) ?? [];
  const fields = minor === undefined ? null : fieldsIn(lines);
  const status = Number(digits);
  if (fields === null || status === 101) return { ...broken, end };
  if (status < 200) return headIn(bytes, end);
  return headOf(end, status, fields, minor === "1");
}

const broken = { status: 0, contentType: "", framing: 0, isKept: false, fault: "malformed" } as const;

type HeaderFields = ReadonlyMap<string, string>;

/** By lower-case name, values of one name joined by commas (RFC 9110 §5.3); null where a line is none. */
function fieldsIn(lines: readonly string[]): HeaderFields | null {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) return null;
    const value = line.slice(colon + 1).trim();
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return fields;
}

function headOf(end: number, status: number, fields: HeaderFields, isModern: boolean): Head {
  const framing = status === 204 || status === 304 ? 0 : framingOf(fields);
  if (framing === null) return { ...broken, end };
  const connection = (fields.get("connection") ?? "").toLowerCase();
  const isKept = isModern && framing !== "until_closed" && !connection.split(/[\s,]+/).includes("close");
  return { end, status, contentType: fields.get("content-type") ?? "", framing, isKept, fault: null };
}

/** RFC 9112 §6.3; null where two readers could come to different ends. */
function framingOf(fields: HeaderFields): Head["framing"] | null {
  const said = fields.get("content-length");
  const coding = fields.get("transfer-encoding");
  if (coding !== undefined) return coding.toLowerCase() === "chunked" && said === undefined ? "chunked" : null;
  if (said === undefined) return "until_closed";
  return /^\d{1,15}$/.test(said) ? Number(said) : null;
}

function bodyAfter(head: Head, rest: Buffer, limitBytes: number, isClosed: boolean): Progress {
  const { framing } = head;
  if (framing === "chunked") return chunksIn(head, rest, limitBytes);
  const length = framing === "until_closed" ? rest.length : framing;
  if (length > limitBytes) return fail("too_large");
  if (framing === "until_closed" && !isClosed) return null;
  return rest.length < length ? null : answer(head, rest.subarray(0, length), rest.length === length);
}

/** A copy: what is read from the network is not kept alive by what was asked for. */
function answer({ status, contentType, isKept }: Head, body: Uint8Array, isAll: boolean): Progress {
  return ok({ status, contentType, body: new Uint8Array(body), isKept: isKept && isAll });
}

/** RFC 9112 §7.1. Sizes are read again with each packet; the limits bound how often. */
function chunksIn(head: Head, rest: Buffer, limitBytes: number): Progress {
  const chunks: Buffer[] = [];
  let length = 0;
  for (let at = 0; at - length <= mostFramingBytes; ) {
    const chunk = chunkAt(rest, at, limitBytes - length);
    if (chunk === null) return null;
    if (typeof chunk === "string") return fail(chunk);
    if (chunk.data.length === 0) return afterTrailers(head, rest, chunk.next, Buffer.concat(chunks));
    chunks.push(chunk.data);
    length += chunk.data.length;
    at = chunk.next;
  }
  return fail("too_large");
}

/** The chunk at `at`, and where the next begins: after the last, the trailers' first line end. Null while it is not whole. */
function chunkAt(rest: Buffer, at: number, room: number): { readonly data: Buffer; readonly next: number } | Unread {
  const line = rest.indexOf("\r\n", at, "latin1");
  if (line < 0) return rest.length - at > 1024 ? "too_large" : null;
  const digits = /^([0-9a-fA-F]{1,8})[ \t]*(?:;|$)/.exec(rest.toString("latin1", at, line))?.[1];
  if (digits === undefined) return "malformed";
  const size = Number.parseInt(digits, 16);
  const data = rest.subarray(line + 2, line + 2 + size);
  if (size === 0) return { data, next: line };
  if (size > room) return "too_large";
  const next = line + 2 + size + 2;
  if (rest.length < next) return null;
  return rest[next - 2] === 13 && rest[next - 1] === 10 ? { data, next } : "malformed";
}

type Unread = AnswerFault | null;

/** Trailers say nothing that is asked here; they are only waited for. @param from the line end after the last size */
function afterTrailers(head: Head, rest: Buffer, from: number, body: Buffer): Progress {
  const close = rest.indexOf("\r\n\r\n", from, "latin1");
  if (close < 0) return rest.length - from > mostHeadBytes ? fail("too_large") : null;
  return answer(head, body, close + 4 === rest.length);
}
