import { describe, expect, test } from "vitest";
import { parseDer, readingDer } from "../../../signing/format/der.ts";
import {
  element,
  implicit,
  integer,
  nullValue,
  oid,
  printableString,
  sequence,
  setOf,
  utf8String,
} from "../../../signing/format/der-writer.ts";
import { readGeneralName } from "../../../signing/format/general-name.ts";
import { isWithin, type Name, readName, sameName } from "../../../signing/format/name.ts";
import { type Bytes, utf8 } from "../../../src/core/kernel.ts";
import * as made from "./made-pki.ts";

describe("RFC 5280 §7.1: names", () => {
  const nameOf = (...rdns: (readonly (readonly [string, Bytes])[])[]): Name =>
    made.value(
      readingDer(() =>
        readName(
          parseDer(sequence(...rdns.map((rdn) => setOf(...rdn.map(([type, value]) => sequence(oid(type), value)))))),
        ),
      ),
    );
  const common = (text: string) => nameOf([["2.5.4.3", utf8String(text)]]);

  test("case, blanks, compatibility, unseen characters and string types make no difference; letters do", () => {
    const same = (a: string, b: string) => sameName(common(a), common(b));
    expect(same("Nguyễn Văn A", "NGUYỄN  VĂN a ")).toBe(true);
    expect(same("ﬁle", "FILE")).toBe(true);
    expect(same("a\u200bb\u00ad", "ab")).toBe(true);
    expect(same("Nguyen", "Nguyễn")).toBe(false);
    expect(same("a b", "ab")).toBe(false);
    expect(sameName(common("A"), nameOf([["2.5.4.3", printableString("a")]]))).toBe(true);
    expect(sameName(common("A"), nameOf([["2.5.4.10", utf8String("A")]]))).toBe(false);
  });

  test("attributes of one RDN have no order, RDNs have one", () => {
    const [a, b] = [
      ["2.5.4.3", utf8String("A")],
      ["2.5.4.10", utf8String("B")],
    ] as const;
    expect(sameName(nameOf([a, b]), nameOf([b, a]))).toBe(true);
    expect(sameName(nameOf([a], [b]), nameOf([b], [a]))).toBe(false);
    expect(sameName(nameOf([a], [b]), nameOf([a, b]))).toBe(false);
  });

  test("a name lies in the subtree of one that it begins with", () => {
    const [a, b] = [
      ["2.5.4.3", utf8String("A")],
      ["2.5.4.10", utf8String("B")],
    ] as const;
    expect(isWithin(nameOf([a], [b]), nameOf([a]))).toBe(true);
    expect(isWithin(nameOf([a], [b]), nameOf())).toBe(true);
    expect(isWithin(nameOf([a]), nameOf([a]))).toBe(true);
    expect(isWithin(nameOf([a]), nameOf([a], [b]))).toBe(false);
    expect(isWithin(nameOf([a], [b]), nameOf([b]))).toBe(false);
  });

  test("RFC 4514: the most specific first, signs escaped; the last common name counts; values that are no text in hexadecimal", () => {
    const name = nameOf(
      [["2.5.4.6", printableString("VN")]],
      [["2.5.4.3", utf8String("A, B")]],
      [["2.5.4.3", utf8String("C")]],
      [["1.2.3", integer(5)]],
    );
    expect(name.text).toBe("1.2.3=#020105, CN=C, CN=A\\, B, C=VN");
    expect(name.commonName).toBe("C");
    expect(nameOf().commonName).toBeNull();
  });

  test("§4.2.1.6: general names by their kind; what is none, or no IA5String, is refused", () => {
    const general = (bytes: Bytes): unknown => {
      const read = readingDer(() => readGeneralName(parseDer(bytes)));
      return read.ok ? read.value : read.failure.reason;
    };
    expect(general(made.mail("a@b.test"))).toEqual({ kind: "email", value: "a@b.test" });
    expect(general(made.dns("b.test"))).toEqual({ kind: "dns", value: "b.test" });
    expect(general(made.uri("http://b.test"))).toEqual({ kind: "uri", value: "http://b.test" });
    expect(general(made.ip(1, 2, 3, 4))).toEqual({ kind: "ip", value: Uint8Array.of(1, 2, 3, 4) });
    expect(general(made.directory("A"))).toMatchObject({ kind: "directory", value: { commonName: "A" } });
    for (const form of [0, 3, 5, 8]) expect(general(implicit(form, sequence()))).toEqual({ kind: "other", form });
    expect(general(implicit(9, sequence()))).toBe("unexpected");
    expect(general(nullValue())).toBe("unexpected");
    expect(general(element(0xa7))).toBe("unexpected");
    expect(general(element(0xa2))).toBe("bad_value");
    expect(general(element(0x82, utf8("é.test")))).toBe("bad_value");
  });
});
