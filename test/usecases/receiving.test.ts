import { describe, expect, test } from "vitest";
import type { Email } from "../../src/core/dispatch.ts";
import type { OriginalId } from "../../src/core/ids.ts";
import { fail, utf8 } from "../../src/core/kernel.ts";
import { dossierStatuses } from "../../src/core/stages.ts";
import { correctDeclaration } from "../../src/usecases/correct-declaration.ts";
import { openDossier } from "../../src/usecases/open-dossier.ts";
import { readOriginal } from "../../src/usecases/read-original.ts";
import { receiveScan } from "../../src/usecases/receive-scan.ts";
import { aDesk, aDossier, anOriginal, dossierId, officer, remembered, sha256, stranger } from "./desk.ts";
import { correctingWorld, openingWorld, readingWorld, receivingWorld } from "./worlds.ts";

const failure = (it: object) => ({ ok: false, failure: it });

async function* inParts(...parts: string[]) {
  for (const part of parts) yield utf8(part);
}

const aScan = (...parts: string[]) => ({ body: inParts(...parts), fileName: "scan.jpg", declaredType: "image/jpeg" });

describe("the counter: NĐ 45/2020 Art. 10(3)", () => {
  const request = {
    ...{
      applicantName: "Trần Văn Ví Dụ (hư cấu)",
      identityDigits: "0123",
      contact: "vi-du@example.vn",
      email: "vi-du@example.vn" as Email,
      storeAccount: "001099000123",
      identityKind: null,
      electronicCopies: 1,
      paperCopies: 0,
      onPaperOnly: false,
      help: null,
      offSite: null,
      channel: "counter" as const,
      formId: null,
    },
    ...{ kind: "other", title: "Giấy (hư cấu)", holderName: "Trần Thị Ví Dụ (hư cấu)" },
    ...{ documentNumber: null, issuedBy: null, issuedOn: null, procedure: "vietnamese" as const, declaredPages: 3 },
  };

  test("a dossier opens as received, of the agency at whose counter it is", async () => {
    const desk = aDesk();
    const { dossierId: id, secret } = await openDossier(request, officer, openingWorld(desk));
    expect(desk.dossier).toMatchObject({ id, status: "received", agencyId: officer.agencyId, declaredPages: 3 });
    expect(secret).toBe("secret");
  });

  test("DESIGN decision 14: neither the secret, the digits nor the contact are among the dossier's facts", async () => {
    const desk = aDesk();
    let kept: unknown;
    const world = openingWorld(desk);
    await openDossier(request, officer, {
      ...world,
      keepDossier: async (dossier, ...beside) => {
        kept = beside[1];
        return world.keepDossier(dossier, ...beside);
      },
    });
    expect(JSON.stringify(desk.dossier)).not.toMatch(/"(identityDigits|contact|email|storeAccount)"|secret|0123/);
    expect(kept).toMatchObject({ secretHash: utf8("hash of secret"), secretExpiresAt: "2027-11-22T03:00:00Z" });
    expect(kept).not.toHaveProperty("secret");
  });
});

describe("a scan arrives", () => {
  test("it is kept bit-exact and waits for its reading", async () => {
    const desk = aDesk({ dossier: aDossier({ status: "received" }), pages: [] });
    const received = await receiveScan(dossierId, aScan("JPEG", " of two", " parts"), officer, receivingWorld(desk));
    const digest = sha256(utf8("JPEG of two parts"));
    expect(received).toMatchObject({ ok: true, value: { sha256: digest } });
    expect(desk.originals).toMatchObject([{ status: "waiting", sha256: digest }]);
    expect([...desk.blobs.values()]).toEqual([Buffer.from("JPEG of two parts")]);
  });

  test("another scan of a dossier already read is taken, and the dossier is read again", async () => {
    const desk = aDesk();
    expect(await receiveScan(dossierId, aScan("JPEG"), officer, receivingWorld(desk))).toMatchObject({ ok: true });
    expect(desk.dossier.status).toBe("received");
  });

  test("a file of no taken kind is refused and nothing of it stays", async () => {
    const desk = aDesk();
    const before = remembered(desk);
    const refused = await receiveScan(dossierId, aScan("MZ"), officer, receivingWorld(desk));
    expect(refused).toEqual(failure({ code: "upload_refused", reason: "unknown_type" }));
    expect(desk.blobs.size).toBe(0);
    expect(remembered(desk)).toEqual(before);
  });

  test.each([
    { code: "upload_cut" },
    { code: "storage_full" },
    { code: "body_too_large", limitBytes: 5 },
  ] as const)("$code leaves the dossier as it was", async (cause) => {
    const desk = aDesk();
    const before = remembered(desk);
    const world = { ...receivingWorld(desk), storeScan: async () => fail(cause) };
    expect(await receiveScan(dossierId, aScan("JPEG"), officer, world)).toEqual(failure(cause));
    expect(remembered(desk)).toEqual(before);
  });

  test("a dossier of another agency does not exist for a stranger", async () => {
    const desk = aDesk();
    const world = receivingWorld(desk);
    expect(await receiveScan(dossierId, aScan("JPEG"), stranger, world)).toEqual(failure({ code: "not_found" }));
    expect(desk.blobs.size).toBe(0);
  });

  const closed = dossierStatuses.filter((it) => it !== "received" && it !== "read");
  test.each(closed)("COPY-2: once a dossier is %s no scan can slip in", async (status) => {
    const desk = aDesk({ dossier: aDossier({ status }) });
    const answer = await receiveScan(dossierId, aScan("JPEG"), officer, receivingWorld(desk));
    expect(answer).toEqual(failure({ code: "wrong_stage", status }));
    expect(desk.blobs.size).toBe(0);
  });

  test("COPY-2: a scan that arrives while an official attests is erased again", async () => {
    const desk = aDesk();
    const world = { ...receivingWorld(desk), addOriginal: async () => false };
    const answer = await receiveScan(dossierId, aScan("JPEG"), officer, world);
    expect(answer).toEqual(failure({ code: "wrong_stage", status: "attested" }));
    expect(desk.blobs.size).toBe(0);
  });
});

describe("reading brings pages into the bytes that will be certified", () => {
  const waiting = () => aDesk({ dossier: aDossier({ status: "received" }), originals: [anOriginal()], pages: [] });
  const id = anOriginal().id;

  test("every page is kept with the digest of its final stream, unconfirmed", async () => {
    const desk = waiting();
    const steps: number[][] = [];
    const world = { ...readingWorld(desk), progress: async (...step: number[]) => void steps.push(step) };
    expect(await readOriginal(id, world)).toEqual({ ok: true, value: null });
    const digests = [1, 2].map((number) => sha256(utf8(`page ${number}`)));
    expect(desk.pages.map((page) => page.streamSha256)).toEqual(digests);
    expect(desk.pages.every((page) => page.confirmedSha256 === null)).toBe(true);
    expect(desk.dossier.status).toBe("read");
    expect(steps).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  test("a job that comes again finds its work done and touches nothing", async () => {
    for (const original of [anOriginal({ status: "read" }), anOriginal({ status: "refused" })]) {
      const desk = aDesk({ originals: [original] });
      const before = remembered(desk);
      expect(await readOriginal(id, readingWorld(desk))).toEqual({ ok: true, value: null });
      expect(remembered(desk)).toEqual(before);
    }
    expect(await readOriginal("nobody's" as OriginalId, readingWorld(aDesk()))).toEqual({ ok: true, value: null });
  });

  test("an original that cannot be taken is refused with the reason, and the job is done", async () => {
    const desk = waiting();
    const reason = "encrypted_pdf";
    const world = { ...readingWorld(desk), makePages: async () => fail({ code: "upload_refused" as const, reason }) };
    expect(await readOriginal(id, world)).toEqual({ ok: true, value: null });
    expect(desk.originals).toMatchObject([{ status: "refused", refusalReason: reason }]);
    expect(desk.pages).toEqual([]);
  });

  test("a decoder that failed says nothing about the original: it waits for another try", async () => {
    const desk = waiting();
    const world = { ...readingWorld(desk), makePages: async () => fail({ code: "reading_failed" as const }) };
    expect(await readOriginal(id, world)).toEqual(failure({ code: "reading_failed" }));
    expect(desk.originals).toMatchObject([{ status: "waiting" }]);
  });
});

describe("COPY-1: the receiver counted wrongly", () => {
  test.each(["received", "read"] as const)("COPY-1: while %s the pages are declared again", async (status) => {
    const desk = aDesk({ dossier: aDossier({ status }) });
    expect(await correctDeclaration(dossierId, 5, officer, correctingWorld(desk))).toEqual({ ok: true, value: null });
    expect(desk.dossier.declaredPages).toBe(5);
  });

  const closed = dossierStatuses.filter((it) => it !== "received" && it !== "read");
  test.each(closed)("COPY-1: once %s the declaration stands", async (status) => {
    const desk = aDesk({ dossier: aDossier({ status }) });
    const answer = await correctDeclaration(dossierId, 5, officer, correctingWorld(desk));
    expect(answer).toEqual(failure({ code: "wrong_stage", status }));
    expect(desk.dossier.declaredPages).toBe(2);
  });

  test("not by a stranger, and not when somebody attested meanwhile", async () => {
    const desk = aDesk();
    const late = { ...correctingWorld(desk), keepDeclaredPages: async () => false };
    expect(await correctDeclaration(dossierId, 5, stranger, correctingWorld(desk))).toEqual(
      failure({ code: "not_found" }),
    );
    expect(await correctDeclaration(dossierId, 5, officer, late)).toEqual(
      failure({ code: "wrong_stage", status: "read" }),
    );
  });
});
