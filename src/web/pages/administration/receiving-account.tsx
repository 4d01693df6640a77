import { z } from "zod";
import type { ReceivingAccount } from "../../../core/vietqr.ts";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { guardedPage, type Route } from "../../route.ts";
import { AdminPage, doneAt } from "./shell.tsx";
import { speechIn } from "./speech.ts";
import type { AdministrationWorld } from "./world.ts";

const path = "/admin/receiving-account";

const Account = z.object({
  bankBin: z.string().regex(/^\d{6}$/),
  number: z.string().regex(/^[A-Za-z0-9]{1,19}$/),
  holder: z.string().min(1).max(100),
});

/** Where fees are transferred to; slips print it as a VietQR code. LAW 4. */
export const receivingAccountPages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["administrator"],
    handle: async (c, person) => {
      const account = await world.receivingAccount(person);
      return c.html(<AccountPage frame={personFrame(c, person)} account={account} typed={{ ...account }} />);
    },
  }),
  guardedPage({
    method: "POST",
    path,
    demands: ["administrator"],
    handle: async (c, person) => {
      const { language } = c.var;
      const { say } = speechIn(language);
      const form = await readForm(c, Account);
      if (form.ok) {
        await world.enterAccount(form.value, person);
        return c.redirect(doneAt(path, "saved"), 303);
      }
      const labels = { bankBin: say("bankBin"), number: say("accountNumber"), holder: say("accountHolder") };
      const faults = faultsInWords(form.faults, labels, language);
      const account = await world.receivingAccount(person);
      const page = <AccountPage frame={personFrame(c, person)} account={account} typed={form.typed} faults={faults} />;
      return c.html(page, 400);
    },
  }),
];

type Props = {
  readonly frame: Frame;
  readonly account: ReceivingAccount | null;
  readonly typed: Typed;
  readonly faults?: readonly Fault[];
};

const AccountPage = ({ frame, account, typed, faults = [] }: Props) => {
  const { say } = speechIn(frame.language);
  return (
    <AdminPage frame={frame} title={say("feeAccountTitle")} faults={faults} wide={false}>
      <a class="way-back" href="/admin/fees">
        ‹ {say("roomFees")}
      </a>
      <p class="lead">{say(account === null ? "feeAccountNone" : "feeAccountLead")}</p>
      <Card>
        <Form frame={frame} action={path} once>
          <TextField
            name="bankBin"
            label={say("bankBin")}
            hint={say("bankBinHint")}
            value={typed["bankBin"]}
            look="digits"
            maxlength={6}
            fault={faultAt(faults, "bankBin")}
          />
          <TextField
            name="number"
            label={say("accountNumber")}
            value={typed["number"]}
            maxlength={19}
            fault={faultAt(faults, "number")}
          />
          <TextField
            name="holder"
            label={say("accountHolder")}
            value={typed["holder"]}
            maxlength={100}
            fault={faultAt(faults, "holder")}
          />
          <Button>{say("save")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};
