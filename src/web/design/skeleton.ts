import { type Packing, packedFilling } from "./packed-skeleton.ts";

/** What stands in the gaps of a page, by name, as plain text. */
export type Gaps<Name extends string> = Readonly<Record<Name, string>>;

/** Of a page drawn once: bytes, the name of the gap that follows, bytes, and so on. */
export type Skeleton<Name extends string> = readonly { readonly before: Uint8Array; readonly gap: Name | null }[];

/** Private use: stands in no word of ours, and what visitors bring never comes into a skeleton. */
export const gapMark = "\uE000";
const mostShapes = 200;

type Fill<Shape, Name extends string, Page> = (key: string, shape: Shape, gaps: Gaps<Name>) => Page;

/** A page of a few shapes: as it is, and as a gzip member, which is null where a text is too long for it or nothing packs here. */
export type Skeletons<Shape, Name extends string> = {
  readonly plain: Fill<Shape, Name, Uint8Array<ArrayBuffer>>;
  readonly packed: Fill<Shape, Name, Uint8Array<ArrayBuffer> | null>;
};

/**
 * A page that thousands ask for in a few shapes: each shape is drawn once, with marks in its gaps, and answers are its bytes
 * with the gaps filled. JSX makes the same page in ten times the time.
 *
 * @param draw JSX without waiting; must depend on nothing but the shape, and put each gap into the page as it is, as text or
 *   as an attribute
 * @param most shapes kept; of more the one drawn first goes
 */
export function skeletons<Shape, Name extends string>(
  names: readonly Name[],
  draw: (shape: Shape, gaps: Gaps<Name>) => object,
  packing: Packing | null = null,
  most = mostShapes,
): Skeletons<Shape, Name> {
  const marks = Object.fromEntries(names.map((name) => [name, `${gapMark}${name}${gapMark}`])) as Gaps<Name>;
  const drawn = keptShapes((shape: Shape) => cut<Name>(String(draw(shape, marks))), most);
  const fillings = keptShapes((skeleton: Skeleton<Name>) => packing && packedFilling(skeleton, packing), most);
  const roomFor = slabs();
  return {
    plain: (key, shape, gaps) => filled(drawn(key, shape), gaps, roomFor),
    packed: (key, shape, gaps) => {
      const skeleton = drawn(key, shape);
      const texts = skeleton.map(({ gap }) => encoder.encode(gap === null ? "" : escaped(gaps[gap])));
      return fillings(key, skeleton)?.(texts, roomFor) ?? null;
    },
  };
}

/** Made once for each key, as long as it is among the newest. */
function keptShapes<From, Made>(make: (from: From) => Made, most: number): (key: string, from: From) => Made {
  const kept = new Map<string, Made>();
  return (key, from) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(from);
    for (const oldest of kept.size < most ? [] : [...kept.keys()].slice(0, 1)) kept.delete(oldest);
    kept.set(key, made);
    return made;
  };
}

const encoder = new TextEncoder();

function cut<Name extends string>(page: string): Skeleton<Name> {
  const parts = page.split(gapMark);
  return parts.flatMap((part, i) =>
    i % 2 === 0 ? [{ before: encoder.encode(part), gap: (parts[i + 1] ?? null) as Name | null }] : [],
  );
}

function filled<Name extends string>(
  skeleton: Skeleton<Name>,
  gaps: Gaps<Name>,
  roomFor: (lengthBytes: number) => Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const texts = skeleton.map(({ gap }) => (gap === null ? "" : escaped(gaps[gap])));
  const most = skeleton.reduce((sum, { before }, i) => sum + before.length + 3 * (texts[i]?.length ?? 0), 0);
  const page = roomFor(most); // a character of UTF-16 takes three bytes at most
  let at = 0;
  for (const [i, { before }] of skeleton.entries()) {
    page.set(before, at);
    at += before.length;
    at += put(texts[i] ?? "", page, at);
  }
  return page.subarray(0, at);
}

const slabBytes = 64 * 1024;

/**
 * Gives bytes that nobody else has, several pages' from one piece of memory: getting a piece for each page, and collecting
 * it, costs as much as filling it. A visitor who reads slowly keeps 64 KiB. All are zero: no page ever shows another's.
 */
function slabs(): (lengthBytes: number) => Uint8Array<ArrayBuffer> {
  let [slab, taken] = [new Uint8Array(), 0];
  return (lengthBytes) => {
    if (lengthBytes > slabBytes / 2) return new Uint8Array(lengthBytes);
    if (taken + lengthBytes > slab.length) [slab, taken] = [new Uint8Array(slabBytes), 0];
    taken += lengthBytes;
    return slab.subarray(taken - lengthBytes, taken);
  };
}

/** @returns the bytes written */
function put(text: string, page: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return i + encoder.encodeInto(text.slice(i), page.subarray(at + i)).written;
    page[at + i] = unit;
  }
  return text.length;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** As JSX does it, for text and for attributes in quotation marks. */
const escaped = (text: string): string =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? "") : text;
