const digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;
const groups = ["", "nghìn", "triệu", "tỷ"] as const;

/**
 * A sum as receipts write it out: `Mười hai nghìn đồng`. Standard Vietnamese: *mốt*, *lăm*, *tư* after tens, *linh* for a
 * missing ten, *không trăm* inside a number.
 *
 * @param dong whole, 0 to 999,999,999,999
 */
export function dongInWords(dong: number): string {
  const text = `${dong === 0 ? digits[0] : inGroups(dong)} đồng`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function inGroups(dong: number): string {
  const words: string[] = [];
  for (let rank = groups.length - 1; rank >= 0; rank--) {
    const group = Math.floor(dong / 1000 ** rank) % 1000;
    if (group > 0) words.push(belowThousand(group, words.length > 0), groups[rank] ?? "");
  }
  return words.filter(Boolean).join(" ");
}

/** @param inside more stands before it, so that missing hundreds and tens are said */
function belowThousand(group: number, inside: boolean): string {
  const [hundreds, tens, ones] = [Math.floor(group / 100), Math.floor(group / 10) % 10, group % 10];
  const said = hundreds > 0 || inside ? [digits[hundreds], "trăm"] : [];
  return [...said, ...belowHundred(tens, ones, said.length > 0)].join(" ");
}

function belowHundred(tens: number, ones: number, inside: boolean): (string | undefined)[] {
  if (tens === 0) return ones === 0 ? [] : [...(inside ? ["linh"] : []), digits[ones]];
  const ten = tens === 1 ? ["mười"] : [digits[tens], "mươi"];
  return ones === 0 ? ten : [...ten, oneAfter(tens, ones)];
}

function oneAfter(tens: number, ones: number): string | undefined {
  if (ones === 5) return "lăm";
  if (tens > 1 && ones === 1) return "mốt";
  return tens > 1 && ones === 4 ? "tư" : digits[ones];
}
