import { agencyNamed, listAgencies } from "../../db/stores/petitions.ts";
import { receptionsOf } from "../../db/stores/receptions.ts";
import { columnMm } from "../../signing/compose/page-margins.ts";
import type { PaperPart } from "../../signing/compose/paper-to-compose.ts";
import { instantOn } from "../core/deadlines.ts";
import type { AgencyId } from "../core/ids.ts";
import { type Bytes, fail, localDateOf, ok, type Result } from "../core/kernel.ts";
import { type Posting, postingOf } from "../core/posting.ts";
import { newestKept } from "../roof/newest-kept.ts";
import { takeTurns } from "../roof/turns.ts";
import type { Failure } from "../usecases/failure.ts";
import type { PostingWorld } from "../web/posting/pages.tsx";
import { type PostedPart, partsOf } from "../web/posting/texts.ts";
import { postingVi } from "../web/words/posting.vi.ts";
import { agencyPaper, type PaperOf } from "./agency-paper.ts";
import { calendarAt } from "./calendars.ts";
import type { House } from "./house.ts";

const mostKept = 50;

/** What agencies post, read anew for each who asks: a changed calendar shows at once. */
export function postingWorld(house: House): PostingWorld {
  const paperOf = postingPapers(house);
  return {
    address: house.publicUrl,
    agencies: () => listAgencies(house.sql),
    posting: (id) => postingFor(house, id),
    paper: async (id) => {
      const posting = await postingFor(house, id);
      return posting.ok ? ok(await paperOf(id as AgencyId, posting.value)) : posting;
    },
  };
}

async function postingFor(house: House, id: string): Promise<Result<Posting, Failure>> {
  const agency = await agencyNamed(house.sql, id);
  if (agency === null) return fail({ code: "not_found" });
  const places = (await receptionsOf(house.sql, agency.id)).filter(({ ended }) => !ended);
  return ok(
    postingOf({
      agencyName: agency.name,
      procedureCodes: house.procedureCodes,
      places: places.map(({ name, place }) => ({ name, place })),
      petitionWorkingDays: house.terms.answer.petition,
      calendar: await calendarAt(house, agency.id),
      today: localDateOf(house.now()),
    }),
  );
}

/** Strangers ask for it: drawn one at a time, and the same paper once a day, however many ask at once. */
function postingPapers(house: House): (id: AgencyId, posting: Posting) => Promise<Bytes> {
  const inTurn = takeTurns(1);
  const once = newestKept<Bytes>(mostKept);
  return (id, posting) => {
    const today = localDateOf(house.now());
    const paper = postingPaper(posting, house.publicUrl);
    const draw = () => inTurn(() => agencyPaper(house, id, instantOn(today, "00:00"), paper, posting.agencyName));
    return once(id, JSON.stringify([today, posting]), draw);
  };
}

/** BẢN NIÊM YẾT, NĐ 23/2015 Art. 10: printed, signed by hand and hung up. */
function postingPaper(posting: Posting, address: string): PaperOf {
  const [check, ...others] = partsOf(posting, "vi", address).toReversed();
  const parts = others.toReversed();
  return {
    unit: null,
    number: null,
    title: "BẢN NIÊM YẾT",
    about: postingVi.title,
    parts: [
      ...parts.flatMap(paperParts),
      {
        kind: "code",
        text: `${address}/verify`,
        says: "Mã QR mở trang kiểm tra bản sao",
        beside: [[{ text: `${check?.heading}. `, look: "strong" }, { text: check?.lines.join(" ") ?? "" }]],
      },
    ],
    signers: [{ titleLines: ["THỦ TRƯỞNG CƠ QUAN"], how: "(Ký, ghi rõ họ tên, đóng dấu)", name: "" }],
    recipients: [],
  };
}

const shortest = 2; // lines that stand behind their heading

/** A board is read standing, so in the letters of every paper; on few sheets, so what is short stands behind its heading. */
function paperParts({ heading, lines, numbered = false, table }: PostedPart): readonly PaperPart[] {
  const drawn = table === undefined ? [] : [lyingTable(table)];
  if (lines.length <= shortest) {
    const lead = { text: `${heading}. `, look: "strong" } as const;
    return [{ kind: "paragraph", runs: [lead, { text: inOneLine(lines) }] }, ...drawn];
  }
  const said = lines.map((line, i): PaperPart => {
    return { kind: "paragraph", runs: [{ text: `${numbered ? `${i + 1}. ` : "- "}${line}` }] };
  });
  return [{ kind: "heading", text: heading }, ...said, ...drawn];
}

const inOneLine = (lines: readonly string[]): string =>
  lines.map((line, i) => (i === lines.length - 1 || line.endsWith(".") ? line : `${line};`)).join(" ");

const labelMm = 25;

/** A column for each example, in place of a line. */
function lyingTable({ columns, rows }: NonNullable<PostedPart["table"]>): PaperPart {
  const widthMm = (columnMm - labelMm) / rows.length;
  return {
    kind: "table",
    columns: [
      { head: columns[0], widthMm: labelMm, align: "left" },
      ...rows.map(([pages]) => ({ head: pages, widthMm, align: "right" as const })),
    ],
    rows: [[columns[1], ...rows.map(([, dong]) => dong)]],
    totals: null,
  };
}
