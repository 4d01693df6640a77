import { expect, test } from "vitest";
import { receivingSpeech } from "../../src/web/pages/receiving/dossier-page.tsx";
import { ToLookAt } from "../../src/web/pages/receiving/to-look-at.tsx";

type View = Parameters<typeof ToLookAt>[0]["view"];

const place = { x: 0.5, y: 0.25, width: 0.1, height: 0.01 };
const finding = (code: string, more = {}) => ({ code, place: null, of: null, ...more });
const pageWith = (number: number, findings: readonly unknown[]) => ({
  ...{ number, widthPx: 1000, heightPx: 1400, dpi: 200, streamSha256: "ab".repeat(32), confirmedSha256: null },
  findings,
});
const shown = (pages: readonly unknown[]) =>
  String(ToLookAt({ view: { dossier: { id: 7 }, pages } as unknown as View, speech: receivingSpeech("vi") }));

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
