import { z } from "zod";
import type { StatementColumns } from "../../../core/statement.ts";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import type { SpeechOf } from "../../design/speech.ts";
import type { Typed } from "../../forms/read-form.ts";
import type { FeesAdminWord } from "../../words/fees-admin.vi.ts";

const name = z
  .string()
  .max(100)
  .regex(/^[^\0]*$/)
  .default("");

/** All may stay empty: then the usual names are looked for. */
export const ColumnsForm = z.object({ day: name, amount: name, content: name, reference: name });

const words = {
  day: "columnDay",
  amount: "columnAmount",
  content: "columnContent",
  reference: "columnReference",
} as const;

type Props = {
  readonly frame: Frame;
  readonly speech: SpeechOf<FeesAdminWord>;
  readonly action: string;
  readonly columns: StatementColumns;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

/** What the columns of the bank's statements are called, once. FEE-7. */
export const ColumnsCard = ({ frame, speech: { say }, action, columns, typed, faults }: Props) => (
  <Card title={say("columnsTitle")}>
    <p>{say("columnsLead")}</p>
    <Form frame={frame} action={action} once>
      {(["day", "amount", "content", "reference"] as const).map((column) => (
        <TextField
          name={column}
          label={say(words[column])}
          value={typed[column] ?? columns[column]}
          maxlength={100}
          required={false}
          fault={faultAt(faults, column)}
        />
      ))}
      <Button>{say("columnsButton")}</Button>
    </Form>
  </Card>
);

export const columnLabels = (say: (word: FeesAdminWord) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(words).map(([column, word]) => [column, say(word)]));
