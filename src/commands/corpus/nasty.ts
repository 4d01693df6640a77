import type { MadePages, ReadFailure, Upload } from "../../../ocr/pages.ts";
import { openReaders, type Readers } from "../../../ocr/readers.ts";
import type { Bytes, Result } from "../../core/kernel.ts";
import { takeTurns } from "../../roof/turns.ts";
import { fileNameOf } from "../../web/officials/file-name.ts";
import { type Case, failed, type Outcome, passed } from "./case.ts";
import { bytesOf, type Corpus, type Entry, textOf } from "./manifest.ts";
import type { WebOutcome, WebService } from "./web-service.ts";

const mostSeconds = 10;
const mostGrowthMiB = 512;
const mostWebGrowthMiB = 64;
const deadlineSeconds = 30; // above the bound, so that a slow file is told slow and not cut

/**
 * Bad uploads, each through decoder processes of its own, so that its memory is told and no other's, and each sent to a
 * running service, which must say the same and leave the dossier as it was.
 */
export function nastyCases(corpus: Corpus, entries: readonly Entry[], web: WebService): readonly Case[] {
  return entries.flatMap((entry) =>
    entry.expected === "see_file"
      ? nameCases(corpus, entry, web)
      : [{ folder: "nasty", name: entry.file, run: () => runUpload(corpus, entry, web) }],
  );
}

type Made = {
  readonly answer: Result<MadePages, ReadFailure>;
  readonly figures: string;
  /** What does not hold although the answer may be right; null where all does. */
  readonly fault: string | null;
};

// One file at a time: neither its seconds nor the service's memory are to be another's.
const alone = takeTurns(1);

async function make(upload: Upload, web: WebService): Promise<Made> {
  const readers = openReaders({ processes: 1 });
  try {
    await readers.makePages(empty, { signal: new AbortController().signal, deadlineSeconds }); // starts the process
    return await alone(() => measure(readers, upload, web));
  } finally {
    readers.stop();
  }
}

const empty: Upload = { bytes: new Uint8Array(), fileName: null, declaredType: null };

async function measure(readers: Readers, upload: Upload, web: WebService): Promise<Made> {
  const began = performance.now();
  const answer = await readers.makePages(upload, { signal: new AbortController().signal, deadlineSeconds });
  const seconds = (performance.now() - began) / 1000;
  const growthMiB = readers.peakGrowthBytes() / 1024 / 1024;
  const seen = await web.upload(upload);
  const figures = `${seconds.toFixed(2)} s, reader +${growthMiB.toFixed(0)} MiB, web ${signed(seen.growthMiB)}`;
  return { answer, figures, fault: boundBroken(seconds, growthMiB, seen.growthMiB) ?? saidOtherwise(answer, seen) };
}

const signed = (growthMiB: number | null): string =>
  growthMiB === null ? "not measured" : `${growthMiB < 0 ? "-" : "+"}${Math.abs(growthMiB).toFixed(0)} MiB`;

function boundBroken(seconds: number, growthMiB: number, webGrowthMiB: number | null): string | null {
  if (seconds > mostSeconds) return `more than ${mostSeconds} s`;
  if (growthMiB > mostGrowthMiB) return `reader more than ${mostGrowthMiB} MiB over its idle`;
  return (webGrowthMiB ?? 0) > mostWebGrowthMiB ? `web more than ${mostWebGrowthMiB} MiB over its idle` : null;
}

function saidOtherwise(answer: Made["answer"], { told }: WebOutcome): string | null {
  const expected = answer.ok ? "accepted" : codeOf(answer.failure);
  return told === expected ? null : `the running service says ${told}, the reader ${expected}`;
}

const codeOf = (failure: ReadFailure): string => (failure.code === "upload_refused" ? failure.reason : failure.code);

async function runUpload(corpus: Corpus, entry: Entry, web: WebService): Promise<Outcome> {
  const fileName = fileNameOf(encodeURIComponent(entry.upload_filename ?? entry.file.replace(/^.*\//, "")));
  if (!fileName.ok) return failed("INVALID_FILENAME", `expected ${entry.expected}`);
  const declaredType = entry.declared_content_type;
  const made = await make({ bytes: bytesOf(corpus, entry.file), fileName: fileName.value, declaredType }, web);
  const told = `${toldOf(made.answer)}, ${made.figures}`;
  const differs = differenceOf(made.answer, entry) ?? made.fault;
  return differs === null ? passed(told) : failed(told, differs);
}

function toldOf(answer: Made["answer"]): string {
  if (!answer.ok) return codeOf(answer.failure);
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

function nameCases(corpus: Corpus, { file }: Entry, web: WebService): readonly Case[] {
  const names = JSON.parse(textOf(corpus, file)) as readonly NameEntry[];
  return names.map(({ filename, kind }, i) => ({
    folder: "nasty",
    name: `${file}#${i} ${kind}`,
    run: () => runName(bytesOf(corpus, bodyFile), filename, web),
  }));
}

/** Refused by the rule of the counter's own route, or taken: then in NFC, short, and without a sign that makes a path. */
async function runName(bytes: Bytes, filename: string, web: WebService): Promise<Outcome> {
  const ruled = fileNameOf(encodeURIComponent(filename));
  if (!ruled.ok) return runRefusedName({ bytes, fileName: filename, declaredType: null }, web);
  const name = ruled.value ?? "";
  if (name !== name.normalize("NFC") || name.length > 255 || /[/\\\p{Cc}]/u.test(name))
    return failed("name taken", "the name can pass for a path or another name");
  const { answer, figures, fault } = await make({ bytes, fileName: name, declaredType: null }, web);
  const isFine = answer.ok || codeOf(answer.failure) === "INVALID_FILENAME";
  const told = `${toldOf(answer)}, ${figures}`;
  if (!isFine) return failed(told, "expected to be accepted, or INVALID_FILENAME");
  return fault === null ? passed(told) : failed(told, fault);
}

async function runRefusedName(upload: Upload, web: WebService): Promise<Outcome> {
  const seen = await alone(() => web.upload(upload));
  const told = `INVALID_FILENAME, web ${signed(seen.growthMiB)}`;
  if (seen.told !== "INVALID_FILENAME") return failed(told, `the running service says ${seen.told}`);
  const broken = boundBroken(0, 0, seen.growthMiB);
  return broken === null ? passed(told) : failed(told, broken);
}
