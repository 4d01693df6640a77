import type { Bytes } from "../../src/core/kernel.ts";

/** The incremental update by which an editor adds a blank page after the last: a new page, and the page tree told anew. */
export function withPageAdded(pdf: Bytes): Bytes {
  const text = Buffer.from(pdf).toString("latin1");
  const number = (pattern: RegExp) => Number([...text.matchAll(pattern)].at(-1)?.[1]);
  const [tree, page, root] = [number(/\/Pages (\d+) 0 R/g), number(/\/Size (\d+)/g), number(/\/Root (\d+) 0 R/g)];
  const kids = new RegExp(`\\n${tree} 0 obj[^]*?/Kids\\s*\\[([^\\]]*)\\]`).exec(text)?.[1] ?? "";
  const count = (kids.match(/\d+ 0 R/g) ?? []).length + 1;
  const objects = [
    `${tree} 0 obj\n<</Type/Pages/Count ${count}/Kids[${kids} ${page} 0 R]>>\nendobj\n`,
    `${page} 0 obj\n<</Type/Page/Parent ${tree} 0 R/MediaBox[0 0 300 300]>>\nendobj\n`,
  ];
  const places = [pdf.length, pdf.length + (objects[0] ?? "").length].map((at) => String(at).padStart(10, "0"));
  const table = `xref\n${tree} 1\n${places[0]} 00000 n \n${page} 1\n${places[1]} 00000 n \n`;
  const trailer = `trailer\n<</Size ${page + 1}/Root ${root} 0 R/Prev ${number(/startxref\s+(\d+)/g)}>>\n`;
  const start = pdf.length + objects.join("").length;
  const update = `${objects.join("")}${table}${trailer}startxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([pdf, Buffer.from(update, "latin1")]));
}
