import { describe, expect, test } from "vitest";
import type { Certificate } from "../../src/core/dossier.ts";
import type { CertificateId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { dossierStatuses } from "../../src/core/stages.ts";
import { publishedKind } from "../../src/core/status/annulment.ts";
import {
  type AnnullingWorld,
  type AnnulmentRequest,
  annulCertificate,
  type NewAnnulment,
} from "../../src/usecases/annul-certificate.ts";
import { aCertificate, aDossier, dossierId, officer, stranger } from "./desk.ts";

const failure = (it: object) => ({ ok: false, failure: it });
const decision = {
  number: "12/QĐ-UBND",
  date: "2026-11-25" as LocalDate,
  by: "Chủ tịch UBND xã (hư cấu)",
  reason: "Bản chính thiếu một trang khi chứng thực",
};
const asked: AnnulmentRequest = { kind: "annulled", decision, successor: null };

type Seen = { kept: NewAnnulment[]; told: number };

function world(seen: Seen, changed: Partial<Certificate> = {}, status = "released"): AnnullingWorld {
  const dossier = aDossier({ status: status as (typeof dossierStatuses)[number] });
  const certificate = aCertificate({ status: "issued", printedOn: "2026-11-22" as LocalDate, ...changed });
  return {
    now: () => "2026-11-26T02:00:00Z" as Instant,
    dossier: async (id, agencyId) => (id === dossier.id && agencyId === dossier.agencyId ? dossier : null),
    certificate: async () => certificate,
    issuedByNumber: async (_, number) =>
      number === certificate.number ? certificate : number === 9 ? aCertificate({ id: "nine" as CertificateId }) : null,
    keepAnnulment: async (_, annulment) => {
      if (seen.kept.length > 0) return false;
      seen.kept.push(annulment);
      return true;
    },
    tellAtOnce: async () => {
      seen.told += 1;
    },
  };
}

const nothing = (): Seen => ({ kept: [], told: 0 });

describe("ANNUL-1: an issued copy loses its value by a decision, once", () => {
  test("ANNUL-1: number, date, who decided and why are kept, and the list is told at once", async () => {
    const seen = nothing();
    expect(await annulCertificate(dossierId, asked, officer, world(seen))).toEqual({ ok: true, value: null });
    expect(seen).toEqual({ kept: [{ kind: "annulled", decision, successorId: null }], told: 1 });
  });

  test("ANNUL-1: a second decision does not change the first", async () => {
    const seen = nothing();
    const desk = world(seen);
    await annulCertificate(dossierId, asked, officer, desk);
    const again = await annulCertificate(
      dossierId,
      { ...asked, decision: { ...decision, number: "13" } },
      officer,
      desk,
    );
    expect(again).toEqual(failure({ code: "already_annulled" }));
    expect(seen.kept).toHaveLength(1);
  });

  test.each(
    dossierStatuses.filter((it) => it !== "released"),
  )("ANNUL-1: nothing is annulled while %s", async (status) => {
    const seen = nothing();
    const done = await annulCertificate(dossierId, asked, officer, world(seen, {}, status));
    expect(done).toEqual(failure({ code: "wrong_stage", status }));
    expect(seen.kept).toEqual([]);
  });

  test.each([
    ["an empty number", { number: "  " }],
    ["nobody who decided", { by: "" }],
    ["a reason that says nothing", { reason: "sai      " }],
    ["a day before the copy", { date: "2026-11-21" as LocalDate }],
    ["tomorrow", { date: "2026-11-27" as LocalDate }],
    ["a number of 61 signs", { number: "1".repeat(61) }],
  ])("ANNUL-1: a decision with %s is none", async (_, changed) => {
    const seen = nothing();
    const request = { ...asked, decision: { ...decision, ...changed } };
    expect(await annulCertificate(dossierId, request, officer, world(seen))).toEqual(
      failure({ code: "rule_broken", rule: "ANNUL-1" }),
    );
    expect(seen).toEqual(nothing());
  });

  test("ANNUL-1: a replaced copy names an issued one of the same register, and never itself", async () => {
    const replaced = (number: number | null): AnnulmentRequest => {
      return { kind: "superseded", decision, successor: number === null ? null : { number, year: 2026 } };
    };
    const own = aCertificate().number;
    for (const number of [null, 8, own]) {
      const done = await annulCertificate(dossierId, replaced(number), officer, world(nothing()));
      expect(done).toEqual(failure({ code: "successor_unknown" }));
    }
    const seen = nothing();
    expect(await annulCertificate(dossierId, replaced(9), officer, world(seen))).toMatchObject({ ok: true });
    expect(seen.kept).toMatchObject([{ kind: "superseded", successorId: "nine" }]);
  });

  test("ANNUL-1: the open list shows a usual kind of paper, and no other word that was typed", () => {
    const usual = ["Bảng điểm", "Giấy khai sinh"];
    for (const typed of [
      "Bảng điểm",
      " bảng ĐIỂM ",
      "Bảng điểm (của Cà Thị Mẫu, hư cấu)",
      "Bảng điểm".normalize("NFD"),
    ])
      expect(publishedKind(typed, usual)).toBe("Bảng điểm");
    for (const typed of ["", "other", "Bảng điểm của Cà Thị Mẫu (hư cấu)", "Giấy khai sinh Cà Thị Mẫu (hư cấu)"])
      expect(publishedKind(typed, usual)).toBeNull();
  });

  test("another agency's dossier does not exist for this one", async () => {
    expect(await annulCertificate(dossierId, asked, stranger, world(nothing()))).toEqual(
      failure({ code: "not_found" }),
    );
  });
});
