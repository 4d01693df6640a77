import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nodePacking } from "../../src/primitives-node.ts";
import { publicStyle } from "../../src/web/design/inline.ts";
import { skeletons } from "../../src/web/design/skeleton.ts";
import { RecordPage } from "../../src/web/verification/record-page.tsx";
import { type RecordGaps, type RecordShape, recordGapNames, shapeKey } from "../../src/web/verification/record-view.ts";

const frame = {
  language: "vi",
  address: "",
  development: false,
  scripts: {},
  siteAddress: "https://chungthuc.example",
  person: null,
  csrfToken: null,
  here: false,
} as const;

const drawWith = ({ shape, rootKey }: { shape: RecordShape; rootKey: string | null }, gaps: RecordGaps) => (
  <RecordPage
    frame={{ ...frame, address: shape.asks ? `${gaps.path}?${gaps.query}` : gaps.path }}
    rootKey={rootKey}
    shape={shape}
    gaps={gaps}
  />
);

const shapes: fc.Arbitrary<RecordShape> = fc.record({
  language: fc.constantFrom("vi", "en"),
  asks: fc.boolean(),
  development: fc.boolean(),
  status: fc.constantFrom("issued", "annulled", "superseded", "unknown"),
  isDecided: fc.boolean(),
  isReplaced: fc.boolean(),
  isSuccessorUnread: fc.boolean(),
  hasPaperNumber: fc.boolean(),
  issued: fc.constantFrom("unknown", "by", "on"),
  isTimed: fc.boolean(),
  day: fc.constantFrom(null, "fault", "valid", "annulled", "not_yet"),
  isCosigned: fc.boolean(),
  awaitsWitnesses: fc.boolean(),
  hasWitnesses: fc.boolean(),
});

/** With every line that a page can have. */
const fullest: RecordShape = {
  ...{ language: "vi", asks: true, development: true, status: "issued", isDecided: true, hasPaperNumber: true },
  ...{
    issued: "on",
    isTimed: true,
    isReplaced: false,
    isSuccessorUnread: false,
    day: "valid",
    isCosigned: true,
    awaitsWitnesses: true,
    hasWitnesses: true,
  },
};

/** What a record may hold at worst: markup, entities, our own marks, gaps of sentences, letters of every length. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    `"><script>alert(1)</script>`,
    "&amp;'\"<>",
    "\uE000agency\uE000",
    "{agency} $& $1",
    "Lò Thị Ngọc Ánh 🧾",
    "\uD800",
    "",
  ),
);
const gapsOf = fc.record(
  Object.fromEntries(recordGapNames.map((name) => [name, hostile])),
) as unknown as fc.Arbitrary<RecordGaps>;

const utf8Text = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text)); // half a pair is no text

test("a page filled from its skeleton is the page that JSX draws, for every shape and whatever a record holds", () => {
  const { plain: pageOf, packed } = skeletons(recordGapNames, drawWith, nodePacking);
  const told = fc.tuple(shapes, gapsOf, fc.constantFrom(null, "cm9vdA=="));
  fc.assert(
    fc.property(told, ([shape, gaps, rootKey]) => {
      const key = `${shapeKey(shape)} ${rootKey}`;
      const filled = pageOf(key, { shape, rootKey }, gaps);
      expect(new Uint8Array(gunzipSync(packed(key, { shape, rootKey }, gaps) ?? ""))).toEqual(filled);
      expect(new TextDecoder().decode(filled)).toBe(utf8Text(String(drawWith({ shape, rootKey }, gaps))));
    }),
    { numRuns: 150 },
  );
});

test("shapes that are more than are kept are drawn anew, and are as right", () => {
  const { plain: pageOf } = skeletons(["name"], (shape: number, { name }) => <p title={name}>{`${shape} ${name}`}</p>);
  for (let i = 0; i < 300; i++) {
    const page = new TextDecoder().decode(pageOf(String(i), i, { name: `<${i}>` }));
    expect(page).toBe(`<p title="&lt;${i}&gt;">${i} &lt;${i}&gt;</p>`);
  }
});

test("pages share pieces of memory and never bytes: a page given stays as it was, however many and how long the next are", () => {
  const { plain: pageOf } = skeletons(["name"], (_shape: null, { name }) => <p>{name}</p>);
  const lengths = [1, 9000, 40_000, 0, 200_000, 63, ...Array.from({ length: 100 }, (_, i) => 211 * i)];
  const given = lengths.map((length, i) => ({ page: pageOf("", null, { name: "ạb".repeat(length) }), length, i }));
  for (const { page, length } of given) expect(new TextDecoder().decode(page)).toBe(`<p>${"ạb".repeat(length)}</p>`);
});

test("NĐ 45/2020 Art. 10(3)(b), NĐ 23/2015 Art. 6(2): that it stands for its original is said of a copy in force, and of no other", () => {
  const gaps = Object.fromEntries(recordGapNames.map((name) => [name, "Thử (hư cấu)"])) as RecordGaps;
  const says = (["issued", "annulled", "superseded"] as const).map((status) => {
    const page = String(drawWith({ shape: { ...fullest, language: "vi", status }, rootKey: null }, gaps));
    return [page.includes("thay cho bản chính"), page.includes("không được đòi xuất trình bản chính")];
  });
  expect(says).toEqual([
    [true, true],
    [false, false],
    [false, false],
  ]);
});

test.each([
  "issued",
  "annulled",
  "superseded",
  "unknown",
] as const)("the page of a copy that is %s weighs at most 30 kB with its style, in both languages", (status) => {
  const gaps = Object.fromEntries(
    recordGapNames.map((name) => [name, "Ủy ban nhân dân xã Thử (hư cấu)"]),
  ) as RecordGaps;
  for (const language of ["vi", "en"] as const) {
    const shape = { ...fullest, language, status };
    const page = String(drawWith({ shape, rootKey: "cm9vdA==" }, gaps));
    expect(page).toContain(publicStyle);
    expect(Buffer.byteLength(page)).toBeLessThan(30_000);
  }
});

const gapsOfName = (text: string) => Object.fromEntries(recordGapNames.map((name) => [name, text])) as RecordGaps;

test("RFC 1951 §3.2.4, BREACH: what a record or a visitor brings is stored, never packed beside anything, and longer than a block it goes plain", () => {
  const { packed } = skeletons(recordGapNames, drawWith, nodePacking);
  const weighs = (text: string) =>
    packed(shapeKey(fullest), { shape: fullest, rootKey: null }, gapsOfName(text))?.length ?? null;
  const guesses = ["chung-thuc-abc", "xqzjwkvbyfgpmu", "--------------"];
  expect(new Set(guesses.map(weighs)).size).toBe(1);
  expect(weighs("x".repeat(65_535))).not.toBeNull();
  expect(weighs("x".repeat(65_536))).toBeNull();
});
