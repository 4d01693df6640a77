import { expect } from "vitest";
import { aDesk, aDossier, type Desk } from "./desk.ts";

/** Of the officer of `worlds.ts`. */
export const pin = "123456";
export const attested = (changes: Partial<Desk> = {}): Desk =>
  aDesk({ dossier: aDossier({ status: "attested" }), ...changes });
export const failure = (it: object) => ({ ok: false, failure: it });

/** Nothing of the register was touched and no signature exists. */
export function expectNoNumber(desk: Desk): void {
  expect(desk.numbersTaken).toEqual([]);
  expect(desk.personSigned).toBeNull();
}
