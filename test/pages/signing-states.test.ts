import { describe, expect, test } from "vitest";
import type { Certificate, Dossier } from "../../src/core/dossier.ts";
import type { DossierId, OriginalId, PersonId } from "../../src/core/ids.ts";
import { fail, type Instant, type LocalDate, ok } from "../../src/core/kernel.ts";
import type { ListedDossier } from "../../src/core/lists.ts";
import type { DossierCode } from "../../src/core/submission.ts";
import { actOnEach } from "../../src/usecases/act-on-each.ts";
import type { Failure } from "../../src/usecases/failure.ts";
import { signingPages } from "../../src/web/pages/signing/routes.ts";
import type { DeskView, DeskWorld } from "../../src/web/pages/signing/world.ts";
import { aMandate } from "../support/mandates.ts";
import { appOf, memoryWorld, signIn } from "../web/memory-world.ts";

const idOf = (n: number) => `00000000-0000-4000-8000-00000000000${n}` as DossierId;
const paper = {
  id: idOf(1),
  status: "attested",
  applicantName: "Lò Thị Thử (hư cấu)",
  holderName: "Lò Thị Thử (hư cấu)",
  kind: "Giấy",
  title: "Giấy thử (hư cấu)",
  documentNumber: null,
  issuedBy: null,
  issuedOn: null,
  declaredPages: 1,
  electronicCopies: 1,
  dueAt: "2026-11-23T10:00:00Z" as Instant,
  againAt: null,
  openedAt: "2026-11-20T03:00:00Z" as Instant,
  agencyId: "hoaban",
} as Dossier;
const view: DeskView = {
  dossier: paper,
  pages: [],
  leftOut: [],
  coarseScan: null,
  attestedBy: null,
  copies: null,
  line: null,
  signer: ok({ name: "Người Ký (hư cấu)", titleLines: ["CHỦ TỊCH"], mandate: aMandate() }),
  book: ok({ bookText: "01/2026-SCTĐT/BS", openedAt: paper.openedAt, nextNumber: 8 }),
  wording: {
    heading: "H",
    numberLabel: "Số ",
    bookLabel: " quyển ",
    signer: "S",
    dayLine: (day) => day,
    elsewhere: null,
  },
  today: "2026-11-22" as LocalDate,
  agencyName: "UBND (hư cấu)",
  verificationLink: null,
  annulment: null,
};
const listed: ListedDossier[] = [1, 2, 3].map((n) => ({
  ...paper,
  id: idOf(n),
  code: `H00-261122-000${n}` as DossierCode,
  paper: 1,
  papers: 1,
  unpaidDong: 0,
  scan: "read",
  noticeWaits: false,
  line: null,
}));
const certificate = { number: 8, bookText: "01/2026-SCTĐT/BS" } as Certificate;

async function askWith(sign: DeskWorld["sign"], path: string, body?: string, shown: DeskView = view) {
  const memory = memoryWorld();
  const notAsked = async () => fail({ code: "not_found" } as const);
  const world: DeskWorld = {
    now: memory.world.now,
    desk: async () => ok(shown),
    queue: async () => listed,
    leftOutOf: async () => new Map([[listed[0]?.id ?? ("" as DossierId), 2]]),
    coarseScansOf: async () => new Map(),
    sign,
    seal: notAsked,
    voidNumber: notAsked,
    personSigned: notAsked,
    sealedCopy: notAsked,
    agentAddress: "http://127.0.0.1:1",
    agentFor: async () => null,
    remote: {
      serviceFor: async () => null,
      begin: notAsked,
      visit: async () => null,
      returned: async () => null,
      finish: notAsked,
    },
    signMany: (chosen, pin, actor) =>
      actOnEach(
        chosen.map(({ id }) => id),
        (id) => sign(id, pin, actor),
      ),
    listAct: () => null,
    sealMany: async () => [],
    qrOf: () => null,
  };
  const app = appOf([...signingPages(world)], memory.world);
  const { sessionRoutes } = await import("../../src/web/sign-in.ts");
  const { cookie, csrfToken } = await signIn(appOf(sessionRoutes(memory.world), memory.world), "minh");
  const headers = { cookie, "content-type": "application/x-www-form-urlencoded" };
  const answer = await app.request(
    path,
    body === undefined ? { headers } : { method: "POST", headers, body: `csrf=${csrfToken}&${body}` },
  );
  return { answer, text: await answer.text() };
}

const failing = (failure: Failure) => async () => fail(failure);

describe("outages are told apart from mistakes", () => {
  test.each([
    "timestamp_unavailable",
    "revocation_unavailable",
  ] as const)("%s: nothing was lost, no fault at the PIN, 503", async (code) => {
    const { answer, text } = await askWith(failing({ code }), `/dossiers/${idOf(1)}/sign`, "pin=123456");
    expect(answer.status).toBe(503);
    expect(text).toContain("Không mất gì cả");
    expect(text).toContain("Không phải lỗi của mã PIN");
    expect(text).not.toContain('class="fault"');
    expect(text).not.toContain("123456");
  });

  test("a thrown outage of the database is told as an outage too", async () => {
    const broken = async () => Promise.reject(new Error("outage"));
    expect((await askWith(broken, `/dossiers/${idOf(1)}/sign`, "pin=123456")).answer.status).toBe(503);
  });

  test.each([
    "no_registered_certificate",
    "certificate_revoked",
    "signing_failed",
    "examination_failed",
  ] as const)("%s stands at the top, not at the PIN", async (code) => {
    const failure = { code, reason: "x" } as Failure;
    const { text } = await askWith(failing(failure), `/dossiers/${idOf(1)}/sign`, "pin=123456");
    expect(text).toContain('id="faults"');
    expect(text).not.toContain('id="pin-fault"');
  });

  test("COPY-1: who signs sees what was left out of the copy, by whom, and opens the scan", async () => {
    const originalId = "0193b0a0-0000-7000-8000-00000000000d" as OriginalId;
    const left = {
      originalId,
      indexInOriginal: 3,
      personId: "x" as PersonId,
      by: "Lò Thị So (hư cấu)",
      at: paper.openedAt,
    };
    const shown = { ...view, leftOut: [left] };
    const { text } = await askWith(failing({ code: "not_found" }), `/dossiers/${idOf(1)}/sign`, undefined, shown);
    expect(text).toContain("Trang quét không đưa vào bản sao: 1");
    expect(text).toContain(`/originals/${originalId}">Trang 3 của bản quét</a> (Lò Thị So (hư cấu)`);
  });

  test("REG-2, AUTH-1, AUTH-2: without an open book, a certificate or a mandate no PIN is asked for", async () => {
    const never = failing({ code: "not_found" });
    const bookless = { ...view, book: fail({ code: "no_open_book" } as const) };
    const nobody = (failure: Failure): DeskView => ({ ...view, signer: fail(failure) });
    const over = nobody({ code: "mandate_over", deed: "01/QĐ", since: "2026-11-01" as LocalDate });
    for (const shown of [bookless, nobody({ code: "no_registered_certificate" }), over]) {
      const { text } = await askWith(never, `/dossiers/${idOf(1)}/sign`, undefined, shown);
      expect(text).not.toContain('id="pin"');
      expect(text).toContain("Chưa ký được");
    }
  });
});

describe("a list", () => {
  const chosen = [1, 2, 3].map((n) => `dossier=${idOf(n)}`).join("&");

  test("an outage half-way: what was signed stands, the rest was not tried and says so", async () => {
    let calls = 0;
    const sign: DeskWorld["sign"] = async () =>
      ++calls === 1 ? ok(certificate) : fail({ code: "timestamp_unavailable" });
    const { answer, text } = await askWith(sign, "/sign", `${chosen}&pin=123456`);
    expect([answer.status, calls]).toEqual([200, 2]);
    expect(text).toContain("Đã ký 1 trên 3 hồ sơ.");
    expect(text).toContain("Số 08, quyển số 01/2026-SCTĐT/BS");
    expect(text).toContain("Chưa làm");
  });

  test("a dossier that cannot be signed does not keep the others from it", async () => {
    const sign: DeskWorld["sign"] = async (id) =>
      id === idOf(2) ? fail({ code: "page_changed", page: 1 }) : ok(certificate);
    const results = await actOnEach([idOf(1), idOf(2), idOf(3), idOf(1)], (id) => sign(id, "", {} as never));
    expect(results.map(({ result }) => result?.ok)).toEqual([true, false, true]);
  });

  test("more than two hundred, or anything but ids, is refused before any key is opened", async () => {
    const never: DeskWorld["sign"] = async () => Promise.reject(new Error("asked"));
    const many = Array.from({ length: 201 }, () => `dossier=${idOf(1)}`).join("&");
    for (const body of [`${many}&pin=123456`, "dossier=x&pin=123456", "pin=123456"]) {
      expect((await askWith(never, "/sign", body)).answer.status).toBe(400);
    }
  });
});

test("COPY-1: the list of many says of each dossier how many scanned pages its copy will not have, with the way to look", async () => {
  const { text } = await askWith(failing({ code: "wrong_pin" }), "/sign");
  expect(text.split("2 trang quét không có trong bản sao").length - 1).toBe(1);
  expect(text).toContain(`href="/dossiers/${listed[0]?.id}/sign"`);
});
