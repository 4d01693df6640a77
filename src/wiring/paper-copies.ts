import { bookNamesOf } from "../../db/stores/book-names.ts";
import { findDossier, intakeOf } from "../../db/stores/dossiers.ts";
import { withheldDongOf } from "../../db/stores/fees.ts";
import { offSiteOf } from "../../db/stores/off-site.ts";
import {
  keepByHand,
  keepHandedOver,
  keepPaperVoid,
  livingPaperLine,
  takePaperNumber,
} from "../../db/stores/paper-lines.ts";
import { lookUpsOf } from "../../db/stores/sources.ts";
import { attestation, attestedElsewhere, attestedOn } from "../../signing/compose/wording.ts";
import type { Actor, Dossier } from "../core/dossier.ts";
import { feeDong } from "../core/fees.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { actOf, type ElsewhereAct } from "../core/off-site.ts";
import type { PaperLine, PaperLineId } from "../core/paper-line.ts";
import { numberText, yearOf } from "../core/register.ts";
import type { LookUp } from "../core/source.ts";
import type { Failure } from "../usecases/failure.ts";
import { compareByHand } from "../usecases/paper/compare-by-hand.ts";
import { handOverPaper, voidPaper } from "../usecases/paper/end-paper.ts";
import { numberPaper } from "../usecases/paper/number-paper.ts";
import type { OfficialsWorld } from "../web/officials/world.ts";
import type { PaperCopiesWorld } from "../web/pages/paper/world.ts";
import { agencyPaper, type PaperOf } from "./agency-paper.ts";
import { type House, newId, unlessHindered } from "./house.ts";
import { signersWorld } from "./signers.ts";
import { lookedUpFacts } from "./source-wording.ts";

export function paperCopiesWorld(house: House, { dossier: view }: Pick<OfficialsWorld, "dossier">): PaperCopiesWorld {
  const { sql } = house;
  const dossier = (id: DossierId, agencyId: AgencyId) => findDossier(sql, id, agencyId);
  const ending = {
    dossier,
    line: (id: DossierId) => livingPaperLine(sql, id),
    withheldDong: ({ id }: Dossier) => withheldDongOf(sql, id),
    keepHandedOver: (line: PaperLine, actor: Actor) => keepHandedOver(sql, line, actor),
    keepVoid: (line: PaperLine, reason: string, actor: Actor) => keepPaperVoid(sql, line, reason, actor),
  };
  return {
    now: house.now,
    dossier: view,
    line: ending.line,
    compareByHand: (id, statement, actor) =>
      compareByHand(id, statement, actor, {
        dossier,
        offSite: (known) => offSiteOf(sql, known),
        keepByHand: (...kept) => keepByHand(sql, ...kept),
      }),
    takeNumber: (id, actor) =>
      unlessHindered(() =>
        numberPaper(id, actor, {
          now: house.now,
          dossier,
          paperCopies: async (known) => (await intakeOf(sql, known)).paperCopies,
          ...signersWorld(house),
          takeNumber: async (known, signer, today) =>
            takePaperNumber(sql, {
              id: newId<PaperLineId>(),
              dossier: known,
              signer,
              today,
              suffix: (await bookNamesOf(sql, known.agencyId, yearOf(today))).paper,
              feeDong: feeDong(known.declaredPages),
            }),
        }),
      ),
    handOver: (id, actor) => handOverPaper(id, actor, ending),
    voidNumber: (id, reason, actor) => voidPaper(id, reason, actor, ending),
    attestation: (id, actor) => attestationSheet(house, id, actor),
  };
}

async function attestationSheet(house: House, id: DossierId, actor: Actor): Promise<Result<Bytes, Failure>> {
  const dossier = await findDossier(house.sql, id, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const line = await livingPaperLine(house.sql, id);
  if (line === null) return fail({ code: "wrong_stage", status: dossier.status });
  // Noon of the day that is printed: the sheet is dated by the line, not by when it is looked at.
  const day = `${line.printedOn}T05:00:00Z` as Instant;
  return ok(
    await agencyPaper(
      house,
      actor.agencyId,
      day,
      sheetOf(dossier, line, {
        elsewhere: actOf(await offSiteOf(house.sql, id)),
        sources: await lookUpsOf(house.sql, id),
      }),
    ),
  );
}

/** The four lines of the law (LAW 3.1) for a signature by hand; no field for a digital one, so it passes for no copy. */
const sheetOf = (
  dossier: Dossier,
  line: PaperLine,
  { elsewhere, sources }: { elsewhere: ElsewhereAct | null; sources: readonly LookUp[] },
): PaperOf => ({
  unit: null,
  number: null,
  title: attestation.heading,
  about: "",
  parts: [
    {
      kind: "paragraph",
      runs: [
        { text: attestation.numberLabel },
        { text: numberText(line.number), look: "strong" },
        { text: attestation.bookLabel },
        { text: line.bookText, look: "strong" },
      ],
    },
    { kind: "paragraph", runs: [{ text: attestedOn(line.printedOn) }] },
    ...(elsewhere === null ? [] : [{ kind: "paragraph", runs: [{ text: attestedElsewhere(elsewhere) }] } as const]),
    { kind: "fact", label: "Bản chính", value: nameOf(dossier) },
    { kind: "fact", label: "Số trang của bản chính", value: String(dossier.declaredPages) },
    ...lookedUpFacts(sources).map((one) => ({ kind: "fact", ...one }) as const),
    { kind: "fact", label: "Số bản sao giấy được chứng thực", value: String(line.copies) },
    {
      kind: "paragraph",
      runs: [
        { text: "Tờ lời chứng để ký tay và đóng dấu, không có chữ ký số; đi kèm một bản sao giấy.", look: "italic" },
      ],
    },
  ],
  signers: [{ titleLines: [attestation.signer, ...line.signerTitle], how: "", name: line.signerName }],
  recipients: [],
});

const nameOf = ({ title, documentNumber, holderName }: Dossier): string =>
  `${title}${documentNumber === null ? "" : `, số ${documentNumber}`}, của ${holderName}`;
