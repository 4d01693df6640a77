import { Card, SummaryList } from "../../design/content.tsx";
import { Button, Buttons, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Notice } from "../../design/verdict.tsx";
import { remoteSpeech } from "./remote-form.tsx";
import { pageOf, type RemoteVisit } from "./remote-world.ts";
import { numberFills, speechIn } from "./speech.ts";

type VisitPageProps = { readonly frame: Frame; readonly visit: RemoteVisit };

/** Where the person is on the way: to go there, to finish, or why it is over. */
export const VisitPage = ({ frame, visit }: VisitPageProps) => {
  const { say } = remoteSpeech(frame.language);
  const title = say(titles[visit.act]);
  const { number, book } = numberFills(visit.line);
  return (
    <Page frame={frame} title={title} scripts={["app"]}>
      <h1>{title}</h1>
      <SummaryList
        rows={[
          ...(visit.line === null
            ? []
            : ([
                [say("visitNumber"), number],
                [say("visitBook"), book],
              ] as const)),
          [say("visitService"), visit.service],
        ]}
      />
      <Step frame={frame} visit={visit} />
    </Page>
  );
};

const titles = { sign: "visitSignTitle", seal: "visitSealTitle", notice: "visitNoticeTitle" } as const;

const Step = ({ frame, visit }: VisitPageProps) => {
  const { say } = remoteSpeech(frame.language);
  if (visit.page !== null) {
    return (
      <Card title={say("waitingTitle")}>
        <p>{say(visit.act === "notice" ? "waitingNoticeLead" : "waitingLead", { service: visit.service })}</p>
        <p>
          <a class="button" href={visit.page} rel="noreferrer">
            {say("waitingGo")}
          </a>
        </p>
        <p class="hint">{say(visit.act === "notice" ? "waitingNoticeHint" : "waitingHint")}</p>
      </Card>
    );
  }
  if (visit.state === "agreed") {
    return (
      <Card title={say("agreedTitle")}>
        <Form frame={frame} action={`/remote-visits/${visit.id}`} once>
          <p>{say(visit.act === "notice" ? "agreedNoticeLead" : "agreedLead")}</p>
          <Button starts>{say("agreedFinish")}</Button>
          <p class="hint">{speechIn(frame.language).say("takesTime")}</p>
        </Form>
      </Card>
    );
  }
  return <Over frame={frame} visit={visit} />;
};

const endings = {
  refused: ["refusedTitle", "refusedNext"],
  late: ["lateTitle", "lateNext"],
  used: ["usedTitle", "usedNext"],
  waiting: ["goneTitle", "goneNext"],
  agreed: ["goneTitle", "goneNext"],
} as const;

const Over = ({ frame, visit }: VisitPageProps) => {
  const { say } = remoteSpeech(frame.language);
  const [title, next] = endings[visit.state];
  return (
    <>
      <Notice tone="care" title={say(title)}>
        <p class="next">{say(visit.act === "notice" ? "noticeNext" : next)}</p>
      </Notice>
      <Buttons>
        <LinkButton href={`/dossiers/${visit.dossierId}/${pageOf[visit.act]}`}>{say("toDossier")}</LinkButton>
      </Buttons>
    </>
  );
};
