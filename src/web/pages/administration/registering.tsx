import type { Context } from "hono";
import { z } from "zod";
import type { PersonId } from "../../../core/ids.ts";
import type { HoldingAsked } from "../../../usecases/administration/key-holding.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { checkForm, faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import type { Language } from "../../language.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { HoldingPage, type Kind } from "./registering-page.tsx";
import { doneAt, idFrom, notFound, SecretPage } from "./shell.tsx";
import { faultOf, speechIn, statusOfFailure } from "./speech.ts";
import { readUpload } from "./upload.ts";
import type { AdministrationWorld } from "./world.ts";

/** Whose a key is, as every form of registering asks it. */
export const Holding = z.object({
  holder: z.string().refine((text) => text === "agency" || idFrom(text) !== null),
});

type Again = (typed: Typed, faults: readonly Fault[], status: 400 | 403 | 409 | 422 | 429) => Promise<Response>;

/** Registering a key file, and in development issuing one: the same question whose it is. */
export const registeringPages = (world: AdministrationWorld): readonly Route[] => [
  ...(["new", "demo"] as const).map((kind) =>
    guardedPage({
      method: "GET",
      path: `/admin/certificates/${kind}`,
      demands: ["administrator"],
      handle: async (c, actor) => {
        const frame = personFrame(c, actor);
        if (kind === "demo" && !frame.development) return notFound(c);
        return c.html(
          <HoldingPage frame={frame} kind={kind} people={await world.people(actor)} typed={{}} faults={[]} />,
        );
      },
    }),
  ),
  guardedPage({
    method: "POST",
    path: "/admin/certificates/new",
    demands: ["administrator"],
    bodyLimitBytes: 256 * 1024,
    handle: (c, actor) => register(c, actor, world),
  }),
  guardedPage({
    method: "POST",
    path: "/admin/certificates/demo",
    demands: ["administrator"],
    handle: (c, actor) => issue(c, actor, world),
  }),
];

async function register(c: Context<WebEnv>, actor: Actor, world: AdministrationWorld): Promise<Response> {
  const { language } = c.var;
  const again = answerAgain(c, actor, "new", world);
  const { fields, file } = await readUpload(c);
  const form = checkForm(fields, Holding);
  const pin = fields["pin"] ?? "";
  const { say } = speechIn(language);
  const empty = [...(pin === "" ? ["pin"] : []), ...(file === null ? ["file"] : [])];
  const labels = { ...labelsOf(language), file: say("keyFile") };
  const missing = faultsInWords(
    empty.map((field) => ({ field, kind: "missing" as const })),
    labels,
    language,
  );
  if (!form.ok) return again(form.typed, [...wordsFor(form.faults, language), ...missing], 400);
  if (file === null || pin === "") return again(form.typed, missing, 400);
  const done = await world.registerCertificate(askedOf(form.value), { pkcs12: file, pin }, actor);
  if (done.ok) return c.redirect(doneAt("/admin/certificates", "registered"), 303);
  return again(form.typed, [faultOf(done.failure, language, fieldNames("new"))], statusOfFailure(done.failure));
}

async function issue(c: Context<WebEnv>, actor: Actor, world: AdministrationWorld): Promise<Response> {
  const { language } = c.var;
  const again = answerAgain(c, actor, "demo", world);
  const form = await readForm(c, Holding);
  if (!form.ok) return again(form.typed, wordsFor(form.faults, language), 400);
  const issued = await world.issueDemoCertificate(askedOf(form.value), actor);
  if (!issued.ok) {
    return again(form.typed, [faultOf(issued.failure, language, fieldNames("demo"))], statusOfFailure(issued.failure));
  }
  const { say } = speechIn(language);
  return c.html(
    <SecretPage
      frame={{ ...personFrame(c, actor), address: "/admin/certificates" }}
      title={say("pinTitle")}
      lead={say("pinLead", { subject: issued.value.subject })}
      label="PIN"
      secret={issued.value.pin}
      back={{ href: "/admin/certificates", says: say("toCertificates") }}
    />,
  );
}

const answerAgain =
  (c: Context<WebEnv>, actor: Actor, kind: Kind, world: AdministrationWorld): Again =>
  async (typed, faults, status) => {
    const people = await world.people(actor);
    const frame = personFrame(c, actor);
    return c.html(<HoldingPage frame={frame} kind={kind} people={people} typed={typed} faults={faults} />, status);
  };

export function labelsOf(language: Language) {
  const { say } = speechIn(language);
  return {
    holder: say("holder"),
    pin: say("pin"),
  };
}

const fieldNames = (kind: Kind): readonly string[] => [
  ...Object.keys(labelsOf("vi")).filter((name) => kind === "new" || name !== "pin"),
  ...(kind === "new" ? ["file"] : []),
];

export const wordsFor = (faults: Parameters<typeof faultsInWords>[0], language: Language): readonly Fault[] =>
  faultsInWords(faults, labelsOf(language), language);

export const askedOf = ({ holder }: z.infer<typeof Holding>): HoldingAsked => ({
  personId: holder === "agency" ? null : (holder as PersonId),
});
