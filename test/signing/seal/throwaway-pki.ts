import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bytes } from "../../../src/core/kernel.ts";

/** A fictional certification authority made by the openssl command line, for one test file. */
export type ThrowawayPki = {
  readonly folder: string;
  readonly pem: (name: string) => string;
  readonly der: (name: string) => Bytes;
  readonly pkcs12: (name: string) => Bytes;
  readonly timestampUrl: string;
  readonly ocspUrl: string;
  /** One more person, known to the responder; `key` as `openssl req` takes it. */
  readonly issuePerson: (name: string, key: readonly string[], serial: string) => void;
  readonly end: () => Promise<void>;
};

export const pin = "482913";

export async function throwawayPki(): Promise<ThrowawayPki> {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-pki-"));
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const timestamps = await authority(folder, "timestamp-query", "application/timestamp-reply", (query, reply) =>
    openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", query, "-out", reply),
  );
  const ocsp = await authority(folder, "ocsp-request", "application/ocsp-response", (query, reply) =>
    // biome-ignore format: one command
    openssl("ocsp", "-index", "index.txt", "-rsigner", "ocsp.crt", "-rkey", "ocsp.key", "-CA", "root.crt", "-reqin", query, "-respout", reply, "-ndays", "1"),
  );
  const lists = await authority(folder, "crl", "application/pkix-crl", (_, reply) => {
    // biome-ignore format: one command
    openssl("ca", "-gencrl", "-config", "crl.cnf", "-keyfile", "root.key", "-cert", "root.crt", "-out", "root.crl");
    openssl("crl", "-in", "root.crl", "-outform", "DER", "-out", reply);
  });
  writeFileSync(path("crl.cnf"), listConfig);
  writeFileSync(path("tsa.cnf"), tsaConfig);
  writeFileSync(path("serial"), "1000\n");
  writeFileSync(path("ext.cnf"), extensions(ocsp.url, lists.url));
  // biome-ignore format: one command
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.crt", "-days", "3650", "-subj", "/C=VN/O=Root (fictional)/CN=Test Root (fictional)", "-addext", "keyUsage=critical,keyCertSign,cRLSign");
  const rsa = ["-newkey", "rsa:2048"];
  const ec = (curve: string) => ["-newkey", "ec", "-pkeyopt", `ec_paramgen_curve:${curve}`];
  const issue = (name: string, key: string[], serial: string, section: string, subject: string) => {
    // biome-ignore format: one command
    openssl("req", ...key, "-nodes", "-utf8", "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", subject);
    // biome-ignore format: one command
    openssl("x509", "-req", "-in", `${name}.csr`, "-CA", "root.crt", "-CAkey", "root.key", "-set_serial", `0x${serial}`, "-days", "1000", "-extfile", "ext.cnf", "-extensions", section, "-out", `${name}.crt`);
  };
  issue("officer", rsa, "2001", "person", "/C=VN/O=UBND xã Thử Nghiệm (hư cấu)/CN=Nguyễn Văn Giả (hư cấu)");
  issue("agency", ec("P-256"), "2002", "person", "/C=VN/O=UBND xã Thử Nghiệm (hư cấu)/CN=UBND xã Thử Nghiệm (hư cấu)");
  issue("revoked", ec("P-384"), "2003", "person", "/C=VN/CN=Revoked (fictional)");
  issue("edwards", ["-newkey", "ed25519"], "2004", "person", "/C=VN/CN=Edwards (fictional)");
  issue(
    "pss",
    ["-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048"],
    "2007",
    "person",
    "/C=VN/CN=Pss (fictional)",
  );
  issue("tsa", rsa, "2005", "tsa", "/C=VN/CN=Test Timestamps (fictional)");
  issue("ocsp", ec("P-256"), "2006", "ocsp", "/C=VN/CN=Test Responder (fictional)");
  writeFileSync(path("index.txt"), ocspIndex);
  const keep = (name: string, as: string, ...options: string[]) =>
    // biome-ignore format: one command
    openssl("pkcs12", "-export", "-inkey", `${name}.key`, "-in", `${name}.crt`, "-certfile", "root.crt", "-out", `${as}.p12`, "-passout", `pass:${pin}`, ...options);
  for (const name of ["officer", "agency", "edwards", "revoked", "pss", "tsa"]) keep(name, name);
  keep("officer", "officer-3des", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1");
  keep(
    "officer",
    "officer-rc2",
    "-certpbe",
    "PBE-SHA1-RC2-40",
    "-keypbe",
    "PBE-SHA1-3DES",
    "-macalg",
    "sha1",
    "-legacy",
  );

  const bytes = (name: string): Bytes => new Uint8Array(readFileSync(path(name)));
  return {
    folder,
    pem: (name) => path(`${name}.crt`),
    der: (name) => new Uint8Array(openssl("x509", "-in", `${name}.crt`, "-outform", "DER")),
    pkcs12: (name) => bytes(`${name}.p12`),
    timestampUrl: timestamps.url,
    ocspUrl: ocsp.url,
    issuePerson: (name, key, serial) => {
      issue(name, [...key], serial, "person", `/C=VN/CN=${name} (fictional)`);
      keep(name, name);
      appendFileSync(path("index.txt"), `V\t351231235959Z\t\t${serial}\tunknown\t/CN=${name}\n`);
    },
    end: async () => {
      await Promise.all(
        [timestamps, ocsp, lists]
          .map(({ server }) => server)
          .map((server) => new Promise((done) => server.close(done))),
      );
      rmSync(folder, { recursive: true });
    },
  };
}

export async function authority(
  folder: string,
  name: string,
  contentType: string,
  answer: (query: string, reply: string) => unknown,
): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const [query, reply] = [join(folder, `${name}.in`), join(folder, `${name}.out`)];
    writeFileSync(query, Buffer.concat(chunks));
    try {
      answer(query, reply);
      response.writeHead(200, { "content-type": contentType, connection: "close" }).end(readFileSync(reply));
    } catch {
      response.writeHead(400).end(); // openssl cannot read the request
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

const listConfig = `
[ca]
default_ca = here
[here]
database = index.txt
default_md = sha256
default_crl_days = 30
`;

const tsaConfig = `
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = tsa.crt
signer_key = tsa.key
certs = root.crt
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha384, sha512
accuracy = secs:1, millisecs:500
ess_cert_id_alg = sha256
`;

const extensions = (ocspUrl: string, listUrl: string) => `
[person]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
authorityInfoAccess = OCSP;URI:${ocspUrl}
crlDistributionPoints = URI:${listUrl}
[tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
authorityInfoAccess = OCSP;URI:${ocspUrl}
crlDistributionPoints = URI:${listUrl}
[ocsp]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = OCSPSigning
noCheck = ignored
`;

const ocspIndex = `V\t351231235959Z\t\t2001\tunknown\t/CN=officer
V\t351231235959Z\t\t2002\tunknown\t/CN=agency
V\t351231235959Z\t\t2005\tunknown\t/CN=tsa
R\t351231235959Z\t260101000000Z,keyCompromise\t2003\tunknown\t/CN=revoked
`;
