import { type ConfirmableField, confirmableFields } from "../../../core/paper-fields.ts";
import { Fold } from "../../design/content.tsx";
import { CheckGroup } from "../../design/field.tsx";
import type { DossierView } from "../../officials/world.ts";
import type { Speech } from "./handled.tsx";

type Props = {
  readonly view: DossierView;
  readonly speech: Speech;
  readonly ticked: readonly ConfirmableField[];
};

/** Behind the button and folded: who needs no fields confirmed passes it by with one key. */
export const FieldsConfirmed = ({ view, speech: { say }, ticked }: Props) => {
  const told = confirmableFields.flatMap((field) => {
    const value = view.dossier[field];
    return value === null ? [] : [{ value: field, label: say(`field_${field}`, { value }) }];
  });
  return (
    <Fold title={say("fieldsTitle")}>
      <CheckGroup name="fields" label={say("fieldsLabel")} hint={say("fieldsHint")} options={told} values={ticked} />
    </Fold>
  );
};
