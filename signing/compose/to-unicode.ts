/** What a code of a font means, so that text can be searched, copied and read aloud. */
export type CodeMeaning = { readonly code: number; readonly codePoint: number };

const mappingsPerBlock = 100; // Adobe Technical Note 5014: at most 100 in one beginbfchar

/** ToUnicode CMap for two-byte codes, ISO 32000-1 §9.10.3; asked of every font by ISO 19005-2 §6.2.11.7.2. */
export function toUnicodeMap(meanings: readonly CodeMeaning[]): string {
  const lines = meanings.map(({ code, codePoint }) => `<${hex4(code)}> <${utf16Hex(codePoint)}>`);
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += mappingsPerBlock) {
    const block = lines.slice(at, at + mappingsPerBlock);
    blocks.push(`${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`);
  }
  return [
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange",
    ...blocks,
    "endcmap",
    "CMapName currentdict /CMap defineresource pop",
    "end",
    "end",
  ].join("\n");
}

/** Four hexadecimal digits: a two-byte code. */
export const hex4 = (value: number): string => value.toString(16).padStart(4, "0");

function utf16Hex(codePoint: number): string {
  const text = String.fromCodePoint(codePoint);
  return Array.from({ length: text.length }, (_, i) => hex4(text.charCodeAt(i))).join("");
}
