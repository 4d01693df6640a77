import type { Sql } from "postgres";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type {
  BeginningFailure,
  FirstAgency,
  FirstPerson,
} from "../../src/usecases/administration/first-administrator.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";

const oneBeginning = 4_811_207; // this program's own number for the advisory lock of a beginning

/** Agency, person, role and note, or nothing. The lock lets two commands at once decide one after the other. */
export async function keepBeginning(
  sql: Sql,
  agency: FirstAgency,
  person: FirstPerson,
  note: Note,
): Promise<Result<null, BeginningFailure>> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${oneBeginning})`;
    const [standing] = await tx<{ administrator: boolean; agency: boolean; taken: boolean }[]>`select
      exists (select 1 from person_role join person on person.id = person_role.person_id
        where role = 'administrator' and agency_id = ${agency.id}) as administrator,
      exists (select 1 from agency where id = ${agency.id} or code = ${agency.code}) as agency,
      exists (select 1 from person where user_name = ${person.userName}) as taken`;
    if (standing?.administrator !== false) return fail({ code: "administrator_exists" } as const);
    if (standing.agency) return fail({ code: "agency_exists" } as const);
    if (standing.taken) return fail({ code: "user_name_taken" } as const);
    await tx`insert into agency (id, name, province, code, development, created_at)
      values (${agency.id}, ${agency.name}, ${agency.province}, ${agency.code}, false, ${agency.createdAt})`;
    await tx`insert into person (id, agency_id, user_name, full_name, password_hash, password_initial, created_at)
      values (${person.personId}, ${person.agencyId}, ${person.userName}, ${person.fullName}, ${person.passwordHash},
        ${person.passwordInitial}, ${person.createdAt})`;
    for (const role of person.roles) {
      await tx`insert into person_role (person_id, role) values (${person.personId}, ${role})`;
    }
    await noteAct(tx, note);
    return ok(null);
  });
}
