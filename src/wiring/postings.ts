import { listAgencies } from "../../db/stores/petitions.ts";
import { receptionsOf } from "../../db/stores/receptions.ts";
import type { PaperPart } from "../../signing/compose/paper-to-compose.ts";
import { instantOn } from "../core/deadlines.ts";
import type { AgencyId } from "../core/ids.ts";
import { type Bytes, fail, localDateOf, ok, type Result } from "../core/kernel.ts";
import { type Posting, postingOf } from "../core/posting.ts";
import { takeTurns } from "../roof/turns.ts";
import type { Failure } from "../usecases/failure.ts";
import type { PostingWorld } from "../web/posting/pages.tsx";
import { type PostedPart, partsOf } from "../web/posting/texts.ts";
import { postingVi } from "../web/words/posting.vi.ts";
import { agencyPaper, type PaperOf } from "./agency-paper.ts";
import { calendarAt } from "./calendars.ts";
import type { House } from "./house.ts";

type Composed = { readonly of: string; readonly pdf: Promise<Bytes> };
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
  const agency = (await listAgencies(house.sql)).find((one) => one.id === id);
  if (agency === undefined) return fail({ code: "not_found" });
  const places = (await receptionsOf(house.sql, agency.id)).filter(({ ended }) => !ended);
  return ok(
    postingOf({
      agencyName: agency.name,
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
  const kept = new Map<string, Composed>();
  return (id, posting) => {
    const today = localDateOf(house.now());
    const of = JSON.stringify([today, posting]);
    const known = kept.get(id);
    if (known?.of === of) return known.pdf;
    const paper = postingPaper(posting, house.publicUrl);
    const pdf = inTurn(() => agencyPaper(house, id, instantOn(today, "00:00"), paper, posting.agencyName));
    const composed = { of, pdf };
    kept.delete(id); // the newest stands last
    kept.set(id, composed);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    pdf.catch(() => kept.get(id) === composed && kept.delete(id)); // its askers are told
    return pdf;
  };
}

/** BẢN NIÊM YẾT, NĐ 23/2015 Art. 10: printed, signed by hand and hung up. */
const postingPaper = (posting: Posting, address: string): PaperOf => ({
  unit: null,
  number: null,
  title: "BẢN NIÊM YẾT",
  about: postingVi.title,
  parts: [
    ...partsOf(posting, "vi", address).flatMap(paperParts),
    {
      kind: "code",
      text: `${address}/verify`,
      says: "Mã QR mở trang kiểm tra bản sao",
      beside: [[{ text: postingVi.check, look: "strong" }], [{ text: `${address}/verify` }]],
    },
  ],
  signers: [{ titleLines: ["THỦ TRƯỞNG CƠ QUAN"], how: "(Ký, ghi rõ họ tên, đóng dấu)", name: "" }],
  recipients: [],
});

function paperParts({ heading, lines, numbered = false, table }: PostedPart): readonly PaperPart[] {
  const said = lines.map((line, i): PaperPart => {
    const mark = lines.length === 1 ? "" : numbered ? `${i + 1}. ` : "- ";
    return { kind: "paragraph", runs: [{ text: `${mark}${line}` }] };
  });
  return [{ kind: "heading", text: heading }, ...said, ...(table === undefined ? [] : [tablePart(table)])];
}

const tablePart = ({ columns: [pages, dong], rows }: NonNullable<PostedPart["table"]>): PaperPart => ({
  kind: "table",
  columns: [
    { head: pages, widthMm: 80, align: "right" },
    { head: dong, widthMm: 80, align: "right" },
  ],
  rows,
  totals: null,
});
