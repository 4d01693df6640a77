/** Bounded reading of header fields: beyond the end there is nothing, never an exception. */
export type Cursor = {
  readonly length: number;
  u8(at: number): number;
  u16(at: number): number;
  u32(at: number): number;
};

/** Zero stands for what lies beyond the end; callers compare with `length` where zero would mean something. */
export function cursorOf(bytes: Uint8Array, order: "big" | "little"): Cursor {
  const u8 = (at: number) => bytes[at] ?? 0;
  const u16 = (at: number) => (order === "big" ? u8(at) * 256 + u8(at + 1) : u8(at) + u8(at + 1) * 256);
  const u32 = (at: number) => (order === "big" ? u16(at) * 65_536 + u16(at + 2) : u16(at) + u16(at + 2) * 65_536);
  return { length: bytes.length, u8, u16, u32 };
}

export const asciiAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** What a header tells of one picture. Resolution in dots per inch; null where the file is silent. */
export type ImageHeader = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: { readonly x: number; readonly y: number } | null;
};
