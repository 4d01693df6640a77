import type { Context } from "hono";
import { type Bytes, hexOf, type Sha256, secondsOf } from "../../core/kernel.ts";
import type { WebEnv } from "../route.ts";
import type { NotExamined } from "./filed-report.ts";
import { type SentFile, sentParts } from "./sent-files.ts";
import type { Examined, VerificationWorld } from "./world.ts";

/** A file as it was sent, and what its examination gave, or why there was none. */
export type CheckedFile = {
  /** Of a stranger: without path, control or direction signs, at most 120 signs; empty where it had none. */
  readonly name: string;
  readonly sha256: Sha256 | null;
  readonly lengthBytes: number | null;
} & (
  | { readonly examined: Examined; readonly notExamined: null }
  | { readonly examined: null; readonly notExamined: NotExamined }
);

export type CheckedForm = {
  readonly files: readonly CheckedFile[];
  /** The codes as they were typed, without repetitions. */
  readonly codes: readonly string[];
};

/** One request examines no longer than this and the file at hand; the rest is told as not examined. */
const mostSeconds = 120;
const mostCodes = 20;

/**
 * Examines each file as it arrives, one after the other, so that a dossier takes no more memory and no more examiners
 * than one file does. Null where the form was cut.
 */
export async function checkFiles(
  c: Context<WebEnv>,
  world: VerificationWorld,
  mostBytes: number,
): Promise<CheckedForm | null> {
  const began = secondsOf(world.now());
  const files: CheckedFile[] = [];
  let typed = "";
  for await (const part of sentParts(c, mostBytes)) {
    if (part.is === "broken") return null;
    if (part.is === "code") typed = part.text;
    else files.push(await checkFile(part, world, secondsOf(world.now()) - began > mostSeconds));
  }
  const codes = typed.split(/[\s,;]+/).filter((code) => code !== "");
  return { files, codes: [...new Set(codes)].slice(0, mostCodes) };
}

/** @param isLate those before it took all the time that one request gets */
export async function checkFile(
  { name, content }: Pick<SentFile, "name" | "content">,
  world: VerificationWorld,
  isLate: boolean,
): Promise<CheckedFile> {
  const shown = shownName(name);
  if (typeof content === "string")
    return { name: shown, sha256: null, lengthBytes: null, examined: null, notExamined: content };
  const file = { name: shown, sha256: await digestOf(content), lengthBytes: content.length };
  if (isLate) return { ...file, examined: null, notExamined: "out_of_time" };
  const examined = await world.examineUpload(content);
  return examined.ok
    ? { ...file, examined: examined.value, notExamined: null }
    : { ...file, examined: null, notExamined: examined.failure.code };
}

const digestOf = async (bytes: Bytes): Promise<Sha256> =>
  hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))) as Sha256;

/** A name must not pass for other words of the page: no line ends, nothing invisible, nothing that turns the direction. */
function shownName(name: string): string {
  const last = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const plain = last.replace(/\p{C}|\p{Zl}|\p{Zp}/gu, "?").trim();
  const signs = [...plain];
  return signs.length <= 120 ? plain : `${signs.slice(0, 80).join("")}…${signs.slice(-39).join("")}`;
}
