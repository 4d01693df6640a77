import type { Context } from "hono";
import { type FeePayment, receiptText } from "../../core/fee-account.ts";
import type { Bytes, Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import { answerPdf } from "../answer-pdf.ts";
import { Card } from "../design/content.tsx";
import { ErrorSummary, type Fault } from "../design/error-summary.tsx";
import { RadioGroup } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { shortTimeText } from "../design/time.ts";
import { typedFields } from "../forms/typed-fields.ts";
import { feesSpeech } from "../pages/fees/speech.ts";
import { dongText } from "../pages/receiving/money.ts";
import { statusOf } from "../problem.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { digitsFaultOf } from "./digits-fault.ts";
import { DigitsField } from "./digits-field.tsx";
import { type CitizenFee, OwnFee } from "./fee-card.tsx";

export type OwnFeeWorld = {
  readonly fee: (secret: string) => Promise<Result<CitizenFee, Failure>>;
  /** The receipt of one payment, after the digits: it names who paid. */
  readonly receipt: (
    secret: string,
    asked: { readonly digits: string; readonly payment: string },
  ) => Promise<Result<Bytes, Failure>>;
};

type Asked = Context<WebEnv, "/c/:secret/fee">;

/** `/c/<secret>/fee`: the fee and its receipts. GET shows sums only and changes nothing. FEE-4. */
export const ownFeeRoutes = (world: OwnFeeWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/c/:secret/fee", handle: (c) => show(c, world, "", null) }),
  publicPage({ method: "POST", path: "/c/:secret/fee", bodyLimitBytes: 4096, handle: (c) => deliver(c, world) }),
];

const pathOf = (c: Asked): string => `/c/${encodeURIComponent(c.req.param("secret"))}`;

async function deliver(c: Asked, world: OwnFeeWorld): Promise<Response> {
  const form = await typedFields(c);
  const [digits = "", payment = ""] = ["digits", "payment"].map((name) => (form.get(name) ?? "").trim());
  if (!/^\d{4}$/.test(digits)) return show(c, world, payment, { code: "malformed_request", field: "digits" });
  const pdf = await world.receipt(c.req.param("secret"), { digits, payment });
  if (pdf.ok) {
    c.header("x-robots-tag", "noindex");
    return answerPdf(c, pdf, "attachment", "bien-lai.pdf");
  }
  const mendable = pdf.failure.code === "wrong_digits" || pdf.failure.code === "throttled";
  return mendable ? show(c, world, payment, pdf.failure) : refuse(c, pdf.failure);
}

async function show(c: Asked, world: OwnFeeWorld, payment: string, failure: Failure | null): Promise<Response> {
  c.header("x-robots-tag", "noindex");
  const fee = await world.fee(c.req.param("secret"));
  if (!fee.ok) return refuse(c, fee.failure);
  if (failure?.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  const faults = failure === null ? [] : [digitsFaultOf(failure, c.var.language)];
  const frame = { ...publicFrame(c), address: `${pathOf(c)}/fee` };
  const page = <OwnFeePage {...{ frame, path: pathOf(c), fee: fee.value, payment, faults }} />;
  return c.html(page, failure === null ? 200 : statusOf[failure.code]);
}

type OwnFeePageProps = {
  readonly frame: Frame;
  readonly path: string;
  readonly fee: CitizenFee;
  /** The receipt that was chosen; empty for the newest. */
  readonly payment: string;
  readonly faults: readonly Fault[];
};

const OwnFeePage = (props: OwnFeePageProps) => {
  const { frame, path, fee, faults } = props;
  const { say } = feesSpeech(frame.language);
  return (
    <Page frame={frame} title={say("ownTitle")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={path}>
        ‹ {say("ownBack")}
      </a>
      <h1>{say("ownTitle")}</h1>
      <Card>
        <OwnFee fee={fee} language={frame.language} />
      </Card>
      {fee.payments.length > 0 && <Receipts {...props} />}
    </Page>
  );
};

const Receipts = ({ frame, path, fee, payment, faults }: OwnFeePageProps) => {
  const { say } = feesSpeech(frame.language);
  const newestFirst = fee.payments.toReversed();
  return (
    <Card title={say("ownReceipts", { count: fee.payments.length })}>
      <Form frame={frame} action={`${path}/fee`}>
        <RadioGroup
          name="payment"
          label={say("ownReceiptWhich")}
          options={newestFirst.map((one) => ({ value: one.id, label: lineOf(one, frame.language) }))}
          value={payment === "" ? newestFirst[0]?.id : payment}
        />
        <DigitsField language={frame.language} faults={faults} />
        <Button>{say("ownReceiptButton")}</Button>
      </Form>
    </Card>
  );
};

function lineOf({ receipt, amountDong, way, at, reversal }: FeePayment, language: Frame["language"]): string {
  const { say } = feesSpeech(language);
  const told = { number: receiptText(receipt), amount: dongText(amountDong), way: say(`way_${way}`) };
  const line = say("ownReceiptOf", { ...told, time: shortTimeText(at, language) });
  return reversal === null ? line : `${line} ${say("ownTakenBack")}`;
}
