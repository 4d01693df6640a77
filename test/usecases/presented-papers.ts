import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { keepDossier } from "../../db/stores/opened-dossiers.ts";
import { calendarOf } from "../../src/core/holidays.ts";
import type { BlobId, DossierId, PersonId } from "../../src/core/ids.ts";
import { type Instant, utf8 } from "../../src/core/kernel.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
import { openDossier } from "../../src/usecases/open-dossier.ts";
import { agency, morning } from "./desk.ts";

export const receiver = { personId: randomUUID() as PersonId, agencyId: agency };

/** The agency with one official, and another agency. */
export async function keepAgencies(sql: Sql): Promise<void> {
  for (const [id, code] of [
    [agency, "H55.242"],
    ["another", "ANOTHER"],
  ] as const)
    await sql`insert into agency (id, name, province, code, development, created_at)
      values (${id}, 'Ủy ban nhân dân phường Ví Dụ (hư cấu)', 'Tỉnh Ví Dụ (hư cấu)', ${code}, true, ${morning})`;
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${receiver.personId}, ${agency}, 'officer', 'Lê Thị Minh Họa (hư cấu)', '$argon2id$none', ${morning})`;
}

export const paper = {
  kind: "Bằng",
  title: "Bằng (hư cấu)",
  documentNumber: null,
  issuedBy: null,
  issuedOn: null,
  procedure: "vietnamese" as const,
  declaredPages: 3,
  electronicCopies: 1,
};

/** A submission with its first paper. */
export async function openedAt(sql: Sql, now: () => Instant, formId: string | null = null) {
  const request = {
    ...{ ...paper, holderName: "Lò Thị Thử (hư cấu)", applicantName: "Lò Thị Thử (hư cấu)", identityDigits: "0123" },
    ...{
      identityKind: null,
      contact: "0900 (hư cấu)",
      paperCopies: 0,
      onPaperOnly: false,
      help: null,
      offSite: null,
      channel: "counter" as const,
      formId,
    },
    ...{ email: null, storeAccount: null },
  };
  const secret = randomUUID();
  return openDossier(request, receiver, {
    now,
    calendar: async () => calendarOf([]),
    newDossierId: () => randomUUID() as DossierId,
    newSubmissionId: () => randomUUID() as SubmissionId,
    newSecret: () => ({ text: secret, hash: utf8(secret) }),
    hashDigits: (id, digits) => utf8(`${id} ${digits}`),
    keepAccount: async () => randomUUID() as string as BlobId,
    eraseAccount: async () => undefined,
    keepDossier: (...kept) => keepDossier(sql, ...kept),
  });
}
