import { Card } from "../design/content.tsx";
import { TextField } from "../design/field.tsx";
import { Button, Buttons } from "../design/form.tsx";
import type { Language } from "../language.ts";
import { reportSpeech } from "./report-text.ts";

/** The signed answer that travels with the page, or why there is none. */
export type ReportOffer = { readonly is: "signed"; readonly envelope: string } | { readonly is: "no_key" | "too_long" };

const reasonWord = { no_key: "pageNoKey", too_long: "pageTooLong" } as const;

/** What was found is held by nobody but the visitor: the form carries it, signed, and brings it back for the PDF. */
export const ReportCard = ({ language, offer }: { language: Language; offer: ReportOffer }) => {
  const { say } = reportSpeech(language);
  return (
    <Card title={say("pageTitle")}>
      {offer.is === "signed" ? (
        <form method="post" action={`/verify/report?lang=${language}`}>
          <p>{say("pageLead")}</p>
          <input type="hidden" name="report" value={offer.envelope} />
          <TextField name="by" label={say("pageBy")} hint={say("pageByHint")} maxlength={200} required={false} />
          <Buttons>
            <Button name="as" value="pdf">
              {say("pagePdf")}
            </Button>
            <Button look="quiet" name="as" value="json">
              {say("pageJson")}
            </Button>
          </Buttons>
        </form>
      ) : (
        <p class="hint">{say(reasonWord[offer.is])}</p>
      )}
    </Card>
  );
};
