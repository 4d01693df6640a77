import type { Context } from "hono";
import type { Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { LookedUp } from "../../usecases/look-up-state.ts";
import { Card, SummaryList } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { TextField } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { speaker } from "../design/speech.ts";
import { Steps } from "../design/steps.tsx";
import { shortTimeText, waitText } from "../design/time.ts";
import { typedFields } from "../forms/typed-fields.ts";
import { statusOf } from "../problem.ts";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { lookupEn } from "../words/lookup.en.ts";
import { lookupVi } from "../words/lookup.vi.ts";
import { DigitsField } from "./digits-field.tsx";
import { speechIn as citizenSpeech } from "./pages.tsx";
import { stepsOf, tellingOf } from "./standing.ts";

const speechIn = speaker({ vi: lookupVi, en: lookupEn });

export type FoundSubmission = LookedUp & { readonly agencyName: string };

export type LookupDoor = {
  /** An unknown code and wrong digits are one answer; counted against the address and the code. */
  readonly lookUp: (
    c: Context<WebEnv>,
    code: string,
    digits: string,
  ) => Promise<Result<readonly FoundSubmission[], Failure>>;
};

/** `/look-up`: the code of the slip and the four digits, for who lost the link. By POST: neither stands in an address. */
export const lookupRoutes = (door: LookupDoor): readonly Route[] => [
  publicPage({
    method: "GET",
    path: "/look-up",
    handle: (c) => c.html(<LookupPage frame={publicFrame(c)} typed="" faults={[]} found={[]} />),
  }),
  publicPage({ method: "POST", path: "/look-up", bodyLimitBytes: 4096, handle: (c) => lookUp(c, door) }),
];

async function lookUp(c: Context<WebEnv>, door: LookupDoor): Promise<Response> {
  const { say, language } = speechIn(c.var.language);
  const form = await typedFields(c);
  const [code = "", digits = ""] = ["code", "digits"].map((name) => (form.get(name) ?? "").trim().slice(0, 60));
  const again = (faults: readonly Fault[], status: number) =>
    c.html(<LookupPage frame={publicFrame(c)} typed={code} faults={faults} found={[]} />, status as 400);
  const faults = [
    ...(code === "" ? [{ field: "code", says: say("codeFault") }] : []),
    ...(/^\d{4}$/.test(digits) ? [] : [{ field: "digits", says: citizenSpeech(language).say("digitsFault") }]),
  ];
  if (faults.length > 0) return again(faults, 400);
  const found = await door.lookUp(c, code, digits);
  if (found.ok) return c.html(<LookupPage frame={publicFrame(c)} typed="" faults={[]} found={found.value} />);
  const { failure } = found;
  if (failure.code !== "throttled") return again([{ field: "code", says: say("unknown") }], 404);
  c.header("retry-after", String(failure.retryAfterSeconds));
  const wait = waitText(failure.retryAfterSeconds, language);
  return again([{ field: "code", says: say("throttled", { wait }) }], statusOf.throttled);
}

type LookupProps = {
  readonly frame: Frame;
  readonly typed: string;
  readonly faults: readonly Fault[];
  /** Empty before anything was found. */
  readonly found: readonly FoundSubmission[];
};

const LookupPage = ({ frame, typed, faults, found }: LookupProps) => {
  const { say } = speechIn(frame.language);
  return (
    <Page frame={frame} title={say("title")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("title")}</h1>
      {found.map((one) => (
        <Found frame={frame} found={one} />
      ))}
      {found.length === 0 && (
        <>
          <p>{say("lead")}</p>
          <Card>
            <Form frame={frame} action="/look-up">
              <TextField
                name="code"
                label={say("code")}
                hint={say("codeHint")}
                value={typed}
                maxlength={60}
                fault={faultAt(faults, "code")}
              />
              <DigitsField language={frame.language} faults={faults} />
              <Button>{say("look")}</Button>
            </Form>
          </Card>
        </>
      )}
      <p class="hint">{say("noLink")}</p>
    </Page>
  );
};

function sentenceOf({ lostValue, ...paper }: FoundSubmission["papers"][number]) {
  const annulment = lostValue && { kind: lostValue, successor: null };
  return tellingOf({ ...paper, annulment, isErased: false }).sentence;
}

const Found = ({ frame, found }: { frame: Frame; found: FoundSubmission }) => {
  const { say } = speechIn(frame.language);
  const own = citizenSpeech(frame.language);
  return (
    <>
      <SummaryList
        rows={[
          [say("code"), found.code],
          [own.say("agency"), found.agencyName],
          [own.say("openedAt"), shortTimeText(found.openedAt, frame.language)],
        ]}
      />
      {found.papers.map((paper, i) => (
        <Card title={say("paper", { nth: i + 1, count: found.papers.length })}>
          <p>
            <b>{own.say(sentenceOf(paper))}</b>
          </p>
          <Steps language={frame.language} steps={stepsOf(paper.status, own.say)} />
        </Card>
      ))}
    </>
  );
};
