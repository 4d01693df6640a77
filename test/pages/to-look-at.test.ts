import { expect, test } from "vitest";
import { receivingSpeech } from "../../src/web/pages/receiving/dossier-page.tsx";
import { ToLookAt } from "../../src/web/pages/receiving/to-look-at.tsx";

type View = Parameters<typeof ToLookAt>[0]["view"];
type FrameOf = Parameters<typeof ToLookAt>[0]["frame"];

const place = { x: 0.5, y: 0.25, width: 0.1, height: 0.01 };
const finding = (code: string, more = {}) => ({ code, place: null, of: null, ...more });
const pageWith = (number: number, findings: readonly unknown[]) => ({
  ...{ number, widthPx: 1000, heightPx: 1400, dpi: 200, streamSha256: "ab".repeat(32), confirmedSha256: null },
  findings,
});
const frame = (role: string) => ({ language: "vi", person: { roles: [role] }, csrf: "x" }) as unknown as FrameOf;
const shown = (pages: readonly unknown[], { status = "read", role = "receiver" } = {}) => {
  const view = { dossier: { id: 7, status }, pages } as unknown as View;
  return String(ToLookAt({ frame: frame(role), view, speech: receivingSpeech("vi") }));
};

test("issue 5, quality gate: each finding stands beside its page with the place framed, its name and what to do", () => {
  const html = shown([
    pageWith(1, []),
    pageWith(2, [finding("GLARE", { place }), finding("DUPLICATE_PAGE", { of: 1 })]),
  ]);
  expect(html.match(/<li>/g)).toHaveLength(2);
  expect(html).toContain("Lóa sáng");
  expect(html).toContain('viewBox="0 0 1000 1400"');
  // 100 by 14 pixels around 550, 357: the low side grows to what is seen on a thumbnail.
  expect(html).toMatch(/<rect x="500" y="337" width="100" height="40"[^>]*stroke="#b3261e"/);
  expect(html.match(/<rect/g)).toHaveLength(2);
  expect(html).toContain("Trang 2</a> = Trang 1");
  expect(html).toContain(`/dossiers/7/pages/2/image?sha256=${"ab".repeat(32)}`);
});

test("issue 5, quality gate: good pages are not told of, and a stack of bad ones does not fill the page", () => {
  expect(shown([pageWith(1, [])])).toBe("null");
  const many = Array.from({ length: 40 }, (_, i) => pageWith(i + 1, [finding("BLURRED", { place })]));
  expect(shown(many).match(/<li>/g)).toHaveLength(12);
  expect(shown(many)).toContain("Còn 28 chỗ khác");
});

test("COPY-1: a repeat of a page that stands and a blank page have a button; a last page, another finding or a later stage has none", () => {
  const repeat = pageWith(2, [finding("DUPLICATE_PAGE", { of: 1 }), finding("BLURRED")]);
  const pages = [pageWith(1, []), repeat, pageWith(3, [finding("BLANK_PAGE")]), pageWith(4, [finding("GLARE")])];
  const buttons = (html: string) => html.match(/Bỏ trang \d+ khỏi bản sao/g) ?? [];
  expect(buttons(shown(pages))).toEqual(["Bỏ trang 2 khỏi bản sao", "Bỏ trang 3 khỏi bản sao"]);
  expect(buttons(shown([pageWith(1, [finding("BLANK_PAGE")])]))).toEqual([]);
  expect(buttons(shown([pageWith(1, []), pageWith(2, [finding("DUPLICATE_PAGE")])]))).toEqual([]);
  expect(buttons(shown(pages, { status: "attested" }))).toEqual([]);
  expect(buttons(shown(pages, { role: "clerk" }))).toEqual([]);
});
