import { describe, expect, test } from "vitest";
import { bitString, oid, sequence } from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import { prepareSignature, type SignatureRequest } from "../../../signing/seal/prepare.ts";
import { hexOf, type Instant } from "../../../src/core/kernel.ts";
import { nodeDeflate, nodePrimitives } from "../../../src/primitives-node.ts";
import { fileOf } from "../examine/appended.ts";
import * as made from "../format/made-pki.ts";

const root = made.newAuthority("Root (fictional)");
const above = made.certify(root, root);
const signer = made.issue({
  subject: "Officer (fictional)",
  issuer: root,
  extensions: [
    made.extension(oids.keyUsage, bitString(Uint8Array.of(0xc0)), true),
    made.extension(oids.certificatePolicies, sequence(sequence(oid("1.2.3.4")))),
  ],
});
const der = ({ raw }: { readonly raw: Uint8Array }) => `<${hexOf(raw)}>`;

/** Null where the field can be filled, else what cannot be honoured. */
function unmet(seed: string, more: Partial<SignatureRequest> = {}): string | null {
  const field = `<</Type/Annot/Subtype/Widget/FT/Sig/T(sig)/Rect[0 0 9 9]${seed}>>`;
  const pdf = fileOf([
    "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[4 0 R]>>",
    field,
  ]);
  const request = {
    ...{
      pdf,
      fieldName: "sig",
      certificate: signer.raw,
      chain: [above.raw],
      algorithm: { scheme: "ed25519" } as const,
    },
    ...{ claimedTime: "2026-01-01T00:00:00Z" as Instant, reservedBytes: 2000 },
    ...more,
  };
  const prepared = prepareSignature(request, nodePrimitives, nodeDeflate);
  if (prepared.ok) return null;
  return prepared.failure.code === "seed_value_unmet" ? prepared.failure.constraint : prepared.failure.code;
}

const seed = (flags: number, entries: string) => `/SV<</Type/SV/Ff ${flags}${entries}>>`;

describe("ISO 32000-2 §12.7.5.5, table 237: what the author of a field asks for", () => {
  test.each<[string, number, string, string]>([
    ["Filter", 1, "/Adobe.PPKLite", "/Other.Handler"],
    ["SubFilter", 2, "[/adbe.pkcs7.detached/ETSI.CAdES.detached]", "[/adbe.pkcs7.detached]"],
    ["V", 4, "3", "4"],
    ["AddRevInfo", 32, "false", "true"],
    ["DigestMethod", 64, "[(SHA256)(SHA512)]", "[(SHA256)]"],
    ["LockDocument", 128, "/auto", "/true"],
  ])("%s is met or refused where it binds, and only wished for elsewhere", (key, bit, met, other) => {
    expect(unmet(seed(bit, `/${key}${met.startsWith("[") || met.startsWith("/") ? met : ` ${met}`}`))).toBeNull();
    const refused = `/${key}${other.startsWith("[") || other.startsWith("/") ? other : ` ${other}`}`;
    expect(unmet(seed(bit, refused))).toBe(key);
    expect(unmet(seed(511, refused))).toBe(key);
    expect(unmet(seed(511 - bit, refused))).toBeNull();
    expect(unmet(seed(bit, ""))).toBeNull();
    expect(unmet(seed(bit, `/${key} null`))).toBeNull();
  });

  test("words for the law and a named appearance cannot be given", () => {
    expect(unmet(seed(16, "/LegalAttestation[(x)]"))).toBe("LegalAttestation");
    expect(unmet(seed(256, "/AppearanceFilter(x)"))).toBe("AppearanceFilter");
    expect(unmet(seed(0, "/LegalAttestation[(x)]/AppearanceFilter(x)"))).toBeNull();
  });

  test.each<[string, string | undefined, boolean]>([
    ["[(Certified)(Seen)]", "Seen", true],
    ["[(Certified)]", "Seen", false],
    ["[(Certified)]", undefined, false],
    ["[]", undefined, true],
    ["[]", "Seen", false],
    ["[(.)]", undefined, true],
    ["[(.)]", ".", false],
    ["[(.)(Seen)]", "Seen", true],
    ["5", "Seen", false],
  ])("Reasons %s with the reason %j: %j", (reasons, reason, isMet) => {
    const more = reason === undefined ? {} : { reason };
    const entry = reasons.startsWith("[") ? `/Reasons${reasons}` : `/Reasons ${reasons}`;
    expect(unmet(seed(8, entry), more)).toBe(isMet ? null : "Reasons");
  });

  test("a certification is never made, whatever the flags; an approval is what it is", () => {
    expect(unmet(seed(0, "/MDP<</P 0>>"))).toBeNull();
    for (const level of [1, 2, 3]) expect(unmet(seed(0, `/MDP<</P ${level}>>`))).toBe("MDP");
    expect(unmet(seed(0, "/MDP<<>>"))).toBe("MDP");
  });

  test("a timestamp that must be there is met by a signature that will have one", () => {
    expect(unmet(seed(0, "/TimeStamp<</URL(http://a.test)/Ff 1>>"))).toBe("TimeStamp");
    expect(unmet(seed(0, "/TimeStamp<</URL(http://a.test)/Ff 1>>"), { isTimestamped: true })).toBeNull();
    expect(unmet(seed(0, "/TimeStamp<</URL(http://a.test)>>"))).toBeNull();
    expect(unmet(seed(0, "/TimeStamp<</Ff(1)>>"))).toBe("TimeStamp");
  });

  test("a field without conditions is filled; conditions that cannot be read are told as such", () => {
    expect(unmet("")).toBeNull();
    expect(unmet("/SV<<>>")).toBeNull();
    expect(unmet("/SV 99 0 R")).toBeNull();
    expect(unmet("/SV 5")).toBe("SV");
    expect(unmet("/SV<</Ff 0/Ff 1>>")).toBe("SV");
    expect(unmet("/SV<</Ff(1)>>")).toBe("Ff");
    expect(unmet("/SV<</Ff 1.5>>")).toBe("Ff");
  });
});

describe("ISO 32000-2 §12.7.5.5, table 238: whose certificate may sign", () => {
  const cert = (flags: number, entries: string) => unmet(`/SV<</Cert<</Ff ${flags}${entries}>>>>`);

  test.each([
    [1, `/Subject[${der(above)}${der(signer)}]`, `/Subject[${der(above)}]`],
    [2, `/Issuer[${der(above)}]`, "/Issuer[<3000>]"],
    [4, "/OID[(1.2.3)(1.2.3.4)]", "/OID[(1.2.3)]"],
    [32, "/KeyUsage[(1XXXXXXXX)]", "/KeyUsage[(0XXXXXXXX)]"],
  ])("bit %d: the value that fits is met, another is refused where it binds", (bit, met, other) => {
    expect(cert(bit, met)).toBeNull();
    expect(cert(bit, other)).toBe("Cert");
    expect(cert(bit, "")).toBe("Cert");
    expect(cert(0, other)).toBeNull();
  });

  test.each([
    ["11", true],
    ["110", true],
    ["X1", true],
    ["111", false],
    ["XXXXX1", false],
    ["000000000", false],
    ["0", false],
  ])("key usage %s: %j", (pattern, fits) => {
    expect(cert(32, `/KeyUsage[(${pattern})]`)).toBe(fits ? null : "Cert");
    expect(cert(32, `/KeyUsage[(0)(${pattern})]`)).toBe(fits ? null : "Cert");
  });

  test("conditions that are not compared here are refused where they bind", () => {
    expect(cert(8, "/SubjectDN[<</CN(Officer)>>]")).toBe("Cert");
    expect(cert(64, "/URL(http://a.test)")).toBe("Cert");
    expect(cert(-1, "")).toBe("Cert");
    expect(cert(0, "/SubjectDN[<</CN(Officer)>>]")).toBeNull();
    expect(unmet("/SV<</Cert<</Ff(1)>>>>")).toBe("Cert");
  });
});
