import type { Child } from "hono/jsx";
import type { Dossier } from "../../../core/dossier.ts";
import type { ActElsewhere } from "../../../usecases/sign-elsewhere.ts";
import { TextField } from "../../design/field.tsx";
import { Buttons } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { speaker } from "../../design/speech.ts";
import { agentEn } from "../../words/signing-agent.en.ts";
import { type AgentWord, agentVi } from "../../words/signing-agent.vi.ts";

export const agentSpeech = speaker({ vi: agentVi, en: agentEn });

type AgentFormProps = {
  readonly frame: Frame;
  /** Address of the agent: on loopback, so the person's own computer. */
  readonly agent: string;
  /** Null on the page that only checks. */
  readonly act: { readonly name: ActElsewhere } | null;
  /** Of one dossier; a list has checkboxes instead. */
  readonly dossier?: Pick<Dossier, "id" | "title" | "electronicCopies">;
  readonly children?: Child;
};

const states: readonly AgentWord[] = [
  ...(["agent_working", "agent_ready", "agent_waiting", "agent_signing", "agent_done", "agent_unreachable"] as const),
  ...(["agent_broken", "agent_old", "agent_many"] as const),
  ...(["agent_origin_refused", "agent_pairing_wrong", "agent_binding_missing", "agent_module_missing"] as const),
  ...(["agent_token_absent", "agent_refused", "agent_none", "agent_failed", "agent_other"] as const),
];

/**
 * Signing with a token at the person's own computer: the script brings what is to be signed to the token agent and the value
 * back. The PIN is asked by the agent, on its own page: this form has no place for it.
 */
export const AgentForm = ({ frame, agent, act, dossier, children }: AgentFormProps) => {
  const { say } = agentSpeech(frame.language);
  return (
    <form
      method="post"
      data-agent={agent}
      data-act={act?.name}
      data-dossier={dossier?.id}
      data-title={dossier?.title}
      data-copies={dossier?.electronicCopies}
      data-csrf={frame.csrfToken}
      novalidate
    >
      <p>{say("agentLead")}</p>
      {children}
      <TextField
        name="pairing"
        label={say("agentPairing")}
        hint={say("agentPairingHint")}
        autocomplete="off"
        maxlength={64}
      />
      <noscript>
        <p class="fault">{say("agentNoScript")}</p>
      </noscript>
      <div role="status">
        {states.map((state) => (
          <p data-agent-state={state.slice("agent_".length)} hidden>
            {say(state)}
          </p>
        ))}
        <ul data-agent-faults hidden />
      </div>
      <p data-agent-count hidden>
        <progress aria-label={say("agentCount")} /> <span />
      </p>
      <p data-agent-open hidden>
        <a class="button" target="_blank" rel="noopener noreferrer" href={agent}>
          {say("agentOpen")}
        </a>
      </p>
      <Buttons>
        {act !== null && (
          <button type="submit" class="button">
            {say("agentSign")}
          </button>
        )}
        <button type="button" class="button quiet" data-agent-check>
          {say("agentCheck")}
        </button>
      </Buttons>
    </form>
  );
};
