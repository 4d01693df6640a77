import { X509Certificate } from "node:crypto";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import { importAreasWith } from "../../db/stores/areas.ts";
import { keepBook } from "../../db/stores/books.ts";
import { agencyCredential, keepCredential, officialCredential } from "../../db/stores/credentials.ts";
import { keepMandateWith, mandatesOf } from "../../db/stores/mandates.ts";
import { findAccount, keepAgency, keepPerson } from "../../db/stores/people.ts";
import { letWatch } from "../../db/stores/province-watch.ts";
import { keepRecipientWith } from "../../db/stores/recipients.ts";
import type { Area } from "../core/areas.ts";
import type { AgencyId, PersonId, RecipientId } from "../core/ids.ts";
import {
  type Bytes,
  hexOf,
  type Instant,
  instantOfSeconds,
  localDateOf,
  ok,
  type Sha256,
  secondsOf,
  utf8,
} from "../core/kernel.ts";
import type { Mandate, MandateId } from "../core/mandate.ts";
import { yearOf } from "../core/register.ts";
import { hashPassword } from "../roof/passwords.ts";
import { type DemoOfficial, demoAgency, demoOfficials, demoProvince, demoRecipient } from "./demo-people.ts";
import type { DemoSecretsByUser } from "./demo-secrets.ts";
import { type DevelopmentPki, issueCertificate } from "./pki.ts";

export const demoAgencyId = "hoaban" as AgencyId;
const demoProvinceId = "banmai" as AgencyId;

export type SeedWorld = {
  readonly sql: Sql;
  readonly db: PostgresJsDatabase;
  readonly pki: DevelopmentPki;
  readonly now: () => Instant;
  readonly random: (bytes: number) => Bytes;
  readonly newId: <Id extends string>() => Id;
  readonly sha256: (bytes: Uint8Array) => Bytes;
  readonly bookSuffix: string;
};

/** The fictional agency, its people, their certificates, and the year's open book. Harmless when repeated. */
export async function seedDemo(secrets: DemoSecretsByUser, world: SeedWorld): Promise<void> {
  const { name, province } = demoAgency;
  const createdAt = world.now();
  await keepAgency(world.db, { id: demoAgencyId, name, province, code: "DEMO", development: true, createdAt });
  await seedProvince(world, createdAt);
  await Promise.all(demoOfficials.map((official) => seedOfficial(official, secrets, world)));
  const year = yearOf(localDateOf(createdAt));
  const { bookSuffix: suffix } = world;
  await keepBook(world.sql, { id: world.newId(), agencyId: demoAgencyId, suffix, year, openedAt: createdAt });
  await seedRecipient(world, createdAt);
}

/** The agency of the province above, and where both lie; said once. AUTH-5. */
async function seedProvince({ sql, db, sha256 }: SeedWorld, createdAt: Instant): Promise<void> {
  const { agencyName: name, area, commune } = demoProvince;
  await keepAgency(db, {
    ...{ id: demoProvinceId, name, province: demoAgency.province, code: "DEMO-TINH", development: true, createdAt },
  });
  const source = { sha256: hexOf(sha256(utf8(area.code))) as Sha256, at: createdAt };
  const unknown = (known: ReadonlyMap<string, Area>) => [area, commune].filter(({ code }) => !known.has(code));
  await importAreasWith(sql, (known) => ok({ added: unknown(known), changed: [], unchanged: 0 }), source);
  await sql`update agency set area_code = ${commune.code} where id = ${demoAgencyId} and area_code is null`;
  await letWatch(sql, { agencyId: demoProvinceId, areaCode: area.code, at: createdAt });
}

/** Somebody to hand a copy to. Its addresses end in `.example` (RFC 2606 §3): nobody has them. */
async function seedRecipient(world: SeedWorld, registeredAt: Instant): Promise<void> {
  const administrator = demoOfficials.find(({ duty }) => duty === "administrator")?.userName ?? "";
  const personId = (await findAccount(world.db, administrator))?.actor.personId;
  if (personId === undefined) throw new Error("the demo agency has no administrator");
  const recipient = {
    id: world.newId<RecipientId>(),
    agencyId: demoAgencyId,
    ...demoRecipient,
    active: true,
    registeredAt,
  };
  const actor = { personId, agencyId: demoAgencyId };
  const about = demoRecipient.name;
  await keepRecipientWith(world.sql, recipient, { actor, what: "recipient_registered", about, at: registeredAt });
}

async function seedOfficial(official: DemoOfficial, secrets: DemoSecretsByUser, world: SeedWorld): Promise<void> {
  const own = secrets[official.userName];
  if (own === undefined) throw new Error(`no secrets for the demo person ${official.userName}`);
  const { userName, fullName, duty } = official;
  const passwordHash = await hashPassword(own.password);
  const agencyId = duty === "province" ? demoProvinceId : demoAgencyId;
  const fresh = { personId: world.newId<PersonId>(), agencyId, userName, fullName, roles: [duty] };
  await keepPerson(world.db, { ...fresh, passwordHash, createdAt: world.now() });
  const personId = (await findAccount(world.db, userName))?.actor.personId;
  if (official.holds === "own_key" && personId !== undefined) await seedCredential(official, personId, own.pin, world);
  if (official.authority !== null && personId !== undefined) await seedMandate(official, personId, world);
  if (official.holds === "agency_key") await seedCredential(official, null, own.pin, world);
}

async function seedCredential(
  official: DemoOfficial,
  personId: PersonId | null,
  pin: string,
  world: SeedWorld,
): Promise<void> {
  const now = world.now();
  const found = personId
    ? await officialCredential(world.sql, personId, now)
    : await agencyCredential(world.sql, demoAgencyId, now);
  if (found !== null) return;
  const organisation = demoAgency.name;
  const commonName = personId === null ? organisation : official.fullName;
  const subject =
    personId === null ? { commonName, organisation } : { commonName, organisation, title: official.position };
  const issued = await issueCertificate(world.pki, { subject }, world);
  if (!issued.ok) throw new Error(`the development PKI issues nothing: ${issued.failure.code}`);
  const { certificateDer } = issued.value;
  await keepCredential(world.sql, {
    id: world.newId(),
    agencyId: demoAgencyId,
    personId,
    role: personId === null ? "agency_seal" : "official",
    certificate: certificateDer,
    chain: [world.pki.issuingCertificate],
    sha256: hexOf(world.sha256(certificateDer)) as Sha256,
    ...validityOf(certificateDer),
    pkcs12: issued.value.pkcs12(pin),
  });
}

/** Once: who ended it in the browser does not find it again at the next start. */
async function seedMandate(official: DemoOfficial, personId: PersonId, world: SeedWorld): Promise<void> {
  const { authority } = official;
  if (authority === null || (await mandatesOf(world.sql, personId, demoAgencyId)).length > 0) return;
  const at = world.now();
  const dayIn = (days: number) => localDateOf(instantOfSeconds(secondsOf(at) + days * 86_400));
  const from = dayIn(authority.validFromDays);
  const mandate: Mandate = {
    ...{ id: world.newId<MandateId>(), agencyId: demoAgencyId, personId, from, to: dayIn(authority.validToDays) },
    ...{ kind: "assignment", works: ["copies"], paperKinds: null, endedAt: null },
    deed: { number: authority.documentNumber, date: from, issuedBy: `Chủ tịch ${demoAgency.shortName}` },
    ...{ post: official.position, titleLines: official.signatureBlock },
  };
  const actor = { personId, agencyId: demoAgencyId };
  const about = `${official.fullName}: ${authority.documentNumber}`;
  await keepMandateWith(world.sql, mandate, { actor, what: "mandate_given", about, at });
}

function validityOf(der: Bytes): { validFrom: Instant; validTo: Instant } {
  const { validFrom, validTo } = new X509Certificate(der);
  const instant = (text: string) => instantOfSeconds(Math.floor(Date.parse(text) / 1000));
  return { validFrom: instant(validFrom), validTo: instant(validTo) };
}
