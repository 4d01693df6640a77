import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { authority, pin, type ThrowawayPki, throwawayPki } from "./throwaway-pki.ts";

/**
 * The throwaway root with two authorities below it: one that issues to people, with a complete list, a delta and a delegated
 * responder without id-pkix-ocsp-nocheck, and one above the timestamp authority. All of it by the openssl command line.
 */
export type TwoTierPki = ThrowawayPki & {
  readonly listUrls: { readonly root: string; readonly people: string; readonly delta: string; readonly tsa: string };
  readonly answerUrl: string;
  /** Rows of openssl's index from now on; revoked ones begin with R. */
  readonly index: (name: "people" | "delta" | "root" | "tsa-ca", rows: readonly string[]) => void;
};

export const revokedRow = (serial: string) =>
  `R\t351231235959Z\t260101000000Z,keyCompromise\t${serial}\tunknown\t/CN=x`;
export const goodRow = (serial: string) => `V\t351231235959Z\t\t${serial}\tunknown\t/CN=x`;

export async function twoTierPki(): Promise<TwoTierPki> {
  const base = await throwawayPki();
  const { folder } = base;
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const index: TwoTierPki["index"] = (name, rows) =>
    writeFileSync(path(`${name}.index`), rows.map((row) => `${row}\n`).join(""));
  const gencrl = (name: string, by: string, number: string, reply: string) => {
    writeFileSync(path(`${name}.number`), `${number}\n`);
    // biome-ignore format: one command
    openssl("ca", "-gencrl", "-config", "lists.cnf", "-name", name, "-keyfile", `${by}.key`, "-cert", `${by}.crt`, "-out", `${name}.pem`);
    openssl("crl", "-in", `${name}.pem`, "-outform", "DER", "-out", reply);
  };
  const serve = (name: string, by: string, number: string) =>
    authority(folder, `${name}-list`, "application/pkix-crl", (_, reply) => gencrl(name, by, number, reply));
  const lists = {
    root: await serve("root", "root", "01"),
    people: await serve("people", "people-ca", "01"),
    delta: await serve("delta", "people-ca", "02"),
    tsa: await serve("tsa-ca", "tsa-ca", "01"),
  };
  const answers = await authority(folder, "people-ocsp", "application/ocsp-response", (query, reply) =>
    // biome-ignore format: one command
    openssl("ocsp", "-index", "people.index", "-rsigner", "answerer.crt", "-rkey", "answerer.key", "-CA", "people-ca.crt", "-reqin", query, "-respout", reply, "-ndays", "1"),
  );
  for (const name of ["people", "delta", "root", "tsa-ca"] as const) index(name, []);
  index("people", [goodRow("3001")]);
  writeFileSync(path("lists.cnf"), listConfig(folder, lists.delta.url));
  const addresses = { ocsp: answers.url, root: lists.root.url, people: lists.people.url };
  writeFileSync(path("tier.cnf"), extensions({ ...addresses, delta: lists.delta.url, tsa: lists.tsa.url }));
  const issue = (name: string, by: string, serial: string, section: string) => {
    // biome-ignore format: one command
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name} (fictional)`);
    // biome-ignore format: one command
    openssl("x509", "-req", "-in", `${name}.csr`, "-CA", `${by}.crt`, "-CAkey", `${by}.key`, "-set_serial", `0x${serial}`, "-days", "900", "-extfile", "tier.cnf", "-extensions", section, "-out", `${name}.crt`);
  };
  issue("people-ca", "root", "3101", "authority");
  issue("tsa-ca", "root", "3102", "authority");
  issue("canbo", "people-ca", "3001", "person");
  issue("answerer", "people-ca", "3002", "answerer");
  issue("clock", "tsa-ca", "3003", "clock");
  // biome-ignore format: one command
  openssl("pkcs12", "-export", "-inkey", "canbo.key", "-in", "canbo.crt", "-certfile", "people-ca.crt", "-out", "canbo.p12", "-passout", `pass:${pin}`);
  writeFileSync(path("tsa.cnf"), timestampConfig);
  const urls = { root: lists.root.url, people: lists.people.url, delta: lists.delta.url, tsa: lists.tsa.url };
  const servers = [...Object.values(lists), answers].map(({ server }) => server);
  return {
    ...base,
    listUrls: urls,
    answerUrl: answers.url,
    index,
    end: async () => {
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
      await base.end();
    },
  };
}

const listSection = (folder: string, name: string, more = "") => `
[${name}]
database = ${folder}/${name}.index
crlnumber = ${folder}/${name}.number
default_md = sha256
default_crl_days = 30
${more}`;

// RFC 5280 §5.2.4: the delta can be added to complete list 1, which says where it is (§5.2.6).
const listConfig = (folder: string, deltaUrl: string) => `
${listSection(folder, "root")}
${listSection(folder, "tsa-ca")}
${listSection(folder, "people", "crl_extensions = complete")}
${listSection(folder, "delta", "crl_extensions = newer")}
[complete]
freshestCRL = URI:${deltaUrl}
[newer]
2.5.29.27 = critical,DER:020101
`;

type Addresses = Readonly<Record<"ocsp" | "root" | "people" | "delta" | "tsa", string>>;

const extensions = ({ ocsp, root, people, tsa }: Addresses) => `
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
crlDistributionPoints = URI:${root}
[person]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
authorityInfoAccess = OCSP;URI:${ocsp}
crlDistributionPoints = URI:${people}
[answerer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
crlDistributionPoints = URI:${people}
[clock]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
crlDistributionPoints = URI:${tsa}
`;

const timestampConfig = `
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = clock.crt
signer_key = clock.key
certs = tsa-ca.crt
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
`;
