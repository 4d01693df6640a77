import { composePaper } from "../../signing/compose/compose-paper.ts";
import type { PaperToCompose } from "../../signing/compose/paper-to-compose.ts";
import type { AgencyId } from "../core/ids.ts";
import { type Bytes, type Instant, localDateOf } from "../core/kernel.ts";
import { placeOf } from "../core/register.ts";
import { agencyNameOf, type House } from "./house.ts";

/** What a paper says besides who issues it, where and when. */
export type PaperOf = Omit<PaperToCompose, "agency" | "place" | "date" | "composedAt" | "development">;

/** A paper of that agency as a PDF, dated `at`. @param agency its name, where no key list has it: it signs nothing */
export async function agencyPaper(
  house: House,
  agencyId: AgencyId,
  at: Instant,
  paper: PaperOf,
  agency = agencyNameOf(house, agencyId),
): Promise<Bytes> {
  const dated = { agency, place: placeOf(agency), date: localDateOf(at), composedAt: at };
  const { pdf } = await composePaper({ ...paper, ...dated, development: house.development }, house.fonts);
  return pdf;
}
