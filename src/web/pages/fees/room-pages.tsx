import { netOf, sumOfDays, type UnevenFee } from "../../../core/fee-totals.ts";
import type { Period } from "../../../core/register-print.ts";
import { Card, Table } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText, shortTimeText } from "../../design/time.ts";
import { dongText } from "../receiving/money.ts";
import type { FeeMonth, UnpaidFees } from "./room-world.ts";
import { feesRoomSpeech } from "./speech.ts";

type MonthProps = {
  readonly frame: Frame;
  readonly month: Period;
  readonly before: Period;
  /** Null: it has not begun. */
  readonly after: Period | null;
  readonly told: FeeMonth;
};

const monthText = (month: Period): string => month.split("-").toReversed().join("/");

/** `/fees/months/<month>`: what came in by day and way, beside what the register says. */
export const MonthPage = (props: MonthProps) => {
  const { frame, month, before, after, told } = props;
  const { say } = feesRoomSpeech(frame.language);
  const path = `/fees/months/${month}`;
  return (
    <Page frame={frame} title={`${say("title")}, ${monthText(month)}`} wide scripts={["app"]}>
      <h1>{say("title")}</h1>
      <Ways frame={frame} />
      <Around frame={frame} month={month} before={before} after={after} />
      {told.days.length === 0 ? <p class="nothing">{say("noTotals")}</p> : <Totals {...props} />}
      {told.waivedDong > 0 && <p>{say("waivedLine", { amount: dongText(told.waivedDong) })}</p>}
      {told.days.length > 0 && told.uneven.length === 0 && <p>{say("differencesNone")}</p>}
      {told.uneven.length > 0 && <Uneven caption={say("differencesTitle")} fees={told.uneven} frame={frame} />}
      <Card title={say("files")}>
        <Buttons>
          <LinkButton href={`${path}/entries.csv`} look="quiet">
            {say("csv")}
          </LinkButton>
          <LinkButton href={`${path}/entries.xlsx`} look="quiet">
            {say("xlsx")}
          </LinkButton>
        </Buttons>
      </Card>
    </Page>
  );
};

/** To the other pages of the money, for whose they are. */
const Ways = ({ frame }: Pick<MonthProps, "frame">) => {
  const { say } = feesRoomSpeech(frame.language);
  const roles = frame.person?.roles ?? [];
  return (
    <Buttons>
      <LinkButton href="/fees/unpaid" look="quiet">
        {say("toUnpaid")}
      </LinkButton>
      {roles.includes("receiver") && (
        <LinkButton href="/fees/statements" look="quiet">
          {say("toStatements")}
        </LinkButton>
      )}
      {roles.includes("administrator") && (
        <LinkButton href="/admin/fees" look="quiet">
          {say("toSettings")}
        </LinkButton>
      )}
    </Buttons>
  );
};

const Around = ({ frame, month, before, after }: Omit<MonthProps, "told">) => {
  const { say } = feesRoomSpeech(frame.language);
  return (
    <nav class="between" aria-label={say("month", { month: monthText(month) })}>
      <a class="way-back" href={`/fees/months/${before}`}>
        {say("monthBefore")}
      </a>
      <b>{say("month", { month: monthText(month) })}</b>
      {after === null ? (
        <span />
      ) : (
        <a class="way-back" href={`/fees/months/${after}`}>
          {say("monthAfter")}
        </a>
      )}
    </nav>
  );
};

const Totals = ({ frame, told }: MonthProps) => {
  const { say } = feesRoomSpeech(frame.language);
  const { days } = told;
  const columns = [
    "day",
    "cash",
    "transfer",
    "reversed",
    "givenBack",
    "receipts",
    "net",
    "register",
    "difference",
  ] as const;
  const cells = (totals: Omit<(typeof days)[number], "day">) => [
    signed(totals.cashDong),
    signed(totals.transferDong),
    signed(totals.reversedDong),
    signed(totals.givenBackDong),
    totals.receipts,
    signed(netOf(totals)),
    signed(totals.registerDong),
    signed(netOf(totals) - totals.registerDong),
  ];
  return (
    <>
      <Table
        caption={say("totalsTitle")}
        columns={columns.map((word) => ({ label: say(word), number: word !== "day" }))}
        rows={[
          ...days.map((day) => [<span class="number">{dayText(day.day)}</span>, ...cells(day)]),
          [<b>{say("all")}</b>, ...cells(sumOfDays(days)).map((cell) => <b>{cell}</b>)],
        ]}
      />
      <p class="hint">{say("totalsHint")}</p>
    </>
  );
};

const signed = (dong: number): string => (dong < 0 ? `−${dongText(-dong)}` : dongText(dong));

type UnevenProps = { readonly frame: Frame; readonly caption: string; readonly fees: readonly UnevenFee[] };

const Uneven = ({ frame, caption, fees }: UnevenProps) => {
  const { say } = feesRoomSpeech(frame.language);
  const columns = ["dossier", "applicant", "received", "left", "take"] as const;
  return (
    <div class="listed">
      <Table
        caption={caption}
        columns={columns.map((word) => ({ label: say(word), number: word === "left" }))}
        rows={fees.map((fee) => [
          <>
            <a href={`/dossiers/${fee.dossierId}`}>{fee.code}</a>
            {fee.isDone && <span class="hint">{say("done")}</span>}
          </>,
          <>
            {fee.applicantName}
            <span class="hint">{fee.contact ?? say("noContact")}</span>
          </>,
          <span class="number">{shortTimeText(fee.openedAt, frame.language)}</span>,
          fee.outstandingDong > 0
            ? dongText(fee.outstandingDong)
            : say("giveBack", { amount: dongText(-fee.outstandingDong) }),
          <a href={`/dossiers/${fee.dossierId}/fee`}>
            {say("take")}
            <span class="hidden"> {fee.code}</span>
          </a>,
        ])}
      />
    </div>
  );
};

/** `/fees/unpaid`: who has something to pay, or to get back. */
export const UnpaidPage = ({ frame, told }: { readonly frame: Frame; readonly told: UnpaidFees }) => {
  const { say } = feesRoomSpeech(frame.language);
  const { fees, from, upTo, isCut, earlier } = told;
  return (
    <Page frame={frame} title={say("unpaidTitle")} wide scripts={["app"]}>
      <a class="way-back" href="/fees">
        ‹ {say("back")}
      </a>
      <h1>{say("unpaidTitle")}</h1>
      <p>{say("unpaidLead", { from: dayText(from), upTo: dayText(upTo) })}</p>
      {fees.length === 0 ? (
        <p class="nothing">{say("unpaidNone")}</p>
      ) : (
        <Uneven caption={say("unpaidTitle")} fees={fees} frame={frame} />
      )}
      {isCut && <p class="hint">{say("unpaidCut", { count: fees.length })}</p>}
      {earlier !== null && (
        <a href={`/fees/unpaid?upTo=${earlier}`}>{say("unpaidEarlier", { day: dayText(earlier) })}</a>
      )}
    </Page>
  );
};
