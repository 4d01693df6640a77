import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, verify } from "node:crypto";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import { afterAll, beforeAll, expect, test } from "vitest";
import { administratorOf, bearer, issue, recipients } from "../recipients/recipient-world.ts";
import { type Copy, type GrantsHouse, school, startGrantsHouse } from "./grants-world.ts";

type Json = Record<string, unknown>;

let house: GrantsHouse;
let copy: Copy;
let credential = "";
let opening = "";
let token = "";
let issuerKey: KeyObject;
beforeAll(async () => {
  house = await startGrantsHouse();
  copy = await house.released();
  token = await issue(await administratorOf(house), `${recipients}/${house.schoolId}`, ["pull"]);
  const opened = await pull(null);
  [credential, opening] = [String(opened["credential"]), String(opened["id"])];
  const issuer = (await (await fetch(`${house.url}/.well-known/jwt-vc-issuer`)).json()) as {
    issuer: string;
    jwks: { keys: Json[] };
  };
  expect(issuer.issuer).toBe(payloadOf(credential)["iss"]);
  const jwk = issuer.jwks.keys.find(({ kid }) => kid === partOf(credential, 0)["kid"]) ?? {};
  issuerKey = createPublicKey({ key: jwk, format: "jwk" });
}, 120_000);
afterAll(() => house?.stop());

async function pull(pages: readonly number[] | null): Promise<Json> {
  const link = await house.grantOf(copy, { grantee: { id: house.schoolId, name: school }, pages });
  const answer = await fetch(`${house.url}/api/v1/links/open`, {
    method: "POST",
    headers: { ...bearer(token), "content-type": "application/json" },
    body: JSON.stringify({ secret: link.slice(3) }),
  });
  return (await answer.json()) as Json;
}

const partOf = (text: string, part: number): Json =>
  JSON.parse(Buffer.from(text.split("~")[0]?.split(".")[part] ?? "", "base64url").toString("utf8"));
const payloadOf = (text: string) => partOf(text, 1);
const nameIn = (disclosure: string) => JSON.parse(Buffer.from(disclosure, "base64url").toString("utf8"))[1];

/** A verifier that we did not write, with the list of statuses as it is published. */
const verifier = (key: KeyObject) =>
  new SDJwtVcInstance({
    hasher: (data, alg) => createHash(alg.replace("-", "")).update(data as string).digest(), // biome-ignore format: one line
    verifier: (data, signature) =>
      verify("sha256", Buffer.from(data), { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url")),
    statusListFetcher: async (uri) => (await fetch(`${house.url}${new URL(uri).pathname}`)).text(),
    statusVerifier: (data, signature) => {
      const status = createPublicKey(house.house.serviceKeys.status);
      return verify(null, Buffer.from(data), status, Buffer.from(signature, "base64url"));
    },
  });

const claimsOf = async (text: string, key = issuerKey): Promise<Json> =>
  (await verifier(key).verify(text)).payload as unknown as Json;

test("SD-JWT VC: a foreign verifier accepts it, with its type, its status and every field of the paper", async () => {
  const claims = await claimsOf(credential);
  expect(claims).toMatchObject({ vct: "urn:chungthuc:certified-copy:1", pages: 1, number: expect.any(Number) });
  expect(Object.keys(claims)).toEqual(expect.arrayContaining(["kind", "title", "holder", "agency", "book", "certified_on"])); // biome-ignore format: one line
  expect(claims["cnf"]).toBeUndefined();
  expect(payloadOf(credential)["holder"]).toBeUndefined();
});

test("SD-JWT VC: each field says whether an official confirmed it, it was only declared, or is the register's", async () => {
  const sources = (await claimsOf(credential))["field_sources"] as Json;
  expect(sources).toMatchObject({ document_number: "confirmed", holder: "declared", number: "register", pages: "confirmed" }); // biome-ignore format: one line
  expect(sources["issued_by"]).toBeUndefined(); // ticked, but nothing was declared
  await house.sql`insert into register_correction (line_id, agency_id, suffix, ordinal, part, was, reads, reason, person_id, counted_in, corrected_at)
    select c.id, c.agency_id, c.suffix, 1, 'documentNumber', d.document_number, '129/GCN-TTN', 'Ghi nhầm số (hư cấu)', p.id, to_char(now(), 'YYYY-MM'), now()
    from certificate c join dossier d on d.id = c.dossier_id, person p where c.id = ${copy.certificateId} and p.user_name = 'lanhdao'`;
  const later = await claimsOf(String((await pull(null))["credential"]));
  expect(later).toMatchObject({ document_number: "129/GCN-TTN", field_sources: { document_number: "corrected" } });
  await expect(house.sql`delete from attested_field`).rejects.toThrow(/evidence/);
});

test("RFC 9901 §4: a field is hidden by leaving its disclosure out, and the rest is still good", async () => {
  const hidden = credential
    .split("~")
    .filter((part, i) => i === 0 || part === "" || nameIn(part) !== "holder")
    .join("~");
  const claims = await claimsOf(hidden);
  expect([claims["holder"], claims["kind"]]).toEqual([undefined, (await claimsOf(credential))["kind"]]);
});

test("RFC 9901 §7.1: a changed value is never taken for the field's, another key is refused; no two have a salt in common", async () => {
  const [jwt = "", first = "", ...rest] = credential.split("~");
  const [salt, name] = JSON.parse(Buffer.from(first, "base64url").toString("utf8"));
  const changed = Buffer.from(JSON.stringify([salt, name, "Bằng khác (hư cấu)"])).toString("base64url");
  // This verifier passes over a disclosure that no digest stands for; the field is then as if it were hidden.
  expect((await claimsOf([jwt, changed, ...rest].join("~")))[name]).toBeUndefined();
  const [head = "", payload = "", signature = ""] = jwt.split(".");
  const digest = createHash("sha256").update(changed).digest("base64url");
  const claims = { ...payloadOf(credential), _sd: [digest] };
  const forged = [head, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
  expect(payload).not.toBe(forged.split(".")[1]);
  await expect(claimsOf([forged, changed, ""].join("~"))).rejects.toThrow();
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await expect(claimsOf(credential, publicKey)).rejects.toThrow();
  const again = (await (await fetch(`${house.url}/api/v1/openings/${opening}`, { headers: bearer(token) })).json()) as Json; // biome-ignore format: one line
  const parts = new Set(credential.split("~").filter((part) => part !== ""));
  expect(String(again["credential"]).split("~").filter((part) => parts.has(part))).toEqual([]); // biome-ignore format: one line
});

test("chosen pages come without it; an annulment ends it where it was already given, by its status", {
  timeout: 30_000,
}, async () => {
  expect((await pull([1]))["credential"]).toBeNull();
  await house.annul(copy);
  const answer = await fetch(`${house.url}/api/v1/openings/${opening}`, { headers: bearer(token) });
  expect(((await answer.json()) as Json)["credential"]).toBeNull();
  const refused = () => claimsOf(credential).then(() => "", String);
  await expect.poll(refused, { timeout: 20_000, interval: 200 }).toContain("Status is not valid");
});
