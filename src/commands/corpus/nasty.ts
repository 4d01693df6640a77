import type { MadePages, ReadFailure, Upload } from "../../../ocr/pages.ts";
import { openReaders } from "../../../ocr/readers.ts";
import type { Bytes, Result } from "../../core/kernel.ts";
import { fileNameOf } from "../../web/officials/file-name.ts";
import { type Case, failed, type Outcome, passed } from "./case.ts";
import { bytesOf, type Corpus, type Entry, textOf } from "./manifest.ts";

const mostSeconds = 10;
const mostGrowthMiB = 512;
const deadlineSeconds = 30; // above the bound, so that a slow file is told slow and not cut

/** Bad uploads, each through decoder processes of its own, so that its memory is told and no other's. */
export function nastyCases(corpus: Corpus, entries: readonly Entry[]): readonly Case[] {
  return entries.flatMap((entry) =>
    entry.expected === "see_file"
      ? nameCases(corpus, entry)
      : [{ folder: "nasty", name: entry.file, run: () => runUpload(corpus, entry) }],
  );
}

type Made = {
  readonly answer: Result<MadePages, ReadFailure>;
  readonly figures: string;
  readonly bound: string | null;
};

async function make(upload: Upload): Promise<Made> {
  const readers = openReaders({ processes: 1 });
  try {
    const began = performance.now();
    const answer = await readers.makePages(upload, { signal: new AbortController().signal, deadlineSeconds });
    const seconds = (performance.now() - began) / 1000;
    const growthMiB = readers.peakGrowthBytes() / 1024 / 1024;
    const bound =
      seconds > mostSeconds
        ? `more than ${mostSeconds} s`
        : growthMiB > mostGrowthMiB
          ? `more than ${mostGrowthMiB} MiB`
          : null;
    return { answer, figures: `${seconds.toFixed(2)} s, +${growthMiB.toFixed(0)} MiB`, bound };
  } finally {
    readers.stop();
  }
}

async function runUpload(corpus: Corpus, entry: Entry): Promise<Outcome> {
  const fileName = fileNameOf(encodeURIComponent(entry.upload_filename ?? entry.file.replace(/^.*\//, "")));
  if (!fileName.ok) return failed("INVALID_FILENAME", `expected ${entry.expected}`);
  const declaredType = entry.declared_content_type;
  const made = await make({ bytes: bytesOf(corpus, entry.file), fileName: fileName.value, declaredType });
  const told = `${toldOf(made.answer)}, ${made.figures}`;
  const differs = differenceOf(made.answer, entry) ?? made.bound;
  return differs === null ? passed(told) : failed(told, differs);
}

function toldOf(answer: Made["answer"]): string {
  if (!answer.ok) return answer.failure.code === "upload_refused" ? answer.failure.reason : answer.failure.code;
  const warnings = [...new Set(answer.value.pages.flatMap((page) => page.warnings))];
  return ["accepted", `${answer.value.pages.length} page(s)`, ...warnings].join(" ");
}

function differenceOf(answer: Made["answer"], { expected, reason_accept: reasons }: Entry): string | null {
  if (answer.ok) return expected === "reject" ? `expected a refusal with ${reasons.join(" ")}` : null;
  if (expected === "accept") return "expected to be accepted";
  // A decoder that had to be killed protects the service; it is no reason that a citizen can be given.
  if (answer.failure.code !== "upload_refused") return `no reason code, expected ${reasons.join(" ")}`;
  return reasons.includes(answer.failure.reason) ? null : `expected ${reasons.join(" ")}`;
}

type NameEntry = { readonly filename: string; readonly kind: string };
const bodyFile = "nasty/good-scan.pdf";

function nameCases(corpus: Corpus, { file }: Entry): readonly Case[] {
  const names = JSON.parse(textOf(corpus, file)) as readonly NameEntry[];
  return names.map(({ filename, kind }, i) => ({
    folder: "nasty",
    name: `${file}#${i} ${kind}`,
    run: () => runName(bytesOf(corpus, bodyFile), filename),
  }));
}

/** Refused by the rule of the counter's own route, or taken: then in NFC, short, and without a sign that makes a path. */
async function runName(bytes: Bytes, filename: string): Promise<Outcome> {
  const ruled = fileNameOf(encodeURIComponent(filename));
  if (!ruled.ok) return passed("INVALID_FILENAME");
  const name = ruled.value ?? "";
  if (name !== name.normalize("NFC") || name.length > 255 || /[/\\\p{Cc}]/u.test(name))
    return failed("name taken", "the name can pass for a path or another name");
  const { answer, figures, bound } = await make({ bytes, fileName: name, declaredType: null });
  const isFine =
    answer.ok || (answer.failure.code === "upload_refused" && answer.failure.reason === "INVALID_FILENAME");
  const told = `${toldOf(answer)}, ${figures}`;
  if (!isFine) return failed(told, "expected to be accepted, or INVALID_FILENAME");
  return bound === null ? passed(told) : failed(told, bound);
}
