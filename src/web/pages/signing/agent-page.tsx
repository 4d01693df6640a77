import { Card } from "../../design/content.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { guardedPage, type Route } from "../../route.ts";
import { AgentForm, agentSpeech } from "./agent-form.tsx";
import type { DeskWorld } from "./world.ts";

/** `/token-agent`: tells in plain words whether the program at this computer answers, and if not, why. */
export const agentPages = (world: DeskWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/token-agent",
    demands: ["signer", "clerk"],
    handle: (c, person) => {
      c.set("agentAddress", world.agentAddress);
      return c.html(<AgentPage frame={personFrame(c, person)} agent={world.agentAddress} />);
    },
  }),
];

const AgentPage = ({ frame, agent }: { frame: Frame; agent: string }) => {
  const { say } = agentSpeech(frame.language);
  const title = say("agentPageTitle");
  return (
    <Page frame={frame} title={title} scripts={["app", "agent"]}>
      <h1>{title}</h1>
      <p>{say("agentPageLead")}</p>
      <p>
        <a href={`${agent}/`} target="_blank" rel="noopener noreferrer">
          {say("agentPageOpen")}
        </a>
      </p>
      <Card>
        <AgentForm frame={frame} agent={agent} act={null} />
      </Card>
    </Page>
  );
};
