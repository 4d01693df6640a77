import type { KeptLookUp } from "../../../core/source.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import type { Role } from "../../route.ts";
import { isOpen } from "../receiving/standing.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { sourcesSpeech } from "./speech.ts";

type Props = { readonly view: DossierView; readonly language: Language; readonly roles: readonly Role[] };

/** The paper, who saw it presented, and what was looked up besides. R15, SOURCE-1. */
export const SourcesCard = ({ view, language, roles }: Props) => {
  const { say } = sourcesSpeech(language);
  const mayTell = isOpen(view) && (roles.includes("receiver") || roles.includes("comparer"));
  return (
    <Card title={say("part")}>
      <SummaryList
        rows={[[say("paper"), presentedText(view, language)], ...view.sources.map((one) => rowOf(one, language))]}
      />
      {mayTell && (
        <p>
          <a href={pathOf(view, "/sources")}>{say("way")}</a>
        </p>
      )}
    </Card>
  );
};

function presentedText({ events }: DossierView, language: Language): string {
  const { say } = sourcesSpeech(language);
  const attested = events.find(({ what }) => what === "attested");
  if (attested === undefined) return say("paperToCome");
  return say("paperPresented", { name: attested.by ?? "", time: shortTimeText(attested.at, language) });
}

function rowOf({ database, databaseName, transactionId: id, outcome, at, by: name }: KeptLookUp, language: Language) {
  const { say } = sourcesSpeech(language);
  const told = { outcome: say(outcome), time: shortTimeText(at, language), name };
  const text = id === null ? say("told", told) : say("toldWith", { ...told, id });
  return [databaseName ?? say(database ?? "vneid"), text] as const;
}

/** Before it is attested: what differs is looked at again. It refuses nothing. */
export const SourceDiffers = ({ view, language }: Omit<Props, "roles">) => {
  const { say } = sourcesSpeech(language);
  if (!view.sources.some(({ outcome }) => outcome === "differs")) return null;
  return (
    <Notice tone="care" title={say("differsTitle")}>
      <p>{say("differsLead")}</p>
    </Notice>
  );
};
