import type { TwoAgencies } from "../attacks/two-agencies.ts";
import { type Desk, deskOf, secretIn } from "../pages/administration-world.ts";

export const recipients = "/admin/recipients";

/** The administrator's desk of the demo agency. */
export const administratorOf = async (world: TwoAgencies): Promise<Desk> =>
  deskOf(world.url, await world.session("quantri"));

/** Registers a fictional recipient. @returns its address among the administrator's pages */
export async function register(desk: Desk, name: string): Promise<string> {
  const sent = await desk.send(`${recipients}/new`, [
    ["name", `${name} (hư cấu)`],
    ["email", "mot-cua@noi-nhan.example"],
    ["domain", "noi-nhan.example"],
  ]);
  if (sent.status !== 303) throw new Error(`a recipient was refused: ${sent.status}`);
  return (sent.to ?? "").replace(/\?.*/, "");
}

/** @returns the token, as the page shows it once */
export async function issue(desk: Desk, at: string, scopes: readonly string[], days = 90): Promise<string> {
  const fields = scopes.map((scope): [string, string] => ["scopes", scope]);
  const shown = await desk.send(`${at}/keys`, [...fields, ["days", String(days)]]);
  return secretIn(shown.text);
}

/** The id that a token names. */
export const keyIdOf = (token: string): string => {
  const hex = token.slice(4, 36);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
