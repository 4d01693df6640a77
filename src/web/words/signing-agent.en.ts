import type { AgentWord } from "./signing-agent.vi.ts";

export const agentEn: Record<AgentWord, string> = {
  agentTitle: "Sign with the USB token at this computer",
  agentLead:
    "The key is on your token. The token agent at this computer shows what will be signed and asks the PIN; the PIN is not sent to this service.",
  agentPairing: "Pairing code",
  agentPairingHint: "The token agent shows it when it starts. Enter it once on this computer.",
  agentSign: "Sign with the token",
  agentCount: "Done so far",
  agentCheck: "Check the token agent",
  agentOpen: "Open the confirmation page to look again and enter the PIN",
  agentNoScript: "Signing with a token needs JavaScript on this page.",
  agentPageTitle: "Check the token agent",
  agentPageLead:
    "The token agent runs at the signer's own computer: npx chungthuc token-agent. This page tells whether it answers, and if not, why.",
  agentPageOpen: "Open the token agent's own page at this computer",
  agent_working: "Working with the token agent…",
  agent_ready: "Token agent and token are ready.",
  agent_waiting: "Waiting for your confirmation on the token agent's page.",
  agent_signing: "The token is signing. Leave this page open and the token plugged in; no further PIN is needed.",
  agent_done: "Signed.",
  agent_broken:
    "The token stopped on the way. What was signed stands; plug the token in again and sign to go on with the rest.",
  agent_old: "The token agent at this computer is too old to sign many at once. Bring it up to date and try again.",
  agent_many: "Too many: one PIN signs 1,200 copies at most. Choose fewer and sign the rest afterwards.",
  agent_unreachable:
    "The token agent at this computer cannot be reached. Start it, check that no antivirus blocks it, and try again.",
  agent_origin_refused: "The token agent serves another site. Start it again with this site's address after --origin.",
  agent_pairing_wrong: "The pairing code does not fit. Enter the code that the token agent shows.",
  agent_binding_missing: "The token agent lacks the part that talks to tokens. Install it again on this computer.",
  agent_module_missing:
    "The token agent cannot open the vendor's library. Install the vendor's software and check --module.",
  agent_token_absent: "No token is seen. Plug it in, wait for its light, and try again.",
  agent_refused: "You chose not to sign. Nothing was sent.",
  agent_none: "Choose at least one dossier.",
  agent_failed: "Not signed. The dossiers are kept; see the reason below and try again.",
  agent_other:
    "The token or the token agent reports an error. Unplug the token, plug it in and try again; if it stays so, the token agent's own page tells why.",
};
