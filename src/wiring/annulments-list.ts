import { type AnnulmentWithKind, annulmentCounts, publishedAnnulments } from "../../db/stores/annulments.ts";
import type { AgencyId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result, secondsOf } from "../core/kernel.ts";
import {
  type AnnulmentList,
  mostListed,
  olderParts,
  type PublishedAnnulment,
  publishedKind,
} from "../core/status/annulment.ts";
import { takeTurns } from "../roof/turns.ts";
import type { Failure } from "../usecases/failure.ts";
import { dayText, shortTimeText } from "../web/design/time.ts";
import { speechIn } from "../web/pages/annulment/speech.ts";
import { copyTextOf, kindTextOf, outcomeOf } from "../web/pages/annulment/texts.ts";
import { usualKinds } from "../web/words/receiving.vi.ts";
import { agencyPaper, type PaperOf } from "./agency-paper.ts";
import type { House } from "./house.ts";

/**
 * TT 01/2020 Art. 7: decisions stay published. The newest `mostListed`, or an older part.
 *
 * @returns null where there is no such part
 */
export async function annulmentsOf(house: House, part: number | null): Promise<AnnulmentList | null> {
  const counts = await annulmentCounts(house.sql);
  const older = olderParts(counts.reduce((sum, { count }) => sum + count, 0));
  if (part !== null && part > older) return null;
  const list = await listedOf(house, null, part);
  return { list, older, papers: counts.map(({ agencyId, count }) => ({ agencyId, older: olderParts(count) })) };
}

const listedOf = async (house: House, agencyId: AgencyId | null, part: number | null): Promise<PublishedAnnulment[]> =>
  (await publishedAnnulments(house.sql, { agencyId, part, most: mostListed })).map(withoutTyped);

const withoutTyped = ({ typedKind, ...one }: AnnulmentWithKind): PublishedAnnulment => ({
  ...one,
  paperKind: publishedKind(typedKind, usualKinds),
});

/** Strangers may ask for it, and many pages take a core: the same list is not drawn twice within a minute. */
const drawnForSeconds = 60;

type Drawn = { readonly at: Instant; readonly list: string; readonly pdf: Promise<Bytes> };

/** The public list of one agency as a paper; drawn one at a time, whoever asks. TT 01/2020 Art. 7, ANNUL-1 */
export function annulmentsPapers(house: House): AnnulmentsPapers {
  const inTurn = takeTurns(1);
  const drawnOf = new Map<string, Drawn>();
  const draw = (agencyId: AgencyId, at: Instant, told: ListTold) =>
    inTurn(() => agencyPaper(house, agencyId, at, listPaper(told, at)));
  const drawAnew = (agencyId: AgencyId, at: Instant, told: ListTold): Drawn => {
    const drawn = { at, list: marksOf(told.list), pdf: draw(agencyId, at, told) };
    const key = keyOf(agencyId, told);
    drawnOf.set(key, drawn);
    drawn.pdf.catch(() => drawnOf.get(key) === drawn && drawnOf.delete(key)); // its askers are told
    return drawn;
  };
  return async (asked, part) => {
    const agencyId = agencyAsked(house, asked);
    if (agencyId === null) return fail({ code: "not_found" });
    const at = house.now(); // before the question: the paper never says that it is newer than what it was drawn from
    const counts = await annulmentCounts(house.sql);
    const older = olderParts(counts.find((one) => one.agencyId === agencyId)?.count ?? 0);
    if (part !== null && part > older) return fail({ code: "not_found" });
    const told = { list: await listedOf(house, agencyId, part), part, older };
    const drawn = drawnOf.get(keyOf(agencyId, told));
    const stands = drawn?.list === marksOf(told.list) && secondsOf(at) - secondsOf(drawn.at) < drawnForSeconds;
    return ok(await (stands ? drawn : drawAnew(agencyId, at, told)).pdf);
  };
}

const keyOf = (agencyId: AgencyId, { part }: ListTold): string => `${agencyId} ${part ?? "newest"}`;

type AnnulmentsPapers = (asked: string | null, part: number | null) => Promise<Result<Bytes, Failure>>;
type ListTold = {
  readonly list: readonly PublishedAnnulment[];
  readonly part: number | null;
  readonly older: number;
};

/** Lists with the same marks tell the same: a decision is never changed. */
const marksOf = (list: readonly PublishedAnnulment[]): string =>
  list.map(({ number, bookText }) => `${number} ${bookText}`).join("\n");

function agencyAsked(house: House, asked: string | null): AgencyId | null {
  const { agencies } = house.keyList();
  const found = asked === null && agencies.length === 1 ? agencies[0] : agencies.find((one) => one.agencyId === asked);
  return found === undefined ? null : (found.agencyId as AgencyId);
}

const { say } = speechIn("vi");

/** The longest reason that can be typed, 500 capitals, still fits on one page. */
const columns = [
  { head: "TT", widthMm: 10, align: "right" },
  { head: "Số chứng thực", widthMm: 30, align: "left" },
  { head: say("columnPaper"), widthMm: 20, align: "left" },
  { head: say("columnDecision"), widthMm: 32, align: "left" },
  { head: say("columnReason"), widthMm: 41, align: "left" },
  { head: say("columnKind"), widthMm: 27, align: "left" },
] as const;

/** By the day of the decision, the latest first. Nothing in it tells whose paper it was. */
function listPaper({ list, part, older }: ListTold, asOf: Instant): PaperOf {
  const byDay = list.toSorted((a, b) => b.decision.date.localeCompare(a.decision.date));
  const newest = older === 0 ? "" : ` Các quyết định cũ hơn nằm trong ${older} phần đăng riêng.`;
  const cut = part === null ? newest : ` Phần ${part} của các quyết định cũ hơn.`;
  return {
    ...{ unit: null, number: null, title: "DANH SÁCH", recipients: [] },
    about: "Bản sao chứng thực từ bản chính đã bị hủy bỏ giá trị pháp lý hoặc được thay thế",
    parts: [
      said(`Tính đến ${shortTimeText(asOf, "vi")}: ${list.length} quyết định, ngày quyết định mới nhất trước.${cut}`),
      ...(list.length === 0
        ? [said(say("listNone"))]
        : [{ kind: "table", columns, rows: byDay.map(rowOf), totals: null } as const]),
      said("Danh sách không nêu tên chủ giấy tờ (Thông tư số 01/2020/TT-BTP, Điều 7).", "italic"),
    ],
    signers: [{ titleLines: ["THỦ TRƯỞNG CƠ QUAN"], how: "(Ký, đóng dấu)", name: "" }],
  };
}

function rowOf(one: PublishedAnnulment, at: number): string[] {
  const { number, date, by, reason } = one.decision;
  const decision = say("decisionText", { number, by, date: dayText(date) });
  const cells = [copyTextOf(say, one), kindTextOf(say, one), decision, reason, outcomeOf(say, one)];
  return [String(at + 1), ...cells.map((text) => text.replace(/\s+/gu, " "))];
}

const said = (text: string, look?: "italic"): PaperOf["parts"][number] => ({
  kind: "paragraph",
  runs: [look === undefined ? { text } : { text, look }],
});
