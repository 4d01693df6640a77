import { asciiAt, cursorOf } from "./cursor.ts";

/**
 * Whether an ICC profile (ISO 15076-1) is the sRGB that a page without profile is taken for: told by its description.
 * A wider profile would change colours where a reader drops it, so such pictures are converted, not kept.
 */
export function isSrgbProfile(profile: Uint8Array): boolean {
  const view = cursorOf(profile, "big");
  if (asciiAt(profile, 16, 4) !== "RGB ") return false;
  const tags = Math.min(view.u32(128), 100);
  for (let i = 0; i < tags; i += 1) {
    const entry = 132 + 12 * i;
    if (asciiAt(profile, entry, 4) !== "desc") continue;
    const start = view.u32(entry + 4);
    const text = asciiAt(profile, start, Math.min(view.u32(entry + 8), 200)).replaceAll("\0", "");
    return /sRGB/i.test(text);
  }
  return false;
}
