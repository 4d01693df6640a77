import type { Page } from "playwright-core";
import { smallScan } from "../support/officials.ts";
import type { Desk } from "./desk.ts";

let marks = 0;

/** What stands ready to be signed or sealed, and what became of it. */
export const dossiersOf = ({ officials, database }: Desk) => {
  const attested = async (title = "Giấy thử (hư cấu)") =>
    (await officials.attested(await smallScan(++marks * 37), title)).dossierId;
  return {
    attested,
    signed: async (title?: string) => {
      const id = await attested(title);
      const reply = await officials.sign(id);
      if (!reply.ok) throw new Error(reply.code);
      return id;
    },
    statusIn: async (id: string) => (await officials.view(id)).status,
    signaturesOf: async (id: string) =>
      (
        await database.sql`select count(*)::int as n from dossier_event where dossier_id = ${id} and what = 'person_signed'`
      )[0]?.["n"],
  };
};

export async function enterPin(page: Page, pin: string): Promise<void> {
  await page.fill("#pin", pin);
  await page.click("main form .button");
}
