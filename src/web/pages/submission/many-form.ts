import type { Context } from "hono";
import { z } from "zod";
import type { Scan } from "../../../usecases/receive-scan.ts";
import type { Part } from "../../forms/part.ts";
import { checkForm } from "../../forms/read-form.ts";
import { shortText } from "../../forms/token.ts";
import { checkFileName } from "../../officials/file-name.ts";
import type { WebEnv } from "../../route.ts";
import { paperFields, procedureOf } from "../receiving/paper-form.tsx";

const { kind, declaredPages, title, holderName, issuedAbroad, electronicCopies, paperCopies } = paperFields;

const ManyForm = z
  .object({
    identityDigits: z.string().regex(/^\d{4}$/),
    ...{ kind, declaredPages, title, holderName, issuedAbroad, electronicCopies, paperCopies },
  })
  .transform(({ issuedAbroad: abroad, ...form }) => {
    return { ...form, procedure: procedureOf(abroad), title: form.title ?? form.kind };
  });

export const manyFieldNames = [
  "identityDigits",
  "kind",
  "declaredPages",
  "title",
  "holderName",
  "issuedAbroad",
  "electronicCopies",
  "paperCopies",
] as const;

const mostFieldBytes = 4096;

/** The fields, which stand before the files, and the files as they arrive: the form's own order. */
export async function readManyForm(c: Context<WebEnv>) {
  const parts = c.var.parts ?? noParts();
  const fields: Record<string, string> = {};
  let next = await parts.next();
  for (; !next.done && next.value.fileName === null; next = await parts.next()) {
    if (Object.keys(fields).length > manyFieldNames.length) break; // nothing of ours has more
    fields[next.value.name] = (await shortText(next.value, mostFieldBytes))?.trim() ?? "";
  }
  const first = next.done ? null : next.value;
  return { form: checkForm(fields, ManyForm), files: filesFrom(first, parts) };
}

async function* noParts(): AsyncGenerator<Part> {}

async function* filesFrom(first: Part | null, rest: AsyncGenerator<Part>): AsyncGenerator<Part> {
  for (let part = first; part !== null; ) {
    if (part.name === "scans" && part.fileName !== null && part.fileName !== "") yield part;
    const next = await rest.next();
    part = next.done ? null : next.value;
  }
}

/** @param strange told of each file whose name is not taken; its bytes are not read */
export async function* scansOf(
  files: AsyncIterable<Part>,
  strange: (fileName: string) => void,
): AsyncGenerator<Scan & { readonly body: Part["body"] }> {
  for await (const { fileName, mediaType, body } of files) {
    const name = checkFileName(fileName ?? "");
    if (name.ok) yield { body, fileName: name.value, declaredType: mediaType };
    else strange(fileName ?? "");
  }
}
