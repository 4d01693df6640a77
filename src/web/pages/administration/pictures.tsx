import type { Context } from "hono";
import type { PersonId } from "../../../core/ids.ts";
import type { AgencyPerson } from "../../../usecases/administration/person.ts";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { FileField, SelectField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { shortTimeText } from "../../design/time.ts";
import { faultsInWords } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { AdminPage, doneAt, idFrom, isAbsent, notFound } from "./shell.tsx";
import { faultOf, speechIn, statusOfFailure } from "./speech.ts";
import { readUpload } from "./upload.ts";
import type { AdministrationWorld, PictureView } from "./world.ts";

const path = "/admin/pictures";

export const picturePages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["administrator"],
    handle: (c, actor) => show(c, actor, world, "", [], 200),
  }),
  guardedPage({
    method: "POST",
    path,
    demands: ["administrator"],
    bodyLimitBytes: 4 * 1024 * 1024 + 16_384,
    handle: (c, actor) => keep(c, actor, world),
  }),
  guardedPage({
    method: "GET",
    path: `${path}/:holder`,
    demands: ["administrator"],
    handle: async (c, actor) => {
      const holder = holderFrom(c.req.param("holder"));
      const png = holder === undefined ? null : await world.picturePng(holder, actor);
      return png === null ? notFound(c) : c.body(png, 200, { "content-type": "image/png" });
    },
  }),
];

/** `seal`, or a person's id; undefined where it is neither. */
const holderFrom = (text: string): PersonId | null | undefined =>
  text === "seal" ? null : (idFrom<PersonId>(text) ?? undefined);

async function keep(c: Context<WebEnv>, actor: Actor, world: AdministrationWorld): Promise<Response> {
  const { language } = c.var;
  const { fields, file } = await readUpload(c);
  const typed = fields["holder"] ?? "";
  const holder = holderFrom(typed);
  const { say } = speechIn(language);
  if (holder === undefined || file === null) {
    const labels = { holder: say("pictureHolder"), file: say("pictureFile") };
    const missing = [...(holder === undefined ? ["holder"] : []), ...(file === null ? ["file"] : [])];
    const faults = missing.map((field) => ({ field, kind: "missing" as const }));
    return show(c, actor, world, typed, faultsInWords(faults, labels, language), 400);
  }
  const kept = await world.keepPicture(holder, file, actor);
  if (kept.ok) return c.redirect(doneAt(path, "picture"), 303);
  if (isAbsent(kept.failure)) return notFound(c);
  const fault = faultOf(kept.failure, language, ["holder", "file"]);
  return show(c, actor, world, typed, [fault], statusOfFailure(kept.failure));
}

async function show(
  c: Context<WebEnv>,
  actor: Actor,
  world: AdministrationWorld,
  holder: string,
  faults: readonly Fault[],
  status: 200 | 400 | 403 | 409 | 422 | 429,
): Promise<Response> {
  const [people, pictures] = [await world.people(actor), await world.pictures(actor)];
  const frame = personFrame(c, actor);
  const page = <PicturesPage frame={frame} people={people} pictures={pictures} holder={holder} faults={faults} />;
  return c.html(page, status);
}

type Props = {
  readonly frame: Frame;
  readonly people: readonly AgencyPerson[];
  readonly pictures: readonly PictureView[];
  readonly holder: string;
  readonly faults: readonly Fault[];
};

const PicturesPage = ({ frame, people, pictures, holder, faults }: Props) => {
  const { say } = speechIn(frame.language);
  const signers = people.filter(({ active, roles }) => active && roles.includes("signer"));
  const of = (personId: PersonId | null) => pictures.find((picture) => picture.personId === personId);
  return (
    <AdminPage frame={frame} title={say("picturesTitle")} faults={faults}>
      <p>{say("picturesLead")}</p>
      {frame.development && <p class="hint">{say("picturesTrial")}</p>}
      <div class="cards">
        <PictureCard frame={frame} name={say("sealPicture")} at="seal" size={say("sealSize")} picture={of(null)} />
        {signers.map(({ personId, fullName }) => (
          <PictureCard frame={frame} name={fullName} at={personId} size={say("signatureSize")} picture={of(personId)} />
        ))}
      </div>
      <div class="narrow">
        <Card title={say("newPicture")}>
          <Form frame={frame} action={path} files once>
            <SelectField
              name="holder"
              label={say("pictureHolder")}
              options={[
                { value: "seal", label: say("sealPicture") },
                ...signers.map(({ personId, fullName }) => ({ value: personId as string, label: fullName })),
              ]}
              value={holder}
              fault={faultAt(faults, "holder")}
            />
            <FileField
              name="file"
              label={say("pictureFile")}
              hint={say("pictureHint")}
              accept="image/png"
              fault={faultAt(faults, "file")}
            />
            <Button>{say("keepPicture")}</Button>
          </Form>
        </Card>
      </div>
    </AdminPage>
  );
};

type CardProps = {
  readonly frame: Frame;
  readonly name: string;
  readonly at: string;
  readonly size: string;
  readonly picture: PictureView | undefined;
};

const PictureCard = ({ frame, name, at, size, picture }: CardProps) => {
  const { say } = speechIn(frame.language);
  if (picture === undefined) {
    return (
      <Card title={name}>
        <p>{say("pictureNone")}</p>
        <p class="hint">{size}</p>
      </Card>
    );
  }
  const { widthPx: width, heightPx: height, keptAt } = picture;
  return (
    <Card title={name}>
      <img class="ink" src={`${path}/${at}`} width={width} height={height} alt={say("pictureOf", { name })} />
      <p class="hint">{say("pictureFacts", { width, height, at: shortTimeText(keptAt, frame.language) })}</p>
      <p class="hint">{size}</p>
    </Card>
  );
};
