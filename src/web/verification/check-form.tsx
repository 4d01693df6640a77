import { FileField, TextField } from "../design/field.tsx";
import { Button } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import type { Speech } from "./speech.ts";

type CheckFormProps = { readonly speech: Speech; readonly frame: Frame; readonly code: string | null };

const sentToService = ({ language }: Speech) =>
  ({ method: "post", action: `/verify?lang=${language}`, enctype: "multipart/form-data" }) as const;

/** The page's policy lets no form go anywhere; the script hands the file to the worker. */
const handedToWorker = { "data-here": "" };

/**
 * Sends PDFs for checking. Under a code's own page the code goes along unseen; elsewhere it may be typed.
 * An ordinary form: no script takes part, and nobody is signed in, so there is no token.
 */
export const CheckForm = ({ speech, frame, code }: CheckFormProps) => (
  <form {...(frame.here ? handedToWorker : sentToService(speech))}>
    {code !== null && <input type="hidden" name="code" value={code} />}
    <FileField
      name="file"
      label={speech.say("checkFile")}
      hint={speech.say(hintOf(frame, code))}
      multiple={code === null}
      accept="application/pdf,.pdf"
    />
    {code === null && <CodeField speech={speech} />}
    <Button>{speech.say("checkButton")}</Button>
  </form>
);

/** Under a code's own page there is one file to check: the copy that carries it. */
function hintOf({ here }: Frame, code: string | null) {
  if (code !== null) return here ? "checkLeadHereOne" : "checkLeadOne";
  return here ? "checkLeadHere" : "checkLead";
}

const CodeField = ({ speech }: { speech: Speech }) => (
  <TextField
    name="code"
    label={speech.say("checkCode")}
    hint={speech.say("checkCodeHint")}
    maxlength={640}
    required={false}
  />
);
