import { z } from "zod";
import { dispatchSpeech } from "../../citizens/letter.tsx";
import { Card, SummaryList } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Notice } from "../../design/verdict.tsx";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { guardedPage, type Route } from "../../route.ts";
import { areasSpeech } from "../areas/page.tsx";
import { absenceSpeech } from "../mandates/absences-page.tsx";
import { receptionsSpeech } from "../receptions/page.tsx";
import { AdminPage, doneAt } from "./shell.tsx";
import { faultOf, speechIn, statusOfFailure } from "./speech.ts";
import { stepTimesSpeech } from "./step-times.tsx";
import type { AdministrationWorld, AgencyView } from "./world.ts";

const path = "/admin/agency";

const Agency = z.object({
  name: z.string().min(1).max(200),
  province: z.string().min(1).max(100),
  code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,31}$/),
});

export const agencyPages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["administrator"],
    handle: async (c, person) => {
      const agency = await world.agency(person);
      const { name, province, code } = agency;
      return c.html(<AgencyPage frame={personFrame(c, person)} agency={agency} typed={{ name, province, code }} />);
    },
  }),
  guardedPage({
    method: "POST",
    path,
    demands: ["administrator"],
    handle: async (c, person) => {
      const { language } = c.var;
      const { say } = speechIn(language);
      const labels = { name: say("agencyName"), province: say("province"), code: say("agencyCode") };
      const form = await readForm(c, Agency);
      const again = async (faults: readonly Fault[], status: 400 | 403 | 409 | 422 | 429) => {
        const agency = await world.agency(person);
        const page = <AgencyPage frame={personFrame(c, person)} agency={agency} typed={form.typed} faults={faults} />;
        return c.html(page, status);
      };
      if (!form.ok) return again(faultsInWords(form.faults, labels, language), 400);
      const kept = await world.changeAgency(form.value, person);
      if (kept.ok) return c.redirect(doneAt(path, "saved"), 303);
      return again([faultOf(kept.failure, language, Object.keys(labels))], statusOfFailure(kept.failure));
    },
  }),
];

type Props = {
  readonly frame: Frame;
  readonly agency: AgencyView;
  readonly typed: Typed;
  readonly faults?: readonly Fault[];
};

const AgencyPage = ({ frame, agency, typed, faults = [] }: Props) => {
  const { say } = speechIn(frame.language);
  const { name, province, code } = agency;
  const told = agency.fixed
    ? ([
        [say("agencyName"), name],
        [say("province"), province],
        [say("agencyCode"), code],
      ] as const)
    : [];
  return (
    <AdminPage frame={frame} title={say("agencyTitle")} faults={faults} wide={false}>
      {agency.fixed && (
        <Notice tone="neutral" title={say("agencyFixedTitle")}>
          <p>{faultOf({ code: "agency_fixed" }, frame.language, []).says}</p>
        </Notice>
      )}
      <Card>
        <SummaryList
          rows={[
            ...told,
            [say("place"), agency.place],
            [say("suffix"), agency.suffix],
            [say("agencyId"), <span class="address">{agency.id}</span>],
            [say("factMode"), say(agency.development ? "modeDevelopment" : "modeProduction")],
          ]}
        />
      </Card>
      <p>
        <a href="/admin/areas">{areasSpeech(frame.language).say("title")}</a>
      </p>
      <p>
        <a href="/admin/receptions">{receptionsSpeech(frame.language).say("title")}</a>
      </p>
      <p>
        <a href="/admin/receiving-account">{say("feeAccountTitle")}</a>
      </p>
      <p>
        <a href="/admin/comparing-policy">{absenceSpeech(frame.language).say("policyTitle")}</a>
      </p>
      <p>
        <a href="/admin/step-times">{stepTimesSpeech(frame.language).say("title")}</a>
      </p>
      <p>
        <a href="/admin/dispatch">{dispatchSpeech(frame.language).say("policyTitle")}</a>
      </p>
      {!agency.fixed && <AgencyForm frame={frame} typed={typed} faults={faults} />}
    </AdminPage>
  );
};

const AgencyForm = ({ frame, typed, faults }: { frame: Frame; typed: Typed; faults: readonly Fault[] }) => {
  const { say } = speechIn(frame.language);
  return (
    <Card>
      <Form frame={frame} action={path} once>
        <TextField
          name="name"
          label={say("agencyName")}
          hint={say("agencyNameHint")}
          value={typed["name"]}
          maxlength={200}
          fault={faultAt(faults, "name")}
        />
        <TextField
          name="province"
          label={say("province")}
          value={typed["province"]}
          maxlength={100}
          fault={faultAt(faults, "province")}
        />
        <TextField
          name="code"
          label={say("agencyCode")}
          hint={say("agencyCodeHint")}
          value={typed["code"]}
          look="short"
          maxlength={32}
          fault={faultAt(faults, "code")}
        />
        <Button>{say("save")}</Button>
      </Form>
    </Card>
  );
};
