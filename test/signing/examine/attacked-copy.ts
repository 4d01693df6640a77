import type { Bytes } from "../../../src/core/kernel.ts";
import { bodyOf, type Written } from "./appended.ts";

export const issued = ["issued_here", "issued_by"];
export const changed = { status: "not_a_certified_copy", reason: "changed_after_sealing" };
export const not = (reason: string) => ({ status: "not_a_certified_copy", reason });
export const stream = (data: string, more = "") => `<<${more}/Length ${data.length}>>\nstream\n${data}\nendstream`;

/** Numbers in the small PDF of two pages, read once from it. */
export type Numbers = {
  readonly root: number;
  readonly tree: number;
  readonly pages: readonly [number, number];
  readonly content: number;
  readonly officerField: number;
  readonly agencyField: number;
  readonly agencyValue: number;
};

/** A store that proves nothing (an empty SEQUENCE) and that anyone may put behind a copy. */
export const evidenceBehind = (sealed: Bytes, { root }: Numbers): Written[] => [
  [root, bodyOf(sealed, root).replace(/>>$/, "/DSS<</Certs[904 0 R]>>>>")],
  [904, stream("0\0")],
];

export function numbersOf(pdf: Bytes): Numbers {
  const text = Buffer.from(pdf).toString("latin1");
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
  const pages = [...text.matchAll(/\n(\d+) 0 obj\n<<\n\/Type \/Page\n/g)].map(([, found]) => Number(found));
  const [first = 0, second = 0] = pages;
  const fields = [...text.matchAll(/\n(\d+) 0 obj\n<< \/Type \/Annot/g)].map(([, found]) => Number(found));
  const [officerField = 0, agencyField = 0] = fields;
  return {
    root: number(/\/Root (\d+) 0 R/),
    tree: number(/\/Pages (\d+) 0 R/),
    pages: [first, second],
    content: number(/\/Contents \[ (\d+) 0 R/),
    officerField,
    agencyField,
    agencyValue: Number([...text.matchAll(/\/V (\d+) 0 R/g)].at(-1)?.[1]),
  };
}
