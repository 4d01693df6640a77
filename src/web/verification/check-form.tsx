import type { VerificationCode } from "../../core/verification-code.ts";
import type { Speech } from "./speech.ts";

/**
 * Sends a PDF for checking. Under a code's own page the code goes along unseen; elsewhere it may be typed.
 * An ordinary form: no script takes part.
 */
export const CheckForm = ({ speech, code }: { speech: Speech; code: VerificationCode | null }) => (
  <form method="post" action={`/verify?lang=${speech.language}`} enctype="multipart/form-data">
    <p id="lead">{speech.say("checkLead")}</p>
    <label for="file">{speech.say("checkFile")}</label>
    <input id="file" name="file" type="file" accept="application/pdf,.pdf" required aria-describedby="lead" />
    {code === null ? <CodeField speech={speech} /> : <input type="hidden" name="code" value={code} />}
    <button type="submit">{speech.say("checkButton")}</button>
  </form>
);

const CodeField = ({ speech }: { speech: Speech }) => (
  <>
    <label for="code">{speech.say("checkCode")}</label>
    <p class="hint" id="code-hint">
      {speech.say("checkCodeHint")}
    </p>
    <input
      id="code"
      name="code"
      type="text"
      maxlength={64}
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
      aria-describedby="code-hint"
    />
  </>
);
