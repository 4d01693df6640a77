import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openPkcs12 } from "../../../signing/keys/pkcs12.ts";
import { measureReservation } from "../../../signing/seal/measure.ts";
import { sealSignature, sealWithRoom } from "../../../signing/seal/seal.ts";
import { requestTimestamp } from "../../../signing/seal/timestamp.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { sealingBy, value } from "./sealing.ts";
import { smallPdf } from "./small-pdf.ts";
import { authority, pin, type ThrowawayPki, throwawayPki } from "./throwaway-pki.ts";

const sizes = [2048, 4096] as const;
type Size = (typeof sizes)[number];
type Authority = Awaited<ReturnType<typeof authority>>;

const extensions = `
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[person]
keyUsage = critical,digitalSignature,nonRepudiation
[tsa]
extendedKeyUsage = critical,timeStamping
`;

/** An authority below an intermediate of its own size, as national ones stand. */
const config = (size: Size) => `
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = tsa${size}.crt
signer_key = tsa${size}.key
certs = sub${size}.crt
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1, millisecs:500
ess_cert_id_alg = sha256
`;

describe.skipIf(!has("openssl"))("room for a signature and its timestamp", () => {
  let pki: ThrowawayPki;
  const authorities = new Map<Size, Authority>();
  const http = httpClient({ timeoutSeconds: 20, answerBytes: 100_000, reach: "anywhere" });

  beforeAll(async () => {
    pki = await throwawayPki();
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: pki.folder, stdio: "pipe" });
    const keep = (name: string, text: string) => writeFileSync(join(pki.folder, name), text);
    const issue = (name: string, size: Size, issuer: string, serial: string, section: string) => {
      // biome-ignore format: one command
      openssl("req", "-newkey", `rsa:${size}`, "-nodes", "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/C=VN/O=Test (fictional)/CN=${name} (fictional)`);
      // biome-ignore format: one command
      openssl("x509", "-req", "-in", `${name}.csr`, "-CA", `${issuer}.crt`, "-CAkey", `${issuer}.key`, "-set_serial", `0x${serial}`, "-days", "1000", "-extfile", "chained.cnf", "-extensions", section, "-out", `${name}.crt`);
    };
    keep("chained.cnf", extensions);
    for (const size of sizes) {
      issue(`sub${size}`, size, "root", `30${size}`, "ca");
      issue(`tsa${size}`, size, `sub${size}`, `31${size}`, "tsa");
      keep(`tsa${size}.cnf`, config(size));
      const reply = (query: string, answer: string) =>
        openssl("ts", "-reply", "-config", `tsa${size}.cnf`, "-queryfile", query, "-out", answer);
      authorities.set(size, await authority(pki.folder, `timestamp-${size}`, "application/timestamp-reply", reply));
    }
    issue("chained", 2048, "sub2048", "32", "person");
    // biome-ignore format: one command
    openssl("pkcs12", "-export", "-inkey", "chained.key", "-in", "chained.crt", "-certfile", "sub2048.crt", "-out", "chained.p12", "-passout", `pass:${pin}`);
  }, 120_000);
  afterAll(async () => {
    http.close();
    for (const { server } of authorities.values()) await new Promise((done) => server.close(done));
    await pki.end();
  });

  const key = () => value(openPkcs12(new Uint8Array(readFileSync(join(pki.folder, "chained.p12"))), pin));
  const timestamps = (size: Size) => sealingBy(pki, http).timestamps([authorities.get(size)?.url ?? ""]);

  async function measuredBy(size: Size): Promise<number> {
    const imprint = { hash: "sha256", bytes: nodePrimitives.digest("sha256", new Uint8Array(1)) } as const;
    const sample = value(await requestTimestamp(imprint, { ...timestamps(size), primitives: nodePrimitives }));
    return value(measureReservation({ ...key(), sampleToken: sample.token }, nodePrimitives));
  }

  async function sealed(reservedBytes: number, dating: Size) {
    const { request, world } = sealingBy(pki, http);
    const asked = { ...request(await smallPdf({ useObjectStreams: false }), "officer"), reservedBytes };
    return sealSignature(asked, { ...world(key()), timestamps: timestamps(dating) });
  }

  test.each(
    sizes,
  )("RSA-2048 officer and issuer, sample and token of RSA-%d: the signature fits, and little is left over", async (size) => {
    const reservedBytes = await measuredBy(size);
    const { pdf } = value(await sealed(reservedBytes, size));
    const spare = reservedBytes - cmsBytesOf(pdf);
    expect(key().chain).toHaveLength(1);
    expect(spare).toBeGreaterThanOrEqual(200); // a longer serial, nonce, accuracy
    expect(spare).toBeLessThan(320); // every octet of it is two zeros in every copy, twice
  });

  test("an authority that changed to longer keys after the sample: the signature is made again with the room it needs, within the act", async () => {
    const reservedBytes = await measuredBy(2048);
    const { request, world } = sealingBy(pki, http);
    const asked = { ...request(await smallPdf({ useObjectStreams: false }), "officer"), reservedBytes };
    const outgrown = vi.fn();
    const { pdf } = value(await sealWithRoom(asked, { ...world(key()), timestamps: timestamps(4096) }, outgrown));
    expect(outgrown).toHaveBeenCalledTimes(1);
    expect(cmsBytesOf(pdf)).toBeGreaterThan(reservedBytes);
  });

  test("without that: refused with what is needed, and a new sample leaves room for it", async () => {
    const refused = await sealed(await measuredBy(2048), 4096);
    if (refused.ok || refused.failure.code !== "signature_larger_than_reserved") throw new Error("it must not fit");
    expect(refused.failure.neededBytes).toBeGreaterThan(refused.failure.reservedBytes);
    expect(await measuredBy(4096)).toBeGreaterThan(refused.failure.neededBytes);
  });
});

/** Length of the one CMS in the gap, without the zeros behind it. */
function cmsBytesOf(pdf: Bytes): number {
  const hex = /\/Contents <([0-9A-F]+)>/.exec(Buffer.from(pdf).toString("latin1"))?.[1] ?? "";
  return 4 + Number.parseInt(hex.slice(4, 8), 16);
}
