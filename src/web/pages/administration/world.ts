import type { KeyPlace } from "../../../core/dossier.ts";
import type { BookId, PersonId, RecipientId, RecipientKeyId, WebhookEndpointId } from "../../../core/ids.ts";
import type { Bytes, Instant, Result } from "../../../core/kernel.ts";
import type { Recipient, RecipientKey } from "../../../core/recipients.ts";
import type { BookNames } from "../../../core/register.ts";
import type { ReceivingAccount } from "../../../core/vietqr.ts";
import type { EndpointHealth } from "../../../core/webhooks.ts";
import type { PersonToAdd } from "../../../usecases/administration/add-person.ts";
import type { AgencyFacts } from "../../../usecases/administration/change-agency.ts";
import type { BookLine } from "../../../usecases/administration/close-book.ts";
import type { AdministrationFailure } from "../../../usecases/administration/failure.ts";
import type { HoldingAsked } from "../../../usecases/administration/key-holding.ts";
import type { ActName } from "../../../usecases/administration/note.ts";
import type { AgencyPerson, RoleName } from "../../../usecases/administration/person.ts";
import type { ReadinessItem } from "../../../usecases/administration/readiness.ts";
import type { KeyAsked, rotateKey } from "../../../usecases/recipients/recipient-keys.ts";
import type { RecipientFacts } from "../../../usecases/recipients/register-recipient.ts";
import type { Actor } from "../../route.ts";

type Answer<T> = Promise<Result<T, AdministrationFailure>>;

export type AgencyView = AgencyFacts & {
  readonly id: string;
  readonly development: boolean;
  /** Before the date on a copy. */
  readonly place: string;
  readonly suffix: string;
  /** Numbers have been given: name, province and code stay. */
  readonly fixed: boolean;
};

export type CertificateView = {
  readonly id: string;
  readonly role: "official" | "agency_seal";
  readonly personId: PersonId | null;
  readonly fullName: string | null;
  readonly subject: string;
  readonly issuer: string;
  readonly sha256: string;
  readonly validFrom: Instant;
  readonly validTo: Instant;
  readonly endedAt: Instant | null;
  /** Whether the published key list says the same of it. */
  readonly listed: boolean;
  readonly keyPlace: KeyPlace;
};

export type KeyPlaceOffered =
  | { readonly kind: "agent" }
  | { readonly kind: "token"; readonly device: string }
  | { readonly kind: "remote"; readonly service: string };

export type PictureView = {
  readonly personId: PersonId | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly keptAt: Instant;
};

export type AdminEventView = {
  readonly id: string;
  readonly what: ActName;
  readonly about: string;
  readonly who: string;
  readonly at: Instant;
};

export type Overview = {
  readonly agency: AgencyView;
  readonly people: readonly AgencyPerson[];
  readonly certificates: readonly CertificateView[];
  readonly books: readonly BookLine[];
  readonly readiness: readonly ReadinessItem[];
};

export type DemoView = {
  readonly people: readonly { readonly userName: string; readonly fullName: string; readonly duty: RoleName }[];
  readonly secretsFile: string;
  readonly sampleCertified: boolean;
  readonly anchors: readonly string[];
};

export type RecipientView = {
  readonly recipient: Recipient;
  readonly keys: readonly RecipientKey[];
  readonly endpoints: readonly EndpointHealth[];
};

/** A key just made, with the token to be shown once. */
export type ShownKey = { readonly recipient: Recipient; readonly token: string };

/** What the pages of recipients ask. */
export type RecipientsAdministration = {
  readonly recipients: (actor: Actor) => Promise<readonly Recipient[]>;
  readonly recipient: (id: RecipientId, actor: Actor) => Promise<RecipientView | null>;
  readonly registerRecipient: (facts: RecipientFacts, actor: Actor) => Answer<RecipientId>;
  readonly changeRecipient: (id: RecipientId, facts: RecipientFacts, actor: Actor) => Answer<null>;
  readonly setRecipientActive: (id: RecipientId, active: boolean, actor: Actor) => Answer<null>;
  readonly issueKey: (id: RecipientId, asked: KeyAsked, actor: Actor) => Answer<ShownKey>;
  readonly rotateKey: (
    at: { readonly recipientId: RecipientId; readonly keyId: RecipientKeyId },
    asked: Parameters<typeof rotateKey>[1],
    actor: Actor,
  ) => Answer<ShownKey>;
  readonly revokeKey: (
    at: { readonly recipientId: RecipientId; readonly keyId: RecipientKeyId },
    actor: Actor,
  ) => Answer<null>;
  /** False where there is no such endpoint of a recipient of the actor's agency. */
  readonly tellAgain: (
    at: { readonly recipientId: RecipientId; readonly id: WebhookEndpointId },
    actor: Actor,
  ) => Promise<boolean>;
};

/** What the administrator's pages ask; each question of the actor's own agency only. */
export type AdministrationWorld = RecipientsAdministration & {
  readonly now: () => Instant;
  readonly overview: (actor: Actor) => Promise<Overview>;
  readonly agency: (actor: Actor) => Promise<AgencyView>;
  readonly receivingAccount: (actor: Actor) => Promise<ReceivingAccount | null>;
  readonly enterAccount: (account: ReceivingAccount, actor: Actor) => Promise<void>;
  readonly changeAgency: (facts: AgencyFacts, actor: Actor) => Answer<null>;
  /** Whether the agency watches for a province. */
  readonly isProvince: (actor: Actor) => Promise<boolean>;
  readonly people: (actor: Actor) => Promise<readonly AgencyPerson[]>;
  readonly person: (id: PersonId, actor: Actor) => Promise<AgencyPerson | null>;
  readonly addPerson: (
    person: PersonToAdd,
    actor: Actor,
  ) => Answer<{ readonly personId: PersonId; readonly password: string }>;
  readonly changeRoles: (id: PersonId, roles: readonly RoleName[], actor: Actor) => Answer<null>;
  readonly setActive: (id: PersonId, active: boolean, actor: Actor) => Answer<null>;
  readonly resetPassword: (
    id: PersonId,
    actor: Actor,
  ) => Answer<{ readonly person: AgencyPerson; readonly password: string }>;
  readonly certificates: (actor: Actor) => Promise<readonly CertificateView[]>;
  readonly registerCertificate: (
    asked: HoldingAsked,
    file: { readonly pkcs12: Bytes; readonly pin: string },
    actor: Actor,
  ) => Answer<null>;
  /** Where a key may lie besides in a file, as configured. */
  readonly keyPlaces: () => readonly KeyPlaceOffered[];
  readonly registerOutsideKey: (
    asked: HoldingAsked,
    outside: { readonly certificate: Bytes; readonly place: Exclude<KeyPlace, { kind: "file" }> },
    actor: Actor,
  ) => Answer<null>;
  readonly issueDemoCertificate: (
    asked: HoldingAsked,
    actor: Actor,
  ) => Answer<{ readonly pin: string; readonly subject: string }>;
  readonly endCertificate: (id: string, actor: Actor) => Answer<null>;
  /** Of the next list, in the bytes that the offline root signs; null in development, where the list renews itself. */
  readonly keyListToSign: ((actor: Actor) => Promise<{ readonly payload: string; readonly sequence: number }>) | null;
  readonly pictures: (actor: Actor) => Promise<readonly PictureView[]>;
  readonly picturePng: (personId: PersonId | null, actor: Actor) => Promise<Bytes | null>;
  readonly keepPicture: (personId: PersonId | null, file: Bytes, actor: Actor) => Answer<null>;
  readonly books: (actor: Actor) => Promise<readonly BookLine[]>;
  /** What the books of this year and the next are called. */
  readonly namesAround: (actor: Actor) => Promise<(year: number) => BookNames>;
  readonly namesOfYear: (
    year: number,
    actor: Actor,
  ) => Promise<{ readonly year: number; readonly names: BookNames; readonly inUse: boolean }>;
  readonly nameBooks: (year: number, names: BookNames, actor: Actor) => Answer<null>;
  readonly openBook: (book: { readonly suffix: string; readonly year: number }, actor: Actor) => Answer<BookId>;
  readonly closeBook: (id: BookId, actor: Actor) => Answer<null>;
  readonly acts: (actor: Actor, before: string | null) => Promise<readonly AdminEventView[]>;
  /** Null in production. */
  readonly demo: (() => Promise<DemoView>) | null;
};

export type AccountWorld = {
  readonly changePassword: (current: string, wanted: string, actor: Actor) => Answer<null>;
};
