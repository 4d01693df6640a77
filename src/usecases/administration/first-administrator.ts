import type { AgencyId, PersonId } from "../../core/ids.ts";
import { fail, type Instant, type Result } from "../../core/kernel.ts";
import { type Note, noteOf } from "./note.ts";
import type { RoleName } from "./person.ts";

/** What an operator says of an agency and of its first administrator. */
export type Beginning = {
  /** As the root's key list names the agency, since that is what verifiers are told. */
  readonly agencyId: string;
  readonly agencyName: string;
  readonly province: string;
  /** As it stands in numbers and records. */
  readonly agencyCode: string;
  /** As it will be typed; kept in lower case. */
  readonly userName: string;
  readonly fullName: string;
};

export type FirstAgency = {
  readonly id: AgencyId;
  readonly name: string;
  readonly province: string;
  readonly code: string;
  readonly createdAt: Instant;
};

export type FirstPerson = {
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly userName: string;
  readonly fullName: string;
  readonly roles: readonly RoleName[];
  readonly passwordHash: string;
  /** Always: whoever ran the command may have seen the password. */
  readonly passwordInitial: true;
  readonly createdAt: Instant;
};

export type BeginningFailure =
  | { readonly code: "malformed_beginning"; readonly field: keyof Beginning }
  | { readonly code: "password_too_short"; readonly leastSigns: number }
  /** Whoever has a store's command line must not be able to make themselves an agency's administrator beside those it has. */
  | { readonly code: "administrator_exists" }
  | { readonly code: "agency_exists" }
  | { readonly code: "user_name_taken" };

export type BeginningWorld = {
  readonly now: () => Instant;
  readonly newPersonId: () => PersonId;
  readonly hashPassword: (password: string) => Promise<string>;
  /** One transaction, one at a time: of two commands at once for one agency one begins it and the other is refused. */
  readonly keepBeginning: (
    agency: FirstAgency,
    person: FirstPerson,
    note: Note,
  ) => Promise<Result<null, BeginningFailure>>;
};

/** As the page asks where people choose their own. */
const leastSigns = 10;

/** The shapes that the database holds too. A text never begins with a sign that is not seen. */
const shapes: Readonly<Record<keyof Beginning, RegExp>> = {
  agencyId: /^[a-z0-9][a-z0-9-]{0,39}$/,
  agencyName: /^(?=.*\S)[^\p{C}]{1,200}$/u,
  province: /^(?=.*\S)[^\p{C}]{1,200}$/u,
  agencyCode: /^(?=.*\S)[^\p{C}]{1,40}$/u,
  userName: /^[a-z0-9][a-z0-9._-]{1,63}$/,
  fullName: /^(?=.*\S)[^\p{C}]{1,200}$/u,
};

/**
 * Begins an agency outside development mode, the store's first or another, with the one person who sets up everything else
 * in the browser. The password lets in to choose an own one, and to nothing else.
 */
export async function beginStore(
  asked: Beginning,
  password: string,
  world: BeginningWorld,
): Promise<Result<null, BeginningFailure>> {
  const beginning = cleaned(asked);
  const unfit = (Object.keys(shapes) as (keyof Beginning)[]).find((field) => !shapes[field].test(beginning[field]));
  if (unfit !== undefined) return fail({ code: "malformed_beginning", field: unfit });
  if (Array.from(password.normalize("NFC")).length < leastSigns)
    return fail({ code: "password_too_short", leastSigns });
  const createdAt = world.now();
  const agencyId = beginning.agencyId as AgencyId;
  const { agencyName: name, province, agencyCode: code, userName, fullName } = beginning;
  const personId = world.newPersonId();
  const person: FirstPerson = {
    ...{ personId, agencyId, userName, fullName, createdAt },
    roles: ["administrator"],
    passwordHash: await world.hashPassword(password),
    passwordInitial: true,
  };
  const note = noteOf({ personId, agencyId }, "store_begun", `${fullName} (${userName}), ${name}`, createdAt);
  return world.keepBeginning({ id: agencyId, name, province, code, createdAt }, person, note);
}

function cleaned(asked: Beginning): Beginning {
  const text = (value: string) => value.normalize("NFC").trim();
  return {
    agencyId: text(asked.agencyId),
    agencyName: text(asked.agencyName),
    province: text(asked.province),
    agencyCode: text(asked.agencyCode),
    userName: text(asked.userName).toLowerCase(),
    fullName: text(asked.fullName),
  };
}
