import { readPdf } from "../../../signing/format/pdf/file.ts";
import { dictionaryOf, emptyDictionary, entryOf, itemsOf } from "../../../signing/format/pdf/object.ts";
import { openDocument, rewritten } from "../../../signing/seal/document.ts";
import { dictionaryText, textOfObject } from "../../../signing/seal/pdf-writing.ts";
import { nextFileId } from "../../../signing/seal/prepare.ts";
import { appendRevision, firstFreeNumber, streamObject, type WrittenObject } from "../../../signing/seal/writer.ts";
import { type Bytes, utf8 } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { type Chance, chanceOf } from "../../support/seeded.ts";
import { examine, value } from "./sealed-copy.ts";
import type { TamperTarget } from "./tampering.ts";

const kinds = ["nothing", "object", "stream", "comment", "trailer", "first ID", "store", "VRI", "certificate"] as const;

/** An update behind a copy that adds one certificate to the store as we do, and something that no standard has there. */
export type Addition = {
  readonly form: string;
  /** With `nothing` it is evidence alone. */
  readonly kind: (typeof kinds)[number];
  /** What is smuggled, of letters. */
  readonly word: string;
};

/** @returns the same list for the same seed and the same file */
export function additions({ forms }: TamperTarget, count: number, seed: number): readonly Addition[] {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => {
    return { form: chance.pick(forms).name, kind: chance.pick(kinds), word: wordOf(chance) };
  });
}

const wordOf = (chance: Chance): string =>
  Array.from({ length: 1 + chance.below(60) }, () => chance.pick([..."abcdefghijklmnopqrstuvwxyz"])).join("");

/** @returns what is wrong with the examiner's answer; null where it keeps its promise */
export async function outcomeOfAddition({ forms, copy }: TamperTarget, addition: Addition): Promise<string | null> {
  const form = forms.find(({ name }) => name === addition.form);
  if (form === undefined) throw new Error(`no such form: ${addition.form}`);
  const { document, foreignFrom, signatures } = await examine(withAddition(form.pdf, addition), copy.options);
  const isTold = foreignFrom !== null && foreignFrom >= form.pdf.length;
  const isSame = document.status === "PASSED" && signatures.length === form.clean.signatures.length;
  if (!isSame) return `another document: ${document.status} ${document.reason}`;
  return isTold === (addition.kind !== "nothing") ? null : `foreign from ${foreignFrom}`;
}

function withAddition(pdf: Bytes, { kind, word }: Addition): Bytes {
  const file = value(readPdf(pdf, nodePrimitives));
  const { catalog, resolve } = value(openDocument(file));
  const number = firstFreeNumber(file);
  const stood = dictionaryOf(resolve(entryOf(catalog.dictionary, "DSS"))) ?? emptyDictionary;
  const certificates = [...itemsOf(resolve(entryOf(stood, "Certs"))).map(textOfObject), `${number} 0 R`];
  const odd = { store: { Note: `(${word})` }, VRI: { VRI: `<</${word} <<>>>>` } } as const;
  const more = kind === "store" || kind === "VRI" ? odd[kind] : {};
  const store = rewritten(catalog, {
    DSS: dictionaryText(stood.entries, { Certs: `[${certificates.join(" ")}]`, ...more }),
  });
  const certificate = streamObject(number, "", utf8(kind === "certificate" ? `0\0${word}` : "0\0"));
  const ID = nextFileId(file, utf8(word), nodePrimitives);
  const changes = { trailer: { ID, Note: `(${word})` }, "first ID": { ID: `[(${word}) <01>]` } } as const;
  const trailer = kind === "trailer" || kind === "first ID" ? changes[kind] : { ID };
  const objects = [
    ...(store === null ? [] : [store]),
    commented(certificate, kind, word),
    ...strays(number + 1, kind, word),
  ];
  return appendRevision(file, objects, trailer).pdf;
}

const commented = (object: WrittenObject, kind: Addition["kind"], word: string): WrittenObject =>
  kind === "comment" ? { ...object, body: utf8(`% ${word}\n${Buffer.from(object.body).toString("latin1")}`) } : object;

function strays(number: number, kind: Addition["kind"], word: string): readonly WrittenObject[] {
  if (kind === "stream") return [streamObject(number, "", utf8(word))];
  return kind === "object" ? [{ number, generation: 0, body: utf8(`<</Note (${word})>>`) }] : [];
}
