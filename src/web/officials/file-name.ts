/**
 * Names hold personal data, so they travel in a header, percent-encoded, and only ever come back as text: no path is
 * made of them. Control and direction-override signs are refused, since they make one name look like another.
 *
 * @param header percent-encoded UTF-8; undefined where the sender gave no name
 */
export function fileNameOf(header: string | undefined): { ok: true; value: string | null } | { ok: false } {
  if (header === undefined) return { ok: true, value: null };
  try {
    return checkFileName(decodeURIComponent(header));
  } catch {
    return { ok: false };
  }
}

/** The same for a name that came as plain text, with a form. */
export function checkFileName(text: string): { ok: true; value: string } | { ok: false } {
  const name = text.normalize("NFC");
  const sound = name.length >= 1 && name.length <= 255 && !/[\p{Cc}\p{Cf}/\\]/u.test(name);
  return sound ? { ok: true, value: name } : { ok: false };
}
