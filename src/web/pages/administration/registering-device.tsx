import type { Context } from "hono";
import { z } from "zod";
import type { KeyPlace } from "../../../core/dossier.ts";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { FileField, SelectField, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { personFrame } from "../../design/frame.ts";
import { checkForm, faultsInWords, type Typed } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { askedOf, Holding, labelsOf, wordsFor } from "./registering.tsx";
import { HoldingFields } from "./registering-page.tsx";
import { AdminPage, doneAt } from "./shell.tsx";
import { faultOf, type Speech, speechIn, statusOfFailure } from "./speech.ts";
import { readUpload } from "./upload.ts";
import type { AdministrationWorld, KeyPlaceOffered } from "./world.ts";

const address = "/admin/certificates/device";

const OutsideKey = Holding.extend({
  place: z.string().min(1).max(80),
  credential: z.string().max(200).default(""),
});

/** Registering a certificate whose key stays where it is: a token, a remote signing service. */
export const devicePages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: address,
    demands: ["administrator"],
    handle: (c, actor) => show({ c, actor, world }, {}, [], 200),
  }),
  guardedPage({
    method: "POST",
    path: address,
    demands: ["administrator"],
    bodyLimitBytes: 64 * 1024,
    handle: (c, actor) => register({ c, actor, world }),
  }),
];

type Asked = { readonly c: Context<WebEnv>; readonly actor: Actor; readonly world: AdministrationWorld };

export function placeText(place: KeyPlace | KeyPlaceOffered, { say }: Speech): string {
  switch (place.kind) {
    case "file":
      return say("placeFile");
    case "agent":
      return say("placeAgent");
    case "token":
      return say("placeToken", { name: place.device });
    case "remote":
      return say("placeRemote", { name: place.service });
  }
}

const choiceOf = (place: KeyPlaceOffered): string =>
  place.kind === "agent" ? "agent" : `${place.kind}:${place.kind === "token" ? place.device : place.service}`;

function placeOf(offered: readonly KeyPlaceOffered[], value: string, credential: string) {
  const place = offered.find((one) => choiceOf(one) === value);
  return place?.kind === "remote" ? { ...place, credential } : (place ?? null);
}

async function register(asked: Asked): Promise<Response> {
  const { c, actor, world } = asked;
  const { language } = c.var;
  const { say } = speechIn(language);
  const { fields, file } = await readUpload(c);
  const form = checkForm(fields, OutsideKey);
  const labels = { ...labelsOf(language), file: say("certificateFile"), place: say("keyPlace") };
  const missing = faultsInWords(file === null ? [{ field: "file", kind: "missing" as const }] : [], labels, language);
  if (!form.ok) return show(asked, form.typed, [...wordsFor(form.faults, language), ...missing], 400);
  const place = placeOf(world.keyPlaces(), form.value.place, form.value.credential);
  const unnamed = place?.kind === "remote" && place.credential === "";
  const credentialFaults = unnamed ? [{ field: "credential", says: say("remoteCredentialFault") }] : [];
  if (file === null || unnamed) {
    return show(asked, form.typed, [...missing, ...credentialFaults], 400);
  }
  const done =
    place === null
      ? { ok: false as const, failure: { code: "key_place_unknown" as const } }
      : await world.registerOutsideKey(askedOf(form.value), { certificate: file, place }, actor);
  if (done.ok) return c.redirect(doneAt("/admin/certificates", "registered"), 303);
  const fault = faultOf(done.failure, language, [...Object.keys(labels), "credential"]);
  return show(asked, form.typed, [fault], statusOfFailure(done.failure));
}

async function show({ c, actor, world }: Asked, typed: Typed, faults: readonly Fault[], status: 200 | number) {
  const frame = { ...personFrame(c, actor), address };
  const speech = speechIn(frame.language);
  const { say } = speech;
  const people = await world.people(actor);
  const options = world.keyPlaces().map((place) => ({ value: choiceOf(place), label: placeText(place, speech) }));
  const page = (
    <AdminPage frame={frame} title={say("registerDevice")} faults={faults} wide={false}>
      <p>{say("deviceLead")}</p>
      <Card>
        <Form frame={frame} action={address} files once>
          <HoldingFields frame={frame} people={people} typed={typed} faults={faults} />
          <SelectField
            name="place"
            label={say("keyPlace")}
            options={options}
            value={typed["place"]}
            fault={faultAt(faults, "place")}
          />
          <TextField
            name="credential"
            label={say("remoteCredential")}
            hint={say("remoteCredentialHint")}
            value={typed["credential"]}
            required={false}
            fault={faultAt(faults, "credential")}
          />
          <FileField
            name="file"
            label={say("certificateFile")}
            hint={say("certificateFileHint")}
            accept=".cer,.crt,.pem,.der"
            fault={faultAt(faults, "file")}
          />
          <Button>{say("register")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
  return c.html(page, status as 200);
}
