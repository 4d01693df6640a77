import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { domainCommand } from "../../src/commands/domain.ts";
import { type Instant, instantOfSeconds, secondsOf, utf8 } from "../../src/core/kernel.ts";
import { type KeyStatement, makeKeyStatement, openKeyStatement } from "../../src/core/key-statement.ts";
import { base64Of } from "../../src/core/log/base64.ts";
import { verifyEd25519 } from "../../src/publish/node-keys.ts";
import { now } from "../signing/examine/sealed-copy.ts";
import { publishedSample, type Sample } from "../verification/sample.ts";
import { outputOf } from "./output.ts";

let sample: Sample;
let site: string;
let dnsServer: string;
let answers: readonly string[] = [];
const server = createServer((request, response) => {
  const path = (request.url ?? "").slice(1);
  void sample.files.read(path).then((bytes) => {
    response.writeHead(bytes === null ? 404 : 200).end(bytes ?? "");
  });
});
const dns = createSocket("udp4");

beforeAll(async () => {
  sample = await publishedSample();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  site = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`;
  dns.on("message", (question, { port, address }) => dns.send(txtAnswer(question, answers), port, address));
  await new Promise<void>((resolve) => dns.bind(0, "127.0.0.1", resolve));
  dnsServer = `127.0.0.1:${dns.address().port}`;
});
afterAll(() => {
  server.close();
  dns.close();
});

/** RFC 1035 §4: the question again, and one TXT of one string for each text. */
function txtAnswer(question: Buffer, texts: readonly string[]): Buffer {
  const end = question.indexOf(0, 12) + 5;
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(texts.length, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  const records = texts.map((text) => {
    const fixed = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, text.length + 1, text.length]);
    return Buffer.concat([fixed, Buffer.from(text)]);
  });
  return Buffer.concat([head, question.subarray(12, end), ...records]);
}

const statement = (changed: Partial<KeyStatement> = {}): KeyStatement => ({
  issuer: site,
  issuedAt: now(),
  until: instantOfSeconds(secondsOf(now()) + 86_400),
  rootKey: base64Of(sample.root.publicKey),
  keyListSequence: 1,
  keys: [],
  roots: [],
  ...changed,
});
const publishStatement = async (changed: Partial<KeyStatement> = {}) =>
  sample.files.write(".well-known/chungthuc", utf8(await makeKeyStatement(statement(changed), sample.status)));
const domain = async (root = base64Of(sample.root.publicKey)) => {
  const { code, output } = await outputOf(() =>
    domainCommand([site, "--root-key", root, "--dns", dnsServer, "--json"]),
  );
  return { code, json: JSON.parse(output) as { trouble?: string; record?: { value: string } } };
};

test("RFC 8552: the command prints the TXT record of the pinned root and tells set, missing and another apart", async () => {
  await publishStatement();
  const right = `v=chungthuc1; root=${base64Of(sample.root.publicKey)}`;
  answers = [];
  expect(await domain()).toMatchObject({ code: 2, json: { record: { name: "_chungthuc.127.0.0.1", value: right } } });
  answers = ["v=spf1 -all", right];
  expect(await domain()).toMatchObject({ code: 0, json: { dns: "set", isPinned: true } });
  answers = [right, "v=chungthuc1; root=AAAA"];
  expect((await domain()).code).toBe(1);
  expect((await domain("A".repeat(43).concat("="))).json).toEqual({ trouble: "key_list_not_believed" });
});

test("a statement for another address, by another key or past its time is not believed", async () => {
  await publishStatement({ issuer: "https://chungthuc.example" });
  expect((await domain()).json).toEqual({ trouble: "of_another_address" });
  await publishStatement({ until: "2026-01-01T00:00:00Z" as Instant });
  expect((await domain()).json).toEqual({ trouble: "statement_not_believed" });
  await publishStatement();
  const text = new TextDecoder().decode((await sample.files.read(".well-known/chungthuc")) ?? new Uint8Array());
  const { payload, ...rest } = JSON.parse(text) as { payload: string };
  const open = (envelope: string) => openKeyStatement(envelope, sample.list, now(), verifyEd25519);
  expect((await open(text)).ok).toBe(true);
  const said = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const forged = Buffer.from(JSON.stringify({ ...said, iss: "https://evil.example" })).toString("base64url");
  expect(await open(JSON.stringify({ ...rest, payload: forged }))).toMatchObject({
    failure: { code: "statement_signature_wrong" },
  });
  const byAnother = await makeKeyStatement(statement(), { ...sample.status, id: "00000000" });
  expect(await open(byAnother)).toMatchObject({ failure: { code: "statement_key_unknown" } });
  for (const broken of ["", "{}", "[]", text.slice(1), "x".repeat(70_000)])
    expect(await open(broken)).toMatchObject({ failure: { code: "statement_malformed" } });
});
