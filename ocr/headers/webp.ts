import { asciiAt, cursorOf, type ImageHeader } from "./cursor.ts";

export type WebpHeader = ImageHeader & { readonly animated: boolean };

/** Size from the first chunk, RFC 9649 §2. Null for a first chunk that is none of the three kinds. */
export function readWebpHeader(bytes: Uint8Array): WebpHeader | null {
  const view = cursorOf(bytes, "little");
  const kind = asciiAt(bytes, 12, 4);
  if (kind === "VP8X") {
    const widthPx = 1 + view.u16(24) + view.u8(26) * 65_536;
    const heightPx = 1 + view.u16(27) + view.u8(29) * 65_536;
    return { widthPx, heightPx, dpi: null, animated: (view.u8(20) & 0b10) !== 0 };
  }
  if (kind === "VP8L") {
    const packed = view.u32(21);
    return { widthPx: 1 + (packed & 0x3fff), heightPx: 1 + ((packed >>> 14) & 0x3fff), dpi: null, animated: false };
  }
  if (kind !== "VP8 ") return null;
  return { widthPx: view.u16(26) & 0x3fff, heightPx: view.u16(28) & 0x3fff, dpi: null, animated: false };
}
