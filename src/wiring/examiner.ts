import { z } from "zod";
import { type Child, type ChildFailure, entryBeside, startChild } from "../../ocr/child.ts";
import type { Frame } from "../../ocr/frames.ts";
import { createPool } from "../../ocr/pool.ts";
import { outcomeCodes } from "../../signing/examine/codes.ts";
import type { CopyFacts } from "../core/certified-copy.ts";
import { type Bytes, fail, type Instant, ok, type Result, type Sha256 } from "../core/kernel.ts";
import type { ListedAnchor } from "../core/key-list.ts";
import { ExaminedForReport } from "./filed-report-shape.ts";

/** The head of a question; its parts are the file and the anchors' certificates (DER), in the order of `purposes`. */
export type ExaminerQuestion = { readonly at: Instant; readonly purposes: readonly ListedAnchor["purpose"][] };

/**
 * `examiner_busy`: as many wait already as may. `examiner_stopped`: the file asked for more time or memory than one file
 * gets, or ended its examiner; nothing is known of it.
 */
export type ExaminerFailure = { readonly code: "examiner_busy" | "examiner_stopped" };

/** What is told of a stranger's file: enough for the page and for the verdict on certified copies. */
export type ExaminedUpload = z.infer<typeof Answer>;

export type Examiner = {
  /** Judges one file in a process of its own, at most 10 s and 512 MiB; never throws for a bad file. */
  readonly examine: (
    pdf: Bytes,
    against: { readonly anchors: readonly ListedAnchor[]; readonly at: Instant },
  ) => Promise<Result<ExaminedUpload, ExaminerFailure>>;
  /** Starts the processes before the first file comes. */
  readonly warm: () => void;
  /** Highest memory of an examining process over its warm idle so far, in bytes. */
  readonly peakGrowthBytes: () => number;
  readonly stop: () => void;
};

export type ExaminerBounds = {
  /** Side by side: one hostile file leaves the other free. */
  readonly processes: number;
  /** Beyond those at work; the next one is told to come again. */
  readonly waiting: number;
  readonly seconds: number;
  readonly growthMiB: number;
};

const usual: ExaminerBounds = { processes: 2, waiting: 6, seconds: 10, growthMiB: 512 };
const longestWaitSeconds = 20;

/** @param entry the program to run; only tests give another */
export function openExaminer(
  bounds: ExaminerBounds = usual,
  entry: URL = entryBeside(import.meta.url, "examine-child"),
): Examiner {
  const pool = createPool(bounds.processes, () => startChild({ entry, heapMiB: 384, growthMiB: bounds.growthMiB }));
  const warm = () => {
    for (let i = 0; i < bounds.processes; i++) void pool.lend(soon(), async () => ok(null));
  };
  let inside = 0;
  return {
    warm,
    peakGrowthBytes: pool.peakGrowthBytes,
    stop: pool.stop,
    examine: async (pdf, against) => {
      if (inside >= bounds.processes + bounds.waiting) return fail({ code: "examiner_busy" });
      inside += 1;
      const answer = await pool
        .lend(soon(), (child) => ask(child, pdf, against, bounds, warm))
        .finally(() => {
          inside -= 1;
        });
      if (answer.ok) return answer;
      return fail({ code: answer.failure.code === "read_cancelled" ? "examiner_busy" : "examiner_stopped" });
    },
  };
}

const soon = () => AbortSignal.timeout(longestWaitSeconds * 1000);

/** @param replace so that whoever comes next finds a warm process in place of a killed one */
async function ask(
  child: Child,
  pdf: Bytes,
  { anchors, at }: Parameters<Examiner["examine"]>[1],
  { seconds, growthMiB }: ExaminerBounds,
  replace: () => void,
): Promise<Result<ExaminedUpload, ChildFailure>> {
  const head: ExaminerQuestion = { at, purposes: anchors.map(({ purpose }) => purpose) };
  const parts = [pdf, ...anchors.map(({ certificate }) => certificate)];
  const heard = await child.ask({ head, parts }, { wallSeconds: seconds });
  const read = heard.ok ? readAnswer(heard.value) : heard;
  const { idleBytes, peakBytes } = child.memory();
  // What one file made grow is not given back, and would be counted against the next one.
  const isGrown = peakBytes - idleBytes > (growthMiB / 4) * 1024 * 1024;
  if (!read.ok || isGrown) {
    child.kill();
    replace();
  }
  return read;
}

// The answer of a process that read a stranger's file is read as if the stranger wrote it.
function readAnswer({ head }: Frame): Result<ExaminedUpload, ChildFailure> {
  const read = Answer.safeParse(head);
  return read.success ? ok(read.data) : fail({ code: "decoder_died" });
}

const Status = z.enum(["PASSED", "INDETERMINATE", "FAILED"]).nullable();
const Name = z.string().max(400);
const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((text) => text as Sha256);
const Time = z
  .string()
  .max(40)
  .transform((text) => text as Instant);
const Whole = z.int().min(0);

const Answer = z.object({
  code: z.enum(outcomeCodes),
  document: z.object({ status: Status }),
  signatures: z
    .array(
      z.object({
        signer: z.object({ name: Name }).nullable(),
        intact: z.boolean(),
        trusted: z.boolean(),
        level: Name.nullable(),
      }),
    )
    .max(1000),
  copy: z.object({
    isBroken: z.boolean(),
    signatures: z
      .array(
        z.object({
          kind: z.enum(["signature", "document_timestamp"]),
          certificateSha256: Digest.nullable(),
          intact: z.boolean(),
          trusted: z.boolean(),
          provenTime: Time.nullable(),
          status: Status,
          laterChanges: z.array(z.object({ kind: Name, class: Name })).max(1000),
        }),
      )
      .max(1000),
    foreignFrom: Whole.nullable(),
    identity: z.object({ digest: Digest, lengthBytes: Whole }).nullable(),
  }) satisfies z.ZodType<CopyFacts>,
  /** Everything, for a report; null where there is too much for one. */
  report: ExaminedForReport.nullable(),
});
