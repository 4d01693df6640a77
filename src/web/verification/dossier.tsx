import type { Context } from "hono";
import type { WebEnv } from "../route.ts";
import { voiceOf } from "./answers.tsx";
import type { CheckedFile, CheckedForm } from "./check-files.ts";
import { DossierPage, type DossierRow, type LooseCode } from "./dossier-page.tsx";
import { type FileToTell, reportOfFiles } from "./filing.ts";
import { type Found, findProven, type StandingProof } from "./find-record.ts";
import { judged, recordOf } from "./judge.ts";
import { offerOf } from "./report-routes.ts";
import { notExaminedWord } from "./upload-answer.ts";
import type { VerificationWorld } from "./world.ts";

type ProvenCode = Extract<Found, { is: "proven" }>;

/** Several files at once: each has its row, whatever became of it, and each code its file or a word of its own. */
export async function answerDossier(
  c: Context<WebEnv>,
  { files, codes }: CheckedForm,
  world: VerificationWorld,
): Promise<Response> {
  const found = await Promise.all(codes.map((code) => findProven(c, code, "file", world)));
  const proven = found.filter((one) => one.is === "proven");
  const rows: Judged[] = [];
  for (const file of files) rows.push(await judgeFile(file, proven, world));
  const used = new Set(rows.map(({ toTell }) => toTell.found));
  const loose = codes.flatMap((code, i) => looseCode(code, found[i], used));
  const offer = await offerOf(world.reports ?? null, () =>
    reportOfFiles(
      rows.map(({ toTell }) => toTell),
      world.now(),
    ),
  );
  return c.html(<DossierPage {...voiceOf(c)} rows={rows.map(({ row }) => row)} loose={loose} offer={offer} />);
}

type Judged = { readonly row: DossierRow; readonly toTell: FileToTell };

/** A code belongs to the file that its record names; a file without one is looked for by what it is. */
async function judgeFile(file: CheckedFile, codes: readonly ProvenCode[], world: VerificationWorld): Promise<Judged> {
  if (file.examined === null) return notJudged(file, file.notExamined);
  const { identity } = file.examined;
  const named = codes.find(({ record }) => record.identity.digest === identity?.digest);
  const found: StandingProof | "unproven" | null = named ?? (await recordOf(identity, world));
  if (found === "unproven") return notJudged(file, "record_unproven");
  const { report, answer, toTell } = judged(file, file.examined, found, world);
  return { toTell, row: { file, judged: { report, answer, record: found?.record ?? null }, notExamined: null } };
}

/** For a report of files that came without codes. */
export const toTellOf = async (file: CheckedFile, world: VerificationWorld): Promise<FileToTell> =>
  (await judgeFile(file, [], world)).toTell;

function notJudged(file: CheckedFile, notExamined: keyof typeof notExaminedWord): Judged {
  const { name, sha256, lengthBytes } = file;
  const toTell = { name, sha256, lengthBytes, sentence: notExaminedWord[notExamined], fills: {} };
  return {
    row: { file, judged: null, notExamined },
    toTell: { ...toTell, found: null, notExamined, filed: null },
  };
}

function looseCode(typed: string, found: Found | undefined, used: ReadonlySet<StandingProof | null>): LooseCode[] {
  if (found === undefined || (found.is === "proven" && used.has(found))) return [];
  const says = found.is === "problem" ? found.problem : found.is;
  return [{ typed: typed.slice(0, 40), is: says === "proven" ? "of_no_file" : says }];
}
