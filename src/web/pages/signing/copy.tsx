import type { RegisterLine } from "../../../core/lists.ts";
import { answerPdf } from "../../answer-pdf.ts";
import { Card } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { type QrModules, QrPicture } from "../../design/qr.tsx";
import { Verdict } from "../../design/verdict.tsx";
import { actorOf, onDossier } from "../../officials/answers.ts";
import { refuse } from "../../refusal.tsx";
import { guardedPage, type Route } from "../../route.ts";
import { AnnulledVerdict } from "../annulment/verdict.tsx";
import { Facts } from "./facts.tsx";
import { addressOf, numberFills, type Speech, speechIn } from "./speech.ts";
import { StandingPage } from "./standing.tsx";
import type { DeskView, DeskWorld } from "./world.ts";

/** The released copy for handing over, and the two files of a copy: signed by the person, and sealed. */
export const copyPages = (world: DeskWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/copy",
    demands: ["receiver", "signer", "clerk"],
    handle: async (c, person) => {
      const view = await onDossier(c.req.param("id"), (id) => world.desk(id, actorOf(person)));
      if (!view.ok) return refuse(c, view.failure);
      const { line, verificationLink } = view.value;
      const frame = personFrame(c, person);
      if (line === null || verificationLink === null) return c.html(<StandingPage frame={frame} view={view.value} />);
      const handOn = { link: verificationLink, qr: world.qrOf(verificationLink) };
      return c.html(<CopyPage frame={frame} view={view.value} line={line} handOn={handOn} />);
    },
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/copy.pdf",
    demands: ["receiver", "signer", "clerk"],
    handle: async (c, person) => {
      const isSaved = c.req.query("save") === "yes";
      const copy = await onDossier(c.req.param("id"), (id) => world.sealedCopy(id, actorOf(person)));
      return answerPdf(c, copy, isSaved ? "attachment" : "inline", "ban-sao-chung-thuc.pdf");
    },
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/person-signed.pdf",
    demands: ["signer", "clerk"],
    handle: async (c, person) => {
      const signed = await onDossier(c.req.param("id"), (id) => world.personSigned(id, actorOf(person)));
      return answerPdf(c, signed, "inline", "chua-dong-dau.pdf");
    },
  }),
];

type HandOn = { readonly link: string; readonly qr: QrModules | null };
type CopyPageProps = {
  readonly frame: Frame;
  readonly view: DeskView;
  readonly line: RegisterLine;
  readonly handOn: HandOn;
};

const CopyPage = ({ frame, view, line, handOn }: CopyPageProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const file = `${addressOf(view.dossier)}/copy.pdf`;
  const sentence = say("standReleased", numberFills(line));
  return (
    <Page frame={frame} title={sentence} wide>
      {view.annulment === null ? (
        <Verdict tone="good" badge={say("badgeGood")} sentence={sentence} />
      ) : (
        <AnnulledVerdict frame={frame} line={line} annulment={view.annulment} />
      )}
      <div class="split aside">
        <div class="stack">
          <Card title={say("copyFileTitle")}>
            <Buttons>
              <LinkButton href={`${file}?save=yes`}>{say("copySave")}</LinkButton>
              <LinkButton href={file} look="quiet">
                {say("copyView")}
              </LinkButton>
            </Buttons>
            {view.annulment === null && <p class="hint">{say("copyNote")}</p>}
          </Card>
          <Facts speech={speech} view={view} />
          {view.annulment === null && frame.person?.roles.includes("signer") && (
            <p>
              <a class="way-back" href={`${addressOf(view.dossier)}/annul`}>
                {say("toAnnul")}
              </a>
            </p>
          )}
        </div>
        {view.annulment === null && <HandingOn speech={speech} handOn={handOn} />}
      </div>
    </Page>
  );
};

const HandingOn = ({ speech: { say }, handOn }: { speech: Speech; handOn: HandOn }) => (
  <Card title={say("handOnTitle")}>
    <p>{say("handOn")}</p>
    <p>
      <b>{say("handOnLink")}</b>
      <br />
      <a class="address" href={handOn.link}>
        {handOn.link}
      </a>
    </p>
    {handOn.qr !== null && <QrPicture modules={handOn.qr} says={say("handOnQr")} />}
  </Card>
);
