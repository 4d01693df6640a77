import { sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseSignedData, type Signer, signerCertificate } from "../../../signing/format/cms.ts";
import { checkSigner } from "../../../signing/format/cms-verify.ts";
import {
  element,
  explicit,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  time,
} from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import { type Bytes, concatBytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import * as made from "./made-pki.ts";

const root = made.newAuthority("Root (fictional)");
const keyId = made.extension(oids.subjectKeyIdentifier, octetString(Uint8Array.of(7, 8)));
const person = made.newAuthority("Officer (fictional)");
const certificate = made.issue({ subject: person.name, spki: person.key.spki, issuer: root, extensions: [keyId] });
const content = Uint8Array.of(1, 2, 3);
const digest = nodePrimitives.digest("sha512", content);
const malformed = (reason: string) => ({ ok: false, failure: { code: "der_malformed", reason } });

const attribute = (id: string, ...values: Bytes[]) => sequence(oid(id), setOf(...values));
const pinned = (hash: Bytes) => sequence(sequence(sequence(sequence(oid(oids.sha512)), octetString(hash))));
const usual: readonly Bytes[] = [
  attribute(oids.contentType, oid("1.2.840.113549.1.7.1")),
  attribute(oids.messageDigest, octetString(digest)),
];

type Shape = {
  readonly attributes?: readonly Bytes[] | null;
  readonly unsigned?: readonly Bytes[];
  readonly id?: Bytes;
  readonly digest?: string;
  readonly algorithm?: Bytes;
  readonly signature?: Bytes;
};

function signerInfo({ attributes = usual, unsigned = [], ...shape }: Shape = {}): Bytes {
  const signed = attributes === null ? [] : [implicit(0, setOf(...attributes))];
  const message = attributes === null ? content : setOf(...attributes);
  const signature = shape.signature ?? new Uint8Array(sign(null, message, person.key.privateKey));
  return sequence(
    integer(1),
    shape.id ?? sequence(certificate.issuer.raw, element(2, certificate.serial)),
    sequence(oid(shape.digest ?? oids.sha512)),
    ...signed,
    shape.algorithm ?? sequence(oid(oids.ed25519)),
    octetString(signature),
    ...(unsigned.length === 0 ? [] : [implicit(1, setOf(...unsigned))]),
  );
}

const signedData = (
  signers: readonly Bytes[],
  certificates: readonly Bytes[] = [certificate.raw],
  encapsulated: readonly Bytes[] = [],
) =>
  sequence(
    oid(oids.signedData),
    explicit(
      0,
      sequence(
        integer(1),
        setOf(),
        sequence(oid("1.2.840.113549.1.7.1"), ...encapsulated),
        ...(certificates.length === 0 ? [] : [implicit(0, setOf(...certificates))]),
        element(0x31, ...signers),
      ),
    ),
  );

const read = (shape: Shape = {}) => made.value(parseSignedData(signedData([signerInfo(shape)])));
const only = (shape: Shape = {}): Signer => read(shape).signers[0] ?? expect.fail("no signer");
const refused = (shape: Shape) => parseSignedData(signedData([signerInfo(shape)]));

describe("RFC 5652 §5.1, §5.3: SignedData as it is read", () => {
  test("content type, certificates and what a signer says", () => {
    const data = read();
    expect(data).toMatchObject({ contentType: "1.2.840.113549.1.7.1", content: null, certificates: [certificate] });
    expect(only()).toMatchObject({
      ...{ id: { by: "issuer_and_serial", serial: certificate.serial, issuer: certificate.issuer.raw } },
      ...{ digestAlgorithm: "sha512", signatureAlgorithm: { scheme: "ed25519" }, timestampTokens: [] },
      signedAttributes: {
        contentType: data.contentType,
        messageDigest: digest,
        signingTime: null,
        signingCertificate: null,
      },
    });
    expect(only({ attributes: null }).signedAttributes).toBeNull();
    expect(made.value(parseSignedData(signedData([], [], [explicit(0, octetString(content))])))).toMatchObject({
      ...{ content, certificates: [], signers: [] },
    });
  });

  test("ISO 32000-2 §12.8.3.3: zeros behind it are padding, anything else is refused", () => {
    const der = signedData([signerInfo()]);
    expect(parseSignedData(concatBytes(der, new Uint8Array(9))).ok).toBe(true);
    expect(parseSignedData(concatBytes(der, Uint8Array.of(0, 1)))).toEqual(malformed("trailing_bytes"));
    expect(parseSignedData(sequence(oid(oids.tstInfo), explicit(0, sequence())))).toEqual(malformed("unexpected"));
  });

  test("no more than eight signers and sixty-four certificates; one that cannot be read spoils nothing", () => {
    const signers = (count: number) => parseSignedData(signedData(new Array<Bytes>(count).fill(signerInfo())));
    expect(signers(8)).toMatchObject({ ok: true });
    expect(signers(9)).toEqual(malformed("bad_value"));
    const many = (count: number) => parseSignedData(signedData([], new Array<Bytes>(count).fill(certificate.raw)));
    expect(many(64)).toMatchObject({ ok: true });
    expect(many(65)).toEqual(malformed("bad_value"));
    const odd = made.value(
      parseSignedData(signedData([], [sequence(nullValue()), certificate.raw, element(0xa1, sequence())])),
    );
    expect(odd.certificates).toEqual([certificate]);
  });

  test("a signer is named by issuer and number, or by key identifier", () => {
    const twin = made.issue({ subject: person.name, issuer: root, serial: 7 });
    const other = made.issue({ subject: person.name, issuer: made.newAuthority("Else (fictional)") });
    const sameNumber = { ...other, serial: certificate.serial };
    expect(signerCertificate(only(), [twin, sameNumber, certificate])).toBe(certificate);
    expect(signerCertificate(only(), [twin, sameNumber])).toBeNull();
    const byKey = only({ id: implicit(0, octetString(Uint8Array.of(7, 8))) });
    expect(byKey.id).toEqual({ by: "subject_key_id", keyId: Uint8Array.of(7, 8) });
    expect(signerCertificate(byKey, [twin, certificate])).toBe(certificate);
    expect(signerCertificate(only({ id: implicit(0, octetString(Uint8Array.of(7))) }), [certificate, twin])).toBeNull();
  });
});

describe("RFC 5652 §11, RFC 5035: attributes", () => {
  test("what was signed is their SET; date and pinned certificate are read, the newer form first", () => {
    const when = attribute(oids.signingTime, time(made.at));
    const v1 = attribute(oids.signingCertificate, sequence(sequence(sequence(octetString(Uint8Array.of(1))))));
    const v2 = attribute(oids.signingCertificateV2, pinned(Uint8Array.of(2)));
    const bare = attribute(oids.signingCertificateV2, sequence(sequence(sequence(octetString(Uint8Array.of(3))))));
    const attributes = (...more: Bytes[]) => only({ attributes: [...usual, ...more] }).signedAttributes;
    expect(attributes(when)).toMatchObject({ signingTime: made.at, toBeSigned: setOf(...usual, when) });
    expect(attributes(v1)?.signingCertificate).toEqual({ hash: "sha1", certificateHash: Uint8Array.of(1) });
    expect(attributes(v1, v2)?.signingCertificate).toEqual({ hash: "sha512", certificateHash: Uint8Array.of(2) });
    expect(attributes(bare)?.signingCertificate).toEqual({ hash: "sha256", certificateHash: Uint8Array.of(3) });
    expect(attributes()?.types.toSorted()).toEqual([oids.contentType, oids.messageDigest].toSorted());
    expect(only({ attributes: [] }).signedAttributes).toMatchObject({ contentType: null, messageDigest: null });
  });

  test("none twice, none with two values, none empty where one is read", () => {
    const digestOf = (...values: Bytes[]) => [attribute(oids.messageDigest, ...values)];
    expect(refused({ attributes: digestOf(octetString(digest), octetString(content)) })).toEqual(
      malformed("bad_value"),
    );
    expect(refused({ attributes: digestOf() })).toEqual(malformed("bad_value"));
    expect(refused({ attributes: [...usual, attribute(oids.messageDigest, octetString(content))] })).toEqual(
      malformed("bad_value"),
    );
    expect(refused({ attributes: [attribute(oids.signingCertificateV2, sequence(sequence()))] })).toEqual(
      malformed("unexpected"),
    );
    expect(refused({ unsigned: [attribute("1.2.3"), attribute("1.2.3")] })).toEqual(malformed("bad_value"));
  });

  test("RFC 3161 Appendix A: every timestamp token of the unsigned ones, as it stands", () => {
    const tokens = [sequence(integer(1)), sequence(integer(2))];
    const stamped = only({
      unsigned: [attribute(oids.signatureTimeStamp, ...tokens), attribute("1.2.3", nullValue())],
    });
    expect(stamped.timestampTokens).toEqual(tokens);
    expect(stamped.unsignedAttributeTypes.toSorted()).toEqual([oids.signatureTimeStamp, "1.2.3"].toSorted());
    expect(only({ unsigned: [attribute("1.2.3", nullValue())] }).timestampTokens).toEqual([]);
    expect(only().unsignedAttributeTypes).toEqual([]);
  });
});

describe("RFC 5652 §5.4, §5.6: one signature", () => {
  const found = async (shape: Shape, over: Bytes = content) => {
    const data = read(shape);
    const [signer] = data.signers;
    return await checkSigner(
      data,
      signer ?? expect.fail(),
      certificate,
      (hash) => nodePrimitives.digest(hash, over),
      nodePrimitives,
    );
  };
  const withPin = (hash: Bytes) => [...usual, attribute(oids.signingCertificateV2, pinned(hash))];

  test("intact takes attributes, type, digest, the pinned certificate and the value", async () => {
    expect(await found({})).toBe("intact");
    expect(await found({ attributes: withPin(nodePrimitives.digest("sha512", certificate.raw)) })).toBe("intact");
    expect(await found({}, Uint8Array.of(1, 2))).toBe("digest_differs");
    expect(await found({ attributes: withPin(digest) })).toBe("certificate_differs");
    expect(await found({ signature: new Uint8Array(64) })).toBe("signature_wrong");
  });

  test("what is missing or unknown is told before anything is reckoned", async () => {
    expect(await found({ attributes: null })).toBe("attributes_missing");
    expect(await found({ attributes: usual.slice(0, 1) })).toBe("attributes_missing");
    expect(await found({ attributes: usual.slice(1) })).toBe("content_type_differs");
    const other = [attribute(oids.contentType, oid(oids.tstInfo)), ...usual.slice(1)];
    expect(await found({ attributes: other })).toBe("content_type_differs");
    expect(await found({ digest: "1.2.3.4" })).toBe("algorithm_unknown");
    expect(await found({ algorithm: sequence(oid("1.2.3.4")) })).toBe("algorithm_unknown");
    const unknownPin = sequence(sequence(sequence(sequence(oid("1.2.3.4")), octetString(digest))));
    expect(await found({ attributes: [...usual, attribute(oids.signingCertificateV2, unknownPin)] })).toBe(
      "certificate_differs",
    );
  });
});
