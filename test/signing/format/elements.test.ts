import { describe, expect, test } from "vitest";
import {
  type Element,
  explicitOf,
  fieldsOf,
  membersOf,
  parseDer,
  parseLeadingDer,
  readingDer,
} from "../../../signing/format/der.ts";
import * as der from "../../../signing/format/der-writer.ts";
import { type Bytes, bytesOfHex, hexOf } from "../../../src/core/kernel.ts";

const hex = (text: string): Bytes => bytesOfHex(text.replaceAll(" ", "")) ?? expect.fail(text);
/** The value, or the reason why there is none. */
const read = (bytes: Bytes | string, reader: (element: Element) => unknown): unknown => {
  const found = readingDer(() => reader(parseDer(typeof bytes === "string" ? hex(bytes) : bytes)));
  return found.ok ? found.value : found.failure.reason;
};
const zeros = (count: number) => "00".repeat(count);

describe("X.690 §8.1: elements", () => {
  test("identifiers: class, construction and number, in the long form too", () => {
    const head = (encoded: string) =>
      read(encoded, (element) => [element.class, element.constructed, element.tag].join(" "));
    expect(head("02 00")).toBe("0 false 2");
    expect(head("62 00")).toBe("1 true 2");
    expect(head("be 00")).toBe("2 true 30");
    expect(head("c2 00")).toBe("3 false 2");
    expect(head("9f 1f 00")).toBe("2 false 31");
    expect(head("9f 81 00 00")).toBe("2 false 128");
    expect(head("9f 81 80 80 00 00")).toBe("2 false 2097152");
    expect(head("9f 81 80 80 80 00 00")).toBe("tag_too_long");
    expect(head("9f 81")).toBe("truncated");
  });

  test("lengths: of one octet, of several, indefinite; never past the end", () => {
    const size = (encoded: string) => read(encoded, (element) => element.content.length);
    expect(size(`04 7f ${zeros(127)}`)).toBe(127);
    expect(size(`04 81 80 ${zeros(128)}`)).toBe(128);
    expect(size(`04 82 0100 ${zeros(256)}`)).toBe(256);
    expect(size("04 86 000000000001 00")).toBe(1);
    expect(size("04 87 00000000000001 00")).toBe("length_too_long");
    expect(size("04 02 00")).toBe("truncated");
    expect(size("04")).toBe("truncated");
    expect(size("04 82 01")).toBe("truncated");
    expect(size("04 81 02 00")).toBe("truncated");
    expect(size("30 80 0500 0000")).toBe(2);
    expect(size("30 80 0000")).toBe(0);
    expect(size("30 80 00")).toBe("truncated");
    expect(size("30 80 0500 0000 00")).toBe("trailing_bytes");
  });

  test("what follows the first element is left where it may be", () => {
    const leading = readingDer(() => parseLeadingDer(hex("04 01 05 ffff")));
    expect(leading.ok && [hexOf(leading.value.raw), leading.value.end]).toEqual(["040105", 3]);
    expect(read("30 04 0500 0500", (element) => element.children.map((child) => hexOf(child.raw)).join(" "))).toBe(
      "0500 0500",
    );
    expect(read("04 00", (element) => element.children.length)).toBe("unexpected");
  });

  test("a hundred thousand elements in one are read, one more is not", () => {
    const many = (count: number) =>
      read(der.sequence(new Uint8Array(2 * count).map((_, i) => (i % 2 === 0 ? 5 : 0))), (one) => one.children.length);
    expect(many(100_000)).toBe(100_000);
    expect(many(100_001)).toBe("too_many_elements");
  });

  test("fields are taken in order, optional ones by their tag, and none more than there are", () => {
    const fields = "30 08 02 01 05 80 00 04 01 07";
    expect(
      read(fields, (element) => {
        const from = fieldsOf(element);
        return [
          from.optional(4),
          from.next().tag,
          from.optionalContext(1),
          from.optionalContext(0)?.tag,
          from.rest().length,
          from.next().tag,
          from.rest().length,
          from.optional(4),
        ];
      }),
    ).toEqual([null, 2, null, 0, 1, 4, 0, null]);
    expect(read("30 00", (element) => fieldsOf(element).next())).toBe("unexpected");
    expect(read("31 00", (element) => fieldsOf(element))).toBe("unexpected");
    expect(read("31 02 0500", (element) => membersOf(element).length)).toBe(1);
    expect(read("30 02 0500", (element) => membersOf(element).length)).toBe(1);
    expect(read("a0 02 0500", (element) => membersOf(element).length)).toBe("unexpected");
    expect(read("a0 02 0500", (element) => explicitOf(element).tag)).toBe(5);
    expect(read("a0 04 0500 0500", (element) => explicitOf(element).tag)).toBe("unexpected");
    expect(read("a0 00", (element) => explicitOf(element).tag)).toBe("unexpected");
  });
});
