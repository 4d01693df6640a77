import { readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { z } from "zod";
import { type Bytes, fail, hexOf, ok, type Result } from "../../core/kernel.ts";
import { nodeSha256 } from "../../primitives-node.ts";

const Entry = z.object({
  file: z.string().min(1),
  sha256: z.string(),
  expected: z.string().default(""),
  accept: z.array(z.string()).default([]),
  note: z.string().default(""),
  reason_accept: z.array(z.string()).default([]),
  upload_filename: z.string().nullable().default(null),
  declared_content_type: z.string().nullable().default(null),
});

/** One file of a corpus as its manifest tells it; its README says what the fields mean in each folder. */
export type Entry = z.infer<typeof Entry>;

export type Corpus = { readonly root: string; readonly entries: readonly Entry[] };

export type CorpusFailure = { readonly code: "manifest_unreadable"; readonly reason: string };

export function openCorpus(root: string): Result<Corpus, CorpusFailure> {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(root, "MANIFEST.json"), "utf8"));
    const read = z.object({ files: z.array(Entry) }).safeParse(manifest);
    if (!read.success) return fail({ code: "manifest_unreadable", reason: z.prettifyError(read.error) });
    return ok({ root, entries: read.data.files });
  } catch (thrown) {
    return fail({ code: "manifest_unreadable", reason: thrown instanceof Error ? thrown.message : root });
  }
}

/** Bytes of one of the corpus' files; a name that leads out of it is a bug of the corpus and throws. */
export function bytesOf({ root }: Corpus, file: string): Bytes {
  if (normalize(file).startsWith("..")) throw new RangeError(`${file} leads out of the corpus`);
  return new Uint8Array(readFileSync(join(root, file)));
}

export const textOf = (corpus: Corpus, file: string): string => new TextDecoder().decode(bytesOf(corpus, file));

/** A case is only worth what its input is: a changed file must not pass or fail under the old one's name. */
export const isUnchanged = (corpus: Corpus, entry: Entry): boolean =>
  hexOf(nodeSha256(bytesOf(corpus, entry.file))) === entry.sha256;
