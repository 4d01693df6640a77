import type { VerificationCode } from "../../core/verification-code.ts";
import { FileField, TextField } from "../design/field.tsx";
import { Button } from "../design/form.tsx";
import type { Speech } from "./speech.ts";

/**
 * Sends a PDF for checking. Under a code's own page the code goes along unseen; elsewhere it may be typed.
 * An ordinary form: no script takes part, and nobody is signed in, so there is no token.
 */
export const CheckForm = ({ speech, code }: { speech: Speech; code: VerificationCode | null }) => (
  <form method="post" action={`/verify?lang=${speech.language}`} enctype="multipart/form-data">
    {code !== null && <input type="hidden" name="code" value={code} />}
    <FileField
      name="file"
      label={speech.say("checkFile")}
      hint={speech.say("checkLead")}
      accept="application/pdf,.pdf"
    />
    {code === null && <CodeField speech={speech} />}
    <Button>{speech.say("checkButton")}</Button>
  </form>
);

const CodeField = ({ speech }: { speech: Speech }) => (
  <TextField
    name="code"
    label={speech.say("checkCode")}
    hint={speech.say("checkCodeHint")}
    maxlength={64}
    required={false}
  />
);
