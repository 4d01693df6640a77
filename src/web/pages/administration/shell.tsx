import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { AdministrationFailure } from "../../../usecases/administration/failure.ts";
import { ErrorSummary, type Fault } from "../../design/error-summary.tsx";
import { LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Notice } from "../../design/verdict.tsx";
import { refuse } from "../../refusal.tsx";
import type { WebEnv } from "../../route.ts";
import type { AdministrationWord } from "../../words/administration.vi.ts";
import { speechIn } from "./speech.ts";

type Room = {
  readonly href: string;
  readonly word: AdministrationWord;
  readonly trialOnly?: boolean;
  /** Pages that this room leads to, at addresses of their own. */
  readonly also?: readonly string[];
};

const rooms: readonly Room[] = [
  { href: "/admin", word: "roomOverview" },
  {
    href: "/admin/agency",
    word: "roomAgency",
    also: ["/admin/dispatch", "/admin/comparing-policy", "/admin/step-times", "/admin/areas", "/admin/receptions"],
  },
  { href: "/admin/people", word: "roomPeople" },
  { href: "/admin/mandates", word: "roomMandates" },
  { href: "/admin/absences", word: "roomAbsences" },
  { href: "/admin/certificates", word: "roomCertificates" },
  { href: "/admin/pictures", word: "roomPictures" },
  { href: "/admin/books", word: "roomBooks", also: ["/admin/book-names"] },
  { href: "/admin/fees", word: "roomFees", also: ["/admin/receiving-account"] },
  { href: "/admin/calendar", word: "roomCalendar" },
  { href: "/admin/recipients", word: "roomRecipients" },
  { href: "/admin/data-requests", word: "roomData", also: ["/admin/breaches", "/admin/erasures"] },
  { href: "/admin/look-alikes", word: "roomLookAlikes" },
  { href: "/admin/log", word: "roomLog" },
  { href: "/admin/demo", word: "roomDemo", trialOnly: true },
];

type AdminPageProps = {
  readonly frame: Frame;
  readonly title: string;
  readonly faults?: readonly Fault[];
  readonly wide?: boolean;
  readonly children: Child;
};

/** Every page of the administrator: its rooms, what was done last, its faults, its heading. */
export const AdminPage = ({ frame, title, faults = [], wide = true, children }: AdminPageProps) => (
  <Page frame={frame} title={title} wide scripts={["app"]} faulty={faults.length > 0}>
    <ErrorSummary language={frame.language} faults={faults} />
    <Rooms frame={frame} />
    <Done frame={frame} />
    <h1>{title}</h1>
    <div class={wide ? "stack" : "stack narrow"}>{children}</div>
  </Page>
);

const Rooms = ({ frame }: { frame: Frame }) => {
  const { say } = speechIn(frame.language);
  const path = frame.address.split("?")[0] ?? "";
  const isHere = (href: string) => path === href || (href !== "/admin" && path.startsWith(`${href}/`));
  return (
    <nav class="rooms screen" aria-label={say("rooms")}>
      <ul>
        {rooms
          .filter(({ trialOnly = false }) => frame.development || !trialOnly)
          .map(({ href, word, also = [] }) => (
            <li>
              <a href={href} aria-current={[href, ...also].some(isHere) ? "page" : undefined}>
                {say(word)}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  );
};

const doneWords = {
  added: "done_added",
  saved: "done_saved",
  deactivated: "done_deactivated",
  activated: "done_activated",
  registered: "done_registered",
  ended: "done_ended",
  mandate: "done_mandate",
  mandate_ended: "done_mandate_ended",
  absence: "done_absence",
  back: "done_back",
  picture: "done_picture",
  opened: "done_opened",
  closed: "done_closed",
  recipient: "done_recipient",
  revoked: "done_revoked",
  report: "done_report",
  told: "done_told",
} as const satisfies Record<string, AdministrationWord>;

export type DoneName = keyof typeof doneWords;

/** After an act: `/admin/people?done=added`. Only what we know is said, whatever stands in the address. */
const Done = ({ frame }: { frame: Frame }) => {
  const { say } = speechIn(frame.language);
  const asked = new URLSearchParams(frame.address.split("?")[1] ?? "").get("done") ?? "";
  if (!Object.hasOwn(doneWords, asked)) return null;
  return (
    <Notice tone="good" title={say("doneBadge")}>
      <p>{say(doneWords[asked as DoneName])}</p>
    </Notice>
  );
};

export const doneAt = (path: string, done: DoneName): string => `${path}?done=${done}`;

/** What is not there, or not this agency's, is one and the same answer. */
export const notFound = (c: Context<WebEnv>) => refuse(c, { code: "not_found" });

export const isAbsent = ({ code }: AdministrationFailure): boolean => code === "not_found";

type SecretProps = {
  readonly frame: Frame;
  readonly title: string;
  readonly lead: string;
  readonly label: string;
  readonly secret: string;
  readonly back: { readonly href: string; readonly says: string };
};

/** A password or PIN, once: it is in no address, no cookie and no table, so leaving the page ends it. */
export const SecretPage = ({ frame, title, lead, label, secret, back }: SecretProps) => (
  <AdminPage frame={frame} title={title} wide={false}>
    <Notice tone="care" title={speechIn(frame.language).say("passwordOnce")}>
      <p>{lead}</p>
      <p>
        {label}: <strong class="once">{secret}</strong>
      </p>
    </Notice>
    <p class="screen">
      <LinkButton href={back.href}>{back.says}</LinkButton>
    </p>
  </AdminPage>
);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** An id from an address, or null; the casting is here only. */
export const idFrom = <Id extends string>(text: string): Id | null => (uuid.test(text) ? (text as Id) : null);
