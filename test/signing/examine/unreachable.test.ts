import { describe, expect, test } from "vitest";
import { hasUnreachableSignature } from "../../../signing/examine/unreachable.ts";
import { utf8 } from "../../../src/core/kernel.ts";

/** A file of 1000 bytes with a gap from 200 to 300, in which a CMS begins. */
const file = (range: string, gap = `<30${"0".repeat(96)}>`) => {
  const head = `%PDF-1.7\n<< /ByteRange${range} /Contents `.padEnd(200, " ");
  return utf8(`${head}${gap}`.padEnd(1000, " "));
};

describe("a file in which no form leads to a signature", () => {
  test.each([
    "[0 200 300 700]",
    " [0 200 300 700]",
    "\n[ 0\n200  300 700 ]",
    "[0 200 300 600]",
  ])("ISO 32000-2 §12.8.1: the range %j over a filled gap was signed", (range) =>
    expect(hasUnreachableSignature(file(range))).toBe(true));

  test.each([
    "[1 200 300 700]",
    "[0 201 300 700]",
    "[0 200 299 700]",
    "[0 200 301 699]",
    "[0 300 200 700]",
    "[0 200 300]",
    "[0 200 300 700 1]",
    "[0 x 300 700]",
    "(0 200 300 700)",
    "[0 2000000000000 300 700]",
  ])("the range %j signs nothing", (range) => {
    expect(hasUnreachableSignature(file(range))).toBe(false);
  });

  test.each([
    "0".repeat(98),
    `31${"0".repeat(96)}`,
    `03${"0".repeat(96)}`,
  ])("a gap that begins with %j holds no signature", (digits) => {
    expect(hasUnreachableSignature(file("[0 200 300 700]", `<${digits}>`))).toBe(false);
  });

  test("every range is looked at, to a bound", () => {
    const signed = file("[0 200 300 700]");
    const idle = (count: number) => new Uint8Array([...signed, ...utf8("/ByteRange [0 0 0 0] ".repeat(count))]);
    expect(hasUnreachableSignature(idle(3))).toBe(true);
    expect(hasUnreachableSignature(idle(10_000))).toBe(false);
    expect(hasUnreachableSignature(utf8("%PDF-1.7"))).toBe(false);
  });
});
