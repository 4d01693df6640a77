import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { parseIdentity } from "../../../signing/format/certificate.ts";
import { buildSignedAttributes, buildSignedData } from "../../../signing/format/cms-writer.ts";
import {
  bitString,
  boolean,
  element,
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  utcTime,
  utf8String,
} from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import type { Chance } from "../../support/seeded.ts";

// Messages as their standards draw them, with parts chosen by chance. Nothing is made with a key: the same seed gives
// the same bytes on every machine with the same Node.

export const roots = rootCertificates.slice(0, 12).map((pem): Bytes => new Uint8Array(new X509Certificate(pem).raw));

const some = (chance: Chance, length: number): Bytes => Uint8Array.from({ length }, () => chance.below(256));
const digestSizes = [0, 16, 20, 32, 48, 64];
const instants = ["2026-11-22T02:15:00Z", "1999-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "9999-12-31T23:59:59Z"];
const instant = (chance: Chance) => chance.pick(instants) as Instant;
const maybe = (chance: Chance, part: () => Bytes): Bytes[] => (chance.below(2) === 0 ? [] : [part()]);

const algorithm = (chance: Chance): Bytes => {
  const name = chance.pick(Object.values(oids));
  return sequence(oid(name), ...maybe(chance, nullValue));
};

const name = (chance: Chance): Bytes =>
  sequence(
    ...Array.from({ length: chance.below(4) }, () =>
      setOf(sequence(oid("2.5.4.3"), utf8String("x".repeat(chance.below(40))))),
    ),
  );

const extensions = (chance: Chance): Bytes =>
  sequence(
    ...Array.from({ length: chance.below(6) }, () =>
      sequence(
        oid(chance.pick(Object.values(oids))),
        ...maybe(chance, () => boolean(true)),
        octetString(anyDer(chance, 3)),
      ),
    ),
  );

/** RFC 6960 §4.2.1. */
export function ocspReply(chance: Chance): Bytes {
  const certId = () =>
    sequence(
      algorithm(chance),
      octetString(some(chance, chance.pick(digestSizes))),
      octetString(some(chance, chance.pick(digestSizes))),
      integer(chance.below(1e9)),
    );
  const status = () =>
    chance.pick([
      () => implicit(0, nullValue()),
      () => implicit(1, sequence(generalizedTime(instant(chance)))),
      () => implicit(2, nullValue()),
    ])();
  const one = () =>
    sequence(
      certId(),
      status(),
      generalizedTime(instant(chance)),
      ...maybe(chance, () => explicit(0, generalizedTime(instant(chance)))),
      ...maybe(chance, () => explicit(1, extensions(chance))),
    );
  const responder = chance.below(2) === 0 ? explicit(1, name(chance)) : explicit(2, octetString(some(chance, 20)));
  const data = sequence(
    responder,
    generalizedTime(instant(chance)),
    sequence(...Array.from({ length: chance.below(5) }, one)),
    ...maybe(chance, () => explicit(1, extensions(chance))),
  );
  const basic = sequence(data, algorithm(chance), bitString(some(chance, 64)), ...certificatesOf(chance));
  return sequence(
    enumerated(chance.pick([0, 0, 0, 1, 6, 9])),
    explicit(0, sequence(oid(oids.ocspBasic), octetString(basic))),
  );
}

const certificatesOf = (chance: Chance) => maybe(chance, () => explicit(0, sequence(chance.pick(roots))));

/** RFC 5280 §5.1. */
export function revocationList(chance: Chance): Bytes {
  const time = () => (chance.below(2) === 0 ? utcTime(instants[0] as Instant) : generalizedTime(instant(chance)));
  const entry = () => sequence(integer(chance.below(1e12)), time(), ...maybe(chance, () => extensions(chance)));
  const list = sequence(
    ...maybe(chance, () => integer(1)),
    algorithm(chance),
    name(chance),
    time(),
    ...maybe(chance, time),
    ...maybe(chance, () => sequence(...Array.from({ length: chance.below(40) }, entry))),
    ...maybe(chance, () => explicit(0, extensions(chance))),
  );
  return sequence(list, algorithm(chance), bitString(some(chance, 64)));
}

/** RFC 5652 §5.1. */
export function signedData(chance: Chance): Bytes {
  const raw = chance.pick(roots);
  const certificate = parseIdentity(raw);
  if (!certificate.ok) throw new Error("a root of Node's that cannot be read");
  const hash = chance.pick(["sha256", "sha384", "sha512"] as const);
  const made = chance.pick([
    { scheme: "rsa-pkcs1", hash },
    { scheme: "rsa-pss", hash, saltBytes: chance.below(99) },
    { scheme: "ecdsa", hash },
    { scheme: "ed25519" },
  ] as const);
  const messageDigest = some(chance, chance.pick(digestSizes));
  return buildSignedData({
    signedAttributes: buildSignedAttributes({ messageDigest, certificate: raw, algorithm: made }, nodePrimitives),
    signature: some(chance, chance.below(300)),
    algorithm: made,
    certificate: certificate.value,
    chain: Array.from({ length: chance.below(4) }, () => chance.pick(roots)),
    timestampToken: chance.below(2) === 0 ? null : timestampToken(chance),
  });
}

/** RFC 3161 §2.4.2. */
export function timestampToken(chance: Chance): Bytes {
  const info = sequence(
    integer(1),
    oid("1.2.3.4"),
    sequence(algorithm(chance), octetString(some(chance, chance.pick(digestSizes)))),
    integer(chance.below(1e9)),
    generalizedTime(instant(chance)),
    ...maybe(chance, () => sequence(integer(chance.below(5)))),
    ...maybe(chance, () => boolean(true)),
    ...maybe(chance, () => integer(chance.below(1e15))),
    ...maybe(chance, () => explicit(0, name(chance))),
  );
  const signer = sequence(
    integer(1),
    sequence(name(chance), integer(chance.below(1e9))),
    algorithm(chance),
    ...maybe(chance, () => implicit(0, setOf(sequence(oid(oids.messageDigest), setOf(octetString(info)))))),
    algorithm(chance),
    octetString(some(chance, 64)),
  );
  const content = sequence(oid(oids.tstInfo), explicit(0, octetString(info)));
  const data = sequence(integer(3), setOf(algorithm(chance)), content, ...certificatesOf(chance), setOf(signer));
  return sequence(oid(oids.signedData), explicit(0, data));
}

/** RFC 3161 §2.4.2. */
export const timestampResponse = (chance: Chance): Bytes =>
  sequence(sequence(integer(chance.pick([0, 1, 2, 9]))), ...maybe(chance, () => timestampToken(chance)));

/** Any tree of elements: tags, lengths and nesting that mean nothing. X.690. */
export function anyDer(chance: Chance, depth: number): Bytes {
  const isLeaf = depth === 0 || chance.below(3) === 0;
  if (isLeaf) return element(chance.below(256), some(chance, chance.below(24)));
  const members = Array.from({ length: chance.below(6) }, () => anyDer(chance, depth - 1));
  return element(chance.pick([0x30, 0x31, 0xa0, 0xa1, 0xa3, 0x24]), ...members);
}
