import { performance } from "node:perf_hooks";
import { findDossier } from "../../../db/stores/dossiers.ts";
import { appendLeaf } from "../../../db/stores/log.ts";
import { takeNumber } from "../../../db/stores/numbers.ts";
import { searchDossiers } from "../../../db/stores/search.ts";
import { answerQuestions } from "../../../ocr/answer-questions.ts";
import type { Dossier } from "../../core/dossier.ts";
import type { AgencyId, BookId, CertificateId, DossierId, PersonId } from "../../core/ids.ts";
import { localDateOf } from "../../core/kernel.ts";
import { encodeLeaf } from "../../core/log/leaf.ts";
import type { MandateId } from "../../core/mandate.ts";
import { usualBookNames } from "../../core/register.ts";
import type { Service } from "../../service.ts";
import { newCode } from "../../wiring/codes.ts";
import { type House, newId } from "../../wiring/house.ts";
import { startFilled } from "./bench-service.ts";
import { agenciesOf, benchCode, type Filling, recordAt } from "./filling/facts.ts";
import type { GrowthAct } from "./growth.ts";

// Entry of a process that holds one of the two stores of the `growth` bench, and times what is asked of it one by one.

export type GrowthAsked =
  | { readonly folder: string; readonly filling: Filling }
  | { readonly act: GrowthAct; readonly from: number; readonly times: number }
  | { readonly stop: true };

type Running = { readonly service: Service; readonly filling: Filling; readonly waiting: Waiting };
let running: Running | null = null;

answerQuestions(async ({ head }) => {
  const asked = head as GrowthAsked;
  if ("folder" in asked) {
    const service = await startFilled(asked.folder, asked.filling, letDossierWait);
    running = { service, filling: asked.filling, waiting: await dossierThatWaits(service.house) };
    return { head: { ready: true }, parts: [] };
  }
  if (running === null) throw new Error("no store is filled yet");
  if ("act" in asked) return { head: { milliseconds: await timed(running, asked) }, parts: [] };
  await running.service.stop();
  return { head: {}, parts: [] };
});

async function timed(store: Running, asked: Extract<GrowthAsked, { act: GrowthAct }>): Promise<readonly number[]> {
  const milliseconds: number[] = [];
  for (let i = asked.from; i < asked.from + asked.times; i++) {
    const began = performance.now();
    await acts[asked.act](store, i);
    milliseconds.push(performance.now() - began);
  }
  return milliseconds;
}

const acts: Readonly<Record<GrowthAct, (store: Running, i: number) => Promise<unknown>>> = {
  verify: async ({ service, filling }, i) => {
    const at = recordAt(drawn(i, filling.records), filling);
    const answer = await fetch(`http://127.0.0.1:${service.port}/v/${benchCode(at)}`);
    if (answer.status !== 200) throw new Error(`a measured page answered ${answer.status}`);
    await answer.arrayBuffer();
  },
  search: async ({ service: { house }, waiting, filling }, i) => {
    const at = drawn(i, filling.perAgency ?? filling.certificates) * agenciesOf(filling);
    const found = await searchDossiers(house.sql, waiting.dossier.agencyId, [`TN-${at}`, "thử"], 20);
    if (found.length === 0) throw new Error("a measured search found nothing");
  },
  number: ({ service: { house }, waiting }) => numberAndLetGo(house, waiting),
  append: ({ service: { house }, filling }, i) => append(house, drawn(i, filling.certificates)),
};

/** Spread over all of them without a pattern that a cache could follow. */
const drawn = (i: number, among: number): number => (Math.imul(i + 1, 2_654_435_761) >>> 0) % among;

type Waiting = {
  readonly dossier: Dossier;
  readonly signer: {
    readonly personId: PersonId;
    readonly mandateId: MandateId;
    readonly titleLines: readonly string[];
  };
  readonly code: Awaited<ReturnType<typeof newCode>>;
};

const waitingCode = "H00-251102-99999";

async function firstMandate({ sql }: House) {
  const [mandate] = await sql<{ id: MandateId; agency_id: AgencyId; person_id: PersonId; title_lines: string[] }[]>`
    select id, agency_id, person_id, title_lines from mandate order by id limit 1`;
  if (mandate === undefined) throw new Error("nobody may sign in the bench's store");
  return mandate;
}

/** One attested dossier of the store's own agency: each number is given to it, and taken back. */
async function letDossierWait(house: House): Promise<void> {
  const mandate = await firstMandate(house);
  const id = newId<DossierId>();
  await house.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into submission (id, agency_id, code, channel, identity_digits_hash, secret_hash, secret_expires_at,
        opened_by, opened_at)
      values (${id}, ${mandate.agency_id}, ${waitingCode}, 'counter', sha256('0'::bytea), sha256('waits'::bytea), now(),
        ${mandate.person_id}, now())`;
    await tx`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, holder_name, kind,
        title, declared_pages, opened_by, opened_at, due_at)
      values (${id}, ${mandate.agency_id}, ${id}, 1, 'attested', 'Lò Thị Chờ (hư cấu)', 'Lò Thị Chờ (hư cấu)', 'Bằng',
        'Bằng', 1,
        ${mandate.person_id}, now(), now())`;
  });
}

/** The dossier that waits, and who may sign it. */
async function dossierThatWaits(house: House): Promise<Waiting> {
  const mandate = await firstMandate(house);
  const [row] = await house.sql<{ id: DossierId }[]>`
    select id from submission where code = ${waitingCode} and agency_id = ${mandate.agency_id}`; // the dossier has its id
  const dossier = row === undefined ? null : await findDossier(house.sql, row.id, mandate.agency_id);
  if (dossier === null) throw new Error("the bench's dossier is not there");
  const signer = { personId: mandate.person_id, mandateId: mandate.id, titleLines: mandate.title_lines };
  return { dossier, signer, code: await newCode(house, mandate.agency_id) };
}

class LetGo extends Error {}

/** The whole transaction but its commit, which writes the same few pages whatever the store holds. */
async function numberAndLetGo(house: House, { dossier, signer, code }: Waiting): Promise<void> {
  const mandate = { id: signer.mandateId, titleLines: signer.titleLines };
  const taken = takeNumber(house.sql, {
    ...{ dossier, suffix: usualBookNames.electronic, feeDong: 0, today: localDateOf(house.now()) },
    signer: { personId: signer.personId, signerName: "Lò Văn Ký (hư cấu)", mandate, comparingPolicyId: null },
    fresh: { id: newId<CertificateId>(), ...code },
    beforeCommit: async () => {
      throw new LetGo();
    },
  });
  const told = await taken.catch((error: unknown) => {
    if (!(error instanceof LetGo)) throw error;
    return null;
  });
  if (told !== null) throw new Error(`the bench's number was refused: ${told.ok ? "" : told.failure.code}`);
}

/** A leaf into the database and the public log, checkpoint signed: what stands between a seal and a release. */
async function append(house: House, at: number): Promise<void> {
  const [row] = await house.sql<{ id: CertificateId; book_id: BookId; agency_id: string; number: number }[]>`
    select id, book_id, agency_id, number from certificate where status_index = ${at}`;
  if (row === undefined) throw new Error("a line of the bench's store is not there");
  const { agency_id: agencyId, number } = row;
  await appendLeaf(house.sql, {
    ...{ event: "annulled", certificateId: row.id, bookId: row.book_id, salt: null, now: house.now() },
    leafAt: (time) =>
      encodeLeaf({ event: "annulled", agencyId, bookId: "01/2025", number, time, commitment: new Uint8Array() }),
  });
  await house.writeLog();
}
