import { describe, expect, test } from "vitest";
import { demoAgency, demoOfficials, newDemoPeople } from "../../src/development/demo-people.ts";
import { world } from "./development-world.ts";

describe("the people of a development store", () => {
  test("are marked as invented wherever a name is printed, and so is their agency", () => {
    for (const name of [...demoOfficials.map((one) => one.fullName), demoAgency.name, demoAgency.province]) {
      expect(name).toMatch(/\(hư cấu\)$/);
    }
  });

  test("DESIGN decision 9: officer and clerk are two persons, and only these two hold a key", () => {
    const holders = demoOfficials.flatMap(({ userName, duty, holds }) =>
      holds === null ? [] : [{ userName, duty, holds }],
    );
    expect(holders).toEqual([
      { userName: "lanhdao", duty: "signer", holds: "own_key" },
      { userName: "vanthu", duty: "clerk", holds: "agency_key" },
    ]);
    expect(new Set(demoOfficials.map(({ userName }) => userName)).size).toBe(6);
  });

  test("LAW 2.1: who signs for the Chairman has a document that says so", () => {
    const signer = demoOfficials.find(({ duty }) => duty === "signer");
    expect(signer?.signatureBlock).toEqual(["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]);
    expect(signer?.authority?.documentNumber).toMatch(/HƯCẤU/);
  });

  test("no two secrets are alike, and every PIN has six digits", () => {
    const people = [...newDemoPeople(world.random), ...newDemoPeople(world.random)];
    expect(new Set(people.map(({ password }) => password)).size).toBe(12);
    for (const { password, pin } of people) {
      expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
      expect(pin).toMatch(/^\d{6}$/);
    }
  });

  test("every digit of a PIN is drawn evenly: octets past the last whole multiple of ten are thrown away", () => {
    const octets = [255, 250, 249, 0, 1, 2, 3, 4, 5, 6];
    let at = 0;
    const scripted = (bytes: number) => Uint8Array.from({ length: bytes }, () => octets[at++ % octets.length] ?? 0);
    const [first] = newDemoPeople(scripted);
    expect(first?.pin).toMatch(/^\d{6}$/);
  });
});
