import { isActTold, type KeptOffSite } from "../../../core/off-site.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import type { Role } from "../../route.ts";
import { isOpen } from "../receiving/standing.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { offSiteSpeech } from "./speech.ts";

type Props = { readonly view: DossierView; readonly language: Language };

/** What is written down of an act elsewhere, with who wrote it. OFFSITE-1. */
export const OffSiteCard = ({ view, language, roles }: Props & { readonly roles: readonly Role[] }) => {
  const { say } = offSiteSpeech(language);
  if (view.offSite === null) return null;
  return (
    <Card title={say("part")}>
      <SummaryList rows={rowsOf(view.offSite, language)} />
      {mayTellOffSite(view, roles) && (
        <p>
          <a href={pathOf(view, "/off-site")}>{say("change")}</a>
        </p>
      )}
    </Card>
  );
};

export const mayTellOffSite = (view: DossierView, roles: readonly Role[]): boolean =>
  isOpen(view) && roles.some((role) => role !== "clerk" && role !== "administrator");

/** From what is certified at the office to writing down that it is not. */
export const OffSiteWay = ({ view, language }: Props) => (
  <LinkButton href={pathOf(view, "/off-site")} look="quiet">
    {offSiteSpeech(language).say("way")}
  </LinkButton>
);

function rowsOf({ ground, groundNote, deed, askedBy, place, actAt, by, at }: KeptOffSite, language: Language) {
  const { say } = offSiteSpeech(language);
  return [
    [say("place"), place],
    [say("rowTime"), actAt === null ? say("rowNoTime") : shortTimeText(actAt, language)],
    [say("rowGround"), groundNote === null ? say(ground) : `${say(ground)}: ${groundNote}`],
    [say("deed"), deed],
    [say("askedBy"), askedBy],
    [say("rowBy"), say("rowByValue", { name: by, time: shortTimeText(at, language) })],
  ] as const;
}

/** Before what is certified elsewhere is attested without its hour and minute. */
export const ActMissing = ({ view, language }: Props) => {
  const { say } = offSiteSpeech(language);
  if (view.offSite === null || isActTold(view.offSite)) return null;
  return (
    <Notice tone="care" title={say("missing")}>
      <p>{say("missingLead", { place: view.offSite.place })}</p>
      <Buttons>
        <LinkButton href={pathOf(view, "/off-site")} starts>
          {say("change")}
        </LinkButton>
      </Buttons>
    </Notice>
  );
};
