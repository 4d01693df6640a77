import type { Context } from "hono";
import { commonPage } from "../common-page.ts";
import { Card } from "../design/content.tsx";
import { LinkButton } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import type { Packing } from "../design/packed-skeleton.ts";
import { Page } from "../design/page.tsx";
import { speaker } from "../design/speech.ts";
import { type Actor, publicPage, type Route, type WebEnv } from "../route.ts";
import { actorOf, readSessionToken, type SessionWorld } from "../session.ts";
import { homeEn } from "../words/home.en.ts";
import { homeVi } from "../words/home.vi.ts";

const speechIn = speaker({ vi: homeVi, en: homeEn });

/** `/`: the public reads what this is and goes to check; who is signed in goes straight to work. */
export function homeRoutes(world: SessionWorld, packing: Packing | null = null): readonly Route[] {
  const homeOf = commonPage((frame) => <HomePage frame={frame} />, packing);
  const answer = async (c: Context<WebEnv>) => {
    const actor = await signedIn(c, world);
    return actor === null ? homeOf(c, "", null) : c.redirect(workOf(actor), 303);
  };
  return [publicPage({ method: "GET", path: "/", handle: answer })];
}

async function signedIn(c: Context<WebEnv>, world: SessionWorld): Promise<Actor | null> {
  const token = readSessionToken(c);
  return token === null ? null : actorOf(token, world);
}

/** An administrator certifies nothing, so nothing waits for one. Without a duty there is only the own password to change. */
function workOf({ roles }: Actor): string {
  if (roles.length === 0) return "/account";
  if (roles.includes("province")) return "/province";
  return roles.every((role) => role === "administrator") ? "/admin" : "/queue";
}

const HomePage = ({ frame }: { frame: Frame }) => {
  const { say } = speechIn(frame.language);
  return (
    <Page frame={frame} title={say("title")}>
      <h1>{say("title")}</h1>
      <p>{say("lead")}</p>
      <Card title={say("checkTitle")}>
        <p>{say("check")}</p>
        <LinkButton href="/verify">{say("checkButton")}</LinkButton>
      </Card>
      <Card title={say("receiveTitle")}>
        <p>{say("receive")}</p>
        <p class="hint">{say("receiveLost")}</p>
        <LinkButton href="/look-up" look="quiet">
          {say("lookUp")}
        </LinkButton>
      </Card>
      <Card title={say("postedTitle")}>
        <p>{say("posted")}</p>
        <LinkButton href="/posted" look="quiet">
          {say("postedButton")}
        </LinkButton>
      </Card>
      <Card title={say("voiceTitle")}>
        <p>{say("voice")}</p>
        <LinkButton href="/feedback" look="quiet">
          {say("voiceButton")}
        </LinkButton>
      </Card>
      <Card title={say("officialsTitle")}>
        <p>{say("officials")}</p>
        <LinkButton href="/sign-in" look="quiet">
          {say("signIn")}
        </LinkButton>
      </Card>
    </Page>
  );
};
