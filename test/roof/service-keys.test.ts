import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadServiceKey, loadServiceKeys, makeServiceKeys } from "../../src/roof/service-keys.ts";
import { contentsOf, newFolder, removeFolder } from "../development/development-world.ts";

let data = "";
beforeEach(() => {
  data = newFolder();
});
afterEach(() => removeFolder(data));
const keys = () => join(data, "keys");
const file = (name: string) => join(data, "keys", `${name}.pem`);

describe("DESIGN decision 16: service keys of a development store", () => {
  test("are ES256 for code and credential, and Ed25519 for log, status and root, all different", () => {
    makeServiceKeys(keys());
    const online = loadServiceKeys(keys());
    const root = loadServiceKey(keys(), "root");
    if (!online.ok || !root.ok) throw new Error("keys do not load");
    const { code, log, status, credential } = online.value;
    for (const key of [code, credential]) expect(key?.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
    expect([log, status, root.value].map((key) => key.asymmetricKeyType)).toEqual(["ed25519", "ed25519", "ed25519"]);
    expect(new Set(Object.values(contentsOf(data))).size).toBe(5);
  });

  test("are readable by their owner only", () => {
    makeServiceKeys(keys());
    expect(statSync(join(data, "keys")).mode & 0o777).toBe(0o700);
    for (const path of Object.keys(contentsOf(data))) expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("what a killed first start left is completed, and no key that stands is replaced", () => {
    makeServiceKeys(keys());
    const before = contentsOf(data);
    rmSync(file("log"));
    writeFileSync(join(data, "keys", ".writing-log.pem"), "half a key");
    makeServiceKeys(keys());
    expect(loadServiceKeys(keys()).ok).toBe(true);
    const after = contentsOf(data);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    delete before[file("log")];
    expect(after).toMatchObject(before);
  });

  test("a lost key of a store with a past is named and not made anew", () => {
    makeServiceKeys(keys());
    rmSync(file("log"));
    const failure = { code: "service_key_missing", key: "log", file: file("log") };
    expect(loadServiceKeys(keys())).toEqual({ ok: false, failure });
    expect(Object.keys(contentsOf(data))).not.toContain(file("log"));
  });

  test.each([
    { about: "bytes that are no key", pem: "no key" },
    { about: "a key of another kind", pem: rsaPem() },
  ])("$about are named and not used", ({ pem }) => {
    makeServiceKeys(keys());
    writeFileSync(file("status"), pem);
    const failure = { code: "service_key_unusable", key: "status", file: file("status") };
    expect(loadServiceKeys(keys())).toEqual({ ok: false, failure });
  });

  test("other keys in the same folder are left alone", () => {
    mkdirSync(join(data, "keys"));
    writeFileSync(join(data, "keys", "blobs"), "theirs");
    makeServiceKeys(keys());
    expect(contentsOf(data)[join(data, "keys", "blobs")]).toBe(Buffer.from("theirs").toString("hex"));
  });
});

function rsaPem(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
