import { randomUUID } from "node:crypto";
import { keepAgency, keepPerson } from "../../db/stores/people.ts";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { Route } from "../../src/web/route.ts";
import { sessionRoutes } from "../../src/web/sign-in.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { appOf, memoryWorld, type SignedIn, signIn } from "../web/memory-world.ts";

export const at = "2026-11-23T03:00:00Z" as Instant;

/** Two agencies, each with an administrator (`hoaban`, `muongpon`), over a real database; the pages without a service around them. */
export async function openAdminApp(routesOf: (database: FreshDatabase) => readonly Route[]) {
  const database = await freshDatabase();
  const agencies = ["hoaban", "muongpon"] as const;
  const people = agencies.map((name) => ({
    personId: randomUUID() as PersonId,
    agencyId: name as string as AgencyId,
    userName: name,
    fullName: `Quản trị ${name} (hư cấu)`,
    roles: ["administrator"] as const,
  }));
  for (const person of people) {
    const { agencyId: id } = person;
    const facts = { name: `Ủy ban nhân dân xã ${id} (hư cấu)`, province: "Tỉnh Mẫu (hư cấu)", code: id.toUpperCase() };
    await keepAgency(database.db, { id, ...facts, development: true, createdAt: at });
    await keepPerson(database.db, { ...person, passwordHash: "$argon2id$none", createdAt: at });
  }
  const { world } = memoryWorld(people);
  const app = appOf([...routesOf(database), ...sessionRoutes(world)], world);
  const signed = new Map<string, SignedIn>();
  for (const name of agencies) signed.set(name, await signIn(app, name));
  const who = (name: (typeof agencies)[number]) => signed.get(name) ?? { cookie: "", csrfToken: "" };
  const answered = async (answer: Response) => ({
    status: answer.status,
    text: await answer.text(),
    goesTo: answer.headers.get("location") ?? "",
  });
  return {
    ...{ ...database, ...database.owner }, // the pages work by the role that serves, tests look and try past them as the owner
    people,
    get: async (path: string, as: (typeof agencies)[number] = "hoaban") =>
      answered(await app.request(path, { headers: { cookie: who(as).cookie, accept: "text/html" } })),
    send: async (path: string, fields: Record<string, string | File>, as: (typeof agencies)[number] = "hoaban") => {
      const all = Object.entries({ csrf: who(as).csrfToken, ...fields });
      const hasFile = all.some(([, value]) => typeof value !== "string");
      const form = hasFile ? new FormData() : new URLSearchParams();
      for (const [name, value] of all) form.append(name, value as string);
      const headers = { cookie: who(as).cookie, accept: "text/html" };
      return answered(await app.request(path, { method: "POST", headers, body: form }));
    },
  };
}

export type AdminApp = Awaited<ReturnType<typeof openAdminApp>>;
