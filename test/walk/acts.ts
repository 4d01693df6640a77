import { findDossier } from "../../db/stores/dossiers.ts";
import { originalsOf } from "../../db/stores/originals.ts";
import { pagesOf } from "../../db/stores/pages.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import { againReasons } from "../../src/core/give-once.ts";
import type { DossierId } from "../../src/core/ids.ts";
import { fail, type Instant, localDateOf, type Sha256 } from "../../src/core/kernel.ts";
import { refusalGrounds } from "../../src/core/refusal-grounds.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import { readOriginal } from "../../src/usecases/read-original.ts";
import { receiveScan } from "../../src/usecases/receive-scan.ts";
import { sealCertificate } from "../../src/usecases/seal-certificate.ts";
import { signCertificate } from "../../src/usecases/sign-certificate.ts";
import { signNotice } from "../../src/usecases/sign-notice.ts";
import type { Actor } from "../../src/web/route.ts";
import { unlessHindered } from "../../src/wiring/house.ts";
import { officialsWorld } from "../../src/wiring/officials.ts";
import { paperCopiesWorld } from "../../src/wiring/paper-copies.ts";
import { annulling } from "../../src/wiring/status.ts";
import { withdrawalWorld } from "../../src/wiring/withdrawing.ts";
import { type Act, reason, type Told, type Visit } from "./act.ts";
import { away, closeBook, correct, openBook, signMonth } from "./acts-of-books.ts";
import { move } from "./acts-of-deadlines.ts";
import { giveBack, pay, takeBack, waive } from "./acts-of-fees.ts";
import { callBooks, endLink, restrict, sweep } from "./acts-of-holders.ts";
import { bookStatement, bring, decideLine } from "./acts-of-statements.ts";
import { completeElsewhere, prepareElsewhere } from "./acts-with-tokens.ts";
import { walkNotice, walkReading, walkReceiving, walkSealing, walkSigning } from "./keys-and-bytes.ts";
import { publish } from "./publishing.ts";
import type { Town } from "./town.ts";

const nobody: Told = fail({ code: "nothing_there" });

const on =
  (act: (dossier: Dossier, visit: Visit) => Promise<Told>): Act =>
  (visit) =>
    visit.dossier === null ? Promise.resolve(nobody) : act(visit.dossier, visit);

const officials = ({ town }: Visit) => officialsWorld(town.house);
const paper = (visit: Visit) => paperCopiesWorld(visit.town.house, officials(visit));

const facts = ({ chance }: Visit) => ({
  kind: "Giấy khai sinh",
  title: `Giấy khai sinh số ${chance.below(500)} (hư cấu)`,
  holderName: "Trần Thị Ví Dụ (hư cấu)",
  documentNumber: chance.below(3) === 0 ? `${chance.below(40)}/2020` : null,
  ...{ issuedBy: null, issuedOn: null, procedure: "vietnamese" as const },
  declaredPages: 1 + chance.below(3),
  electronicCopies: chance.below(12) === 0 ? 2 + chance.below(3) : 1,
  onPaperOnly: chance.below(8) === 0,
  paperCopies: chance.below(3),
  formId: null,
});

const known = ({ town }: Visit, id: DossierId, { agencyId }: Actor) => void town.dossiers.get(agencyId)?.push(id);

const elsewhere = {
  ...{
    ground: "cannot_travel" as const,
    groundNote: null,
    deed: "Công văn số 5 (hư cấu)",
    askedBy: "Lò Văn Thử (hư cấu)",
  },
  ...{ place: "Bản Hoa Ban (hư cấu)", actAt: null },
};

const goThere = on((dossier, visit) => {
  const actAt = `${visit.town.now().slice(0, 16)}:00Z` as Instant;
  return officials(visit).recordOffSite(dossier.id, { ...elsewhere, actAt }, visit.by("comparer"));
});

async function open(visit: Visit): Promise<Told> {
  const actor = visit.by("receiver");
  const asked = facts(visit);
  const paperCopies = asked.onPaperOnly ? 1 + asked.paperCopies : asked.paperCopies;
  const opened = await officials(visit).openDossier(
    {
      ...{ ...asked, paperCopies, applicantName: `Lò Văn Thử ${visit.chance.below(50)} (hư cấu)` },
      ...{ identityDigits: "4321", identityKind: "identity_card", contact: null, channel: "counter", help: null },
      ...{ email: null, storeAccount: null, offSite: visit.chance.below(9) === 0 ? elsewhere : null },
    },
    actor,
  );
  if (opened.ok) known(visit, opened.value.dossierId, actor);
  return opened;
}

const add = on(async (dossier, visit) => {
  const actor = visit.by("receiver");
  const asked = facts(visit);
  const paperCopies = asked.onPaperOnly ? 1 : asked.paperCopies;
  const added = await officials(visit).addPaper(dossier.id, { ...asked, paperCopies, identityDigits: "4321" }, actor);
  if (added.ok) known(visit, added.value.dossierId, actor);
  return added;
});

const scan = on(async (dossier, visit) => {
  const body = (async function* () {
    yield new Uint8Array([1]);
  })();
  const file = { body, fileName: null, declaredType: "image/jpeg" };
  return receiveScan(dossier.id, file, visit.by("receiver"), walkReceiving(visit.town));
});

/** The reader finds another number of pages now and then. */
const read = on(async (dossier, { town, chance }) => {
  const waiting = (await originalsOf(town.sql, dossier.id)).find(({ status }) => status === "waiting");
  if (waiting === undefined) return nobody;
  return readOriginal(waiting.id, walkReading(town, dossier.declaredPages + (chance.below(9) === 0 ? 1 : 0)));
});

const declare = on((dossier, visit) =>
  officials(visit).correctDeclaration(dossier.id, 1 + visit.chance.below(4), visit.by("comparer")),
);

const confirm = on(async (dossier, visit) => {
  const actor = visit.by("comparer");
  let told: Told = nobody;
  for (const { number, streamSha256 } of await pagesOf(visit.town.sql, dossier.id)) {
    const shown = visit.chance.below(20) === 0 ? ("0".repeat(64) as Sha256) : streamSha256;
    told = await officials(visit).confirmPage(dossier.id, { number, streamSha256: shown }, actor);
  }
  return told;
});

const attest = on((dossier, visit) => {
  const { chance } = visit;
  const again = chance.below(4) === 0 ? null : chance.pick(againReasons);
  const statement = { originalPresented: chance.below(20) !== 0, again, coarseReason: null, fields: [] };
  return dossier.onPaperOnly
    ? paper(visit).compareByHand(dossier.id, statement, visit.by("comparer"))
    : officials(visit).attest(dossier.id, statement, visit.by("comparer"));
});

const sign = on((dossier, visit) => {
  return unlessHindered(() => signCertificate(dossier.id, "0000", visit.by("signer"), walkSigning(visit.town)));
});

const seal = on((dossier, visit) =>
  unlessHindered(() => sealCertificate(dossier.id, "0000", visit.by("clerk"), walkSealing(visit.town))),
);

const numberPaper = on((dossier, visit) => paper(visit).takeNumber(dossier.id, visit.by("signer")));
const handOver = on((dossier, visit) => paper(visit).handOver(dossier.id, visit.by("receiver")));
const voidPaper = on((dossier, visit) => paper(visit).voidNumber(dossier.id, reason, visit.by("signer")));
const voidNumber = on((dossier, visit) => officials(visit).voidNumber(dossier.id, reason, visit.by("signer")));

const refuse = on((dossier, visit) => {
  const ground = visit.chance.pick(refusalGrounds);
  return officials(visit).refuse(dossier.id, { ground, reason, page: null }, visit.by("comparer"));
});

const notice = on((dossier, visit) =>
  unlessHindered(() => signNotice(dossier.id, "0000", visit.by("signer"), walkNotice(visit.town))),
);

const withdraw = on((dossier, visit) => {
  return withdrawalWorld(visit.town.house, officials(visit)).withdraw(dossier.id, reason, visit.by("receiver"));
});

const annul = on((dossier, visit) => {
  const { town, chance } = visit;
  const decision = { number: "12/QĐ-UBND", date: localDateOf(town.now()), by: "Chủ tịch (hư cấu)", reason };
  const isSuperseded = chance.below(3) === 0;
  const successor = isSuperseded ? { number: 1 + chance.below(30), year: Number(decision.date.slice(0, 4)) } : null;
  const kind = isSuperseded ? "superseded" : "annulled";
  return annulling(town.house).annul(dossier.id, { decision, successor, kind }, visit.by("signer"));
});

const onReceived: Act = async (visit) => {
  if (visit.dossier === null) return nobody;
  const originals = await originalsOf(visit.town.sql, visit.dossier.id);
  return originals.some(({ status }) => status === "waiting") ? read(visit) : scan(visit);
};

const onRead: Act = async (visit) => {
  if (visit.dossier === null) return nobody;
  const pages = await pagesOf(visit.town.sql, visit.dossier.id);
  if (pages.length !== visit.dossier.declaredPages) return declare(visit);
  return pages.every(({ confirmedSha256 }) => confirmedSha256 !== null) ? attest(visit) : confirm(visit);
};

const next: Partial<Record<DossierStatus, Act>> = {
  received: onReceived,
  read: onRead,
  attested: sign,
  numbered: sign,
  person_signed: seal,
  refused: notice,
};
const nextOnPaper: typeof next = { ...next, received: attest, attested: numberPaper, numbered: handOver };

const toSign: ReadonlySet<DossierStatus> = new Set(["attested", "numbered", "person_signed"]);

/** The next lawful step of that paper, as a diligent official takes it; some have their key at their own computer. */
const goOn = on((dossier, visit) => {
  if (!dossier.onPaperOnly && toSign.has(dossier.status) && visit.chance.below(4) === 0) return prepareElsewhere(visit);
  const way = dossier.onPaperOnly ? nextOnPaper : next;
  return (way[dossier.status] ?? publish)(visit);
});

/** Each with how often it is tried. */
export const acts: readonly (readonly [name: string, often: number, act: Act])[] = [
  ["go on", 90, goOn],
  ["open", 7, open],
  ["publish", 8, publish],
  ["add", 2, add],
  ["scan", 2, scan],
  ["read", 1, read],
  ["declare", 2, declare],
  ["confirm", 1, confirm],
  ["attest", 1, attest],
  ["sign", 3, sign],
  ["seal", 3, seal],
  ["number on paper", 3, numberPaper],
  ["hand over", 2, handOver],
  ["void", 1, voidNumber],
  ["void on paper", 1, voidPaper],
  ["refuse", 1, refuse],
  ["notice", 1, notice],
  ["withdraw", 1, withdraw],
  ["annul", 4, annul],
  ["correct a line", 2, correct],
  ["move the deadline", 2, move],
  ["open a book", 2, openBook],
  ["close a book", 1, closeBook],
  ["sign a month", 3, signMonth],
  ["away", 1, away],
  ["pay", 4, pay],
  ["take back", 1, takeBack],
  ["give back", 1, giveBack],
  ["go there", 2, goThere],
  ["end the link", 1, endLink],
  ["call the books", 2, callBooks],
  ["restrict", 1, restrict],
  ["sweep", 1, sweep],
  ["waive", 2, waive],
  ["bring a statement", 3, bring],
  ["book a statement", 2, bookStatement],
  ["decide on a line", 4, decideLine],
  ["prepare elsewhere", 5, prepareElsewhere],
  ["complete elsewhere", 9, completeElsewhere],
];

export const dossierOf = ({ sql }: Town, id: DossierId, agencyId: Actor["agencyId"]) => findDossier(sql, id, agencyId);
