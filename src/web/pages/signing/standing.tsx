import { type DossierStatus, mayFollow } from "../../../core/stages.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { SummaryList } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import type { Tone } from "../../design/icons.tsx";
import { Page } from "../../design/page.tsx";
import { dayText, shortTimeText } from "../../design/time.ts";
import { Notice, Verdict } from "../../design/verdict.tsx";
import { wordsOf } from "../../problem.ts";
import type { SigningWord } from "../../words/signing.vi.ts";
import { Facts } from "./facts.tsx";
import { addressOf, numberFills, type Speech, speechIn } from "./speech.ts";
import type { DeskView } from "./world.ts";

type Stand = readonly [tone: Tone, badge: SigningWord, sentence: SigningWord, next: SigningWord];

const early: Stand = ["neutral", "badgeWaiting", "standEarly", "standEarlyNext"];
const stands: Readonly<Record<DossierStatus, Stand>> = {
  received: early,
  read: early,
  attested: ["neutral", "badgeWaiting", "standAttested", "standAttestedNext"],
  numbered: ["care", "badgeWaiting", "standNumbered", "standNumberedNext"],
  person_signed: ["good", "badgeGood", "standPersonSigned", "standPersonSignedNext"],
  sealed: ["good", "badgeGood", "standSealed", "standSealedNext"],
  logged: ["good", "badgeGood", "standSealed", "standSealedNext"],
  released: ["good", "badgeGood", "standReleased", "standReleasedNext"],
  refused: ["bad", "badgeStopped", "standRefused", "standRefusedNext"],
  voided: ["bad", "badgeStopped", "standVoided", "standVoidedNext"],
  reused: ["neutral", "badgeStopped", "standReused", "standReusedNext"],
  handed_over: ["good", "badgeGood", "standHandedOver", "standHandedOverNext"],
  withdrawn: ["neutral", "badgeStopped", "standWithdrawn", "standWithdrawnNext"],
};

export type StandingProps = {
  readonly frame: Frame;
  readonly view: DeskView;
  /** Another dossier that waits for the same hand. */
  readonly onward?: { readonly word: SigningWord; readonly href: string } | undefined;
  /** Of the attempt that brought it here, as when the printed date has passed. */
  readonly failure?: Failure | null;
};

/** Where the dossier stands and what comes next: after an act, and instead of a form that does not fit any more. */
export const StandingPage = ({ frame, view, onward, failure = null }: StandingProps) => {
  const speech = speechIn(frame.language);
  const [tone, badge, sentence, next] = stands[view.dossier.status];
  const fills = { ...numberFills(view.line), day: view.line === null ? "…" : dayText(view.line.printedOn) };
  const said = speech.say(sentence, fills);
  return (
    <Page frame={frame} title={said} scripts={["app"]}>
      {failure !== null && <WhyHere frame={frame} failure={failure} />}
      <Verdict tone={tone} badge={speech.say(badge)} sentence={said} next={speech.say(next, fills)}>
        {view.dossier.status === "voided" && <WhyVoided speech={speech} view={view} />}
      </Verdict>
      <Onward frame={frame} view={view} onward={onward} />
      <Facts speech={speech} view={view} />
      {mayVoid(frame, view) && (
        <p>
          <a class="way-back" href={`${addressOf(view.dossier)}/void`}>
            {speech.say("voidInstead")}
          </a>
        </p>
      )}
    </Page>
  );
};

const mayVoid = ({ person }: Frame, { dossier }: DeskView): boolean =>
  mayFollow(dossier.status, "voided") && person?.roles.includes("signer") === true;

const WhyHere = ({ frame, failure }: { frame: Frame; failure: Failure }) => {
  const { title, detail } = wordsOf(failure, frame.language);
  return (
    <Notice tone="care" title={title}>
      <p>{detail}</p>
    </Notice>
  );
};

/** Where to go from here, what is nearest first. */
const Onward = ({ frame, view, onward }: StandingProps) => {
  const { say } = speechIn(frame.language);
  const { status } = view.dossier;
  return (
    <Buttons>
      {(status === "sealed" || status === "logged") && (
        <LinkButton href={frame.address} look="quiet" starts={onward === undefined}>
          {say("lookAgain")}
        </LinkButton>
      )}
      {status === "released" && <LinkButton href={`${addressOf(view.dossier)}/copy`}>{say("toCopy")}</LinkButton>}
      {onward !== undefined && (
        <LinkButton href={onward.href} look={status === "released" ? "quiet" : "main"} starts>
          {say(onward.word)}
        </LinkButton>
      )}
      <LinkButton href="/queue" look="quiet">
        {say("toQueue")}
      </LinkButton>
    </Buttons>
  );
};

const WhyVoided = ({ speech, view }: { speech: Speech; view: DeskView }) => {
  const { say, language } = speech;
  const { line } = view;
  if (line === null || line.voidReason === null) return null;
  const { voidReason, voidedByName, voidedAt } = line;
  const by = [voidedByName, voidedAt && shortTimeText(voidedAt, language)].filter(Boolean).join(", ");
  return (
    <SummaryList
      rows={[
        [say("voidReason"), voidReason === "year_changed" ? say("yearChanged") : voidReason],
        [say("voidedBy"), by],
      ]}
    />
  );
};
