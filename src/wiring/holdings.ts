import { noteAct } from "../../db/stores/admin-events.ts";
import { findPerson } from "../../db/stores/administration.ts";
import { endHoldingWith, findHolding, type Holding, holdingsOf, keepHoldingWith } from "../../db/stores/holdings.ts";
import { findAgency } from "../../db/stores/people.ts";
import { parseCertificate } from "../../signing/format/certificate.ts";
import type { KeyPlace } from "../core/dossier.ts";
import type { AgencyId } from "../core/ids.ts";
import { type Bytes, hexOf, type Sha256 } from "../core/kernel.ts";
import { makeKeyList } from "../core/key-list.ts";
import { issueCertificate } from "../development/pki.ts";
import { endCertificate } from "../usecases/administration/end-certificate.ts";
import { type IssuingWorld, issueDemoCertificate } from "../usecases/administration/issue-demo-certificate.ts";
import type { FoundKey, HoldingAsked, Span } from "../usecases/administration/key-holding.ts";
import { type Note, noteOf } from "../usecases/administration/note.ts";
import {
  type HeldKey,
  registerCertificate,
  registerOutsideKey,
} from "../usecases/administration/register-certificate.ts";
import type { AdministrationWorld, CertificateView } from "../web/pages/administration/world.ts";
import type { Actor } from "../web/route.ts";
import { isPrintable } from "./composing.ts";
import { type House, newId, randomOf } from "./house.ts";
import { checkTrust, foundKey, openKeyFile, readCertificateFile, shortName } from "./key-files.ts";
import { agenciesListed } from "./trust.ts";

/** In production the list waits for the offline root: the page says so and gives what is to be signed. */
export const renewKeyList = async (house: House): Promise<void> => house.trial?.renewKeyList();

export function holdingsWorld(house: House) {
  const { sql, now, trial } = house;
  const keeping = {
    now,
    isPrintable: (text: string) => isPrintable(house, text),
    person: (...[id, agencyId]: Parameters<IssuingWorld["person"]>) => findPerson(sql, id, agencyId),
    keepKey: (...kept: Parameters<IssuingWorld["keepKey"]>) => keepKey(house, ...kept),
    renewKeyList: () => renewKeyList(house),
  };
  return {
    certificates: ({ agencyId }) => certificatesFor(house, agencyId),
    registerCertificate: (asked, file, actor) =>
      registerCertificate(asked, file, actor, {
        ...keeping,
        openKeyFile: (bytes, pin) => house.atTheDesk(() => openKeyFile(bytes, pin)),
        checkTrust: (...key) => checkTrust(house, ...key),
      }),
    keyPlaces: () => keyPlacesOf(house),
    registerOutsideKey: (asked, outside, actor) =>
      registerOutsideKey(asked, outside, actor, {
        ...keeping,
        readCertificate: readCertificateFile,
        checkTrust: (...key) => checkTrust(house, ...key),
        isPlace: (place) => keyPlacesOf(house).some((known) => isSamePlace(known, place)),
      }),
    issueDemoCertificate: (asked, actor) =>
      issueDemoCertificate(asked, actor, { ...keeping, issue: trial === null ? null : issueWith(house, trial) }),
    endCertificate: (id, actor) =>
      endCertificate(id, actor, {
        now,
        holderOf: (...held) => holderOf(house, ...held),
        keepEnd: (...ended) => endHoldingWith(sql, ...ended),
        renewKeyList: () => renewKeyList(house),
      }),
    keyListToSign: trial === null ? (actor: Actor) => keyListToSign(house, actor) : null,
  } satisfies Partial<AdministrationWorld>;
}

/** Of remote services without a credential: which of theirs is asked with the certificate. */
const keyPlacesOf = ({ keyDevices }: House) => [
  { kind: "agent" as const },
  ...keyDevices.tokens.map(({ name }) => ({ kind: "token" as const, device: name })),
  ...keyDevices.remotes.map(({ name }) => ({ kind: "remote" as const, service: name })),
];

type Offered = ReturnType<typeof keyPlacesOf>[number];

function isSamePlace(known: Offered, asked: KeyPlace): boolean {
  if (known.kind === "token") return asked.kind === "token" && asked.device === known.device;
  if (known.kind === "remote") return asked.kind === "remote" && asked.service === known.service;
  return asked.kind === known.kind;
}

async function holderOf(house: House, id: string, agencyId: AgencyId): Promise<string | null> {
  const holding = await findHolding(house.sql, id, agencyId);
  if (holding === null) return null;
  const { subject } = namesIn(holding.certificate);
  return holding.fullName === null ? subject : `${holding.fullName}: ${subject}`;
}

const keepKey = (house: House, asked: HoldingAsked, key: FoundKey & Span, held: HeldKey, note: Note) =>
  keepHoldingWith(
    house.sql,
    {
      id: newId(),
      agencyId: note.actor.agencyId,
      personId: asked.personId,
      role: asked.personId === null ? "agency_seal" : "official",
      certificate: key.certificate,
      chain: key.chain,
      sha256: hexOf(house.primitives.digest("sha256", key.certificate)) as Sha256,
      validFrom: key.validFrom,
      validTo: key.validTo,
      ...("place" in held ? { pkcs12: null, keyPlace: held.place } : held),
    },
    note,
  );

const newPin = (): string => String(Buffer.from(randomOf(6)).readUIntBE(0, 6) % 1_000_000).padStart(6, "0");

const issueWith =
  (house: House, { pki }: NonNullable<House["trial"]>): NonNullable<IssuingWorld["issue"]> =>
  async (holder, _, { agencyId }) => {
    const organisation = (await findAgency(house.db, agencyId))?.name ?? agencyId;
    const subject = { commonName: holder?.fullName ?? organisation, organisation };
    const issued = await issueCertificate(pki, { subject }, { now: house.now, random: randomOf });
    if (!issued.ok) throw new Error(`the development PKI issues nothing: ${issued.failure.code}`);
    const key = foundKey(issued.value.certificateDer, [pki.issuingCertificate]);
    if (!key.ok) throw new Error(`a certificate of our own: ${key.failure.code}`);
    const pin = newPin();
    return { key: key.value, pkcs12: issued.value.pkcs12(pin), pin };
  };

export async function certificatesFor(house: House, agencyId: AgencyId): Promise<readonly CertificateView[]> {
  const listed = house.keyList().agencies.find((agency) => agency.agencyId === agencyId)?.certificates ?? [];
  const view = (holding: Holding): CertificateView => {
    const { certificate, ...known } = holding;
    const line = listed.find(({ sha256 }) => sha256 === holding.sha256);
    return { ...known, ...namesIn(certificate), listed: line?.to === holding.validTo };
  };
  return (await holdingsOf(house.sql, agencyId)).map(view);
}

function namesIn(der: Bytes): { subject: string; issuer: string } {
  const parsed = parseCertificate(der);
  if (!parsed.ok) return { subject: "?", issuer: "?" };
  return { subject: shortName(parsed.value.subject), issuer: shortName(parsed.value.issuer) };
}

/** The next list with everything registered, as its payload would be: only the root can make a list of it. */
async function keyListToSign(house: House, actor: Actor) {
  const current = house.keyList();
  const agencies = await agenciesListed(house.sql);
  const list = { ...current, sequence: current.sequence + 1, issuedAt: house.now(), agencies };
  const unsigned = { publicKey: house.rootPublicKey, sign: async () => new Uint8Array(64) };
  const sha256 = (bytes: Uint8Array) => house.primitives.digest("sha256", bytes);
  const envelope = JSON.parse(await makeKeyList(list, unsigned, sha256)) as { payload: string };
  await noteAct(house.sql, noteOf(actor, "key_list_taken", String(list.sequence), house.now()));
  return { payload: Buffer.from(envelope.payload, "base64").toString("utf8"), sequence: list.sequence };
}
