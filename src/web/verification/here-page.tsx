import { Card } from "../design/content.tsx";
import type { Frame } from "../design/frame.ts";
import { Page } from "./layout.tsx";
import type { Speech } from "./speech.ts";

type HerePageProps = { readonly speech: Speech; readonly frame: Frame; readonly rootKey: string };

/**
 * As the network gives it: it has no form, so that no file can be sent before the worker has taken the page over. Its
 * sentences for what can go wrong stand hidden until the script knows.
 */
export const HerePage = ({ speech, frame, rootKey }: HerePageProps) => {
  const { say, language } = speech;
  const scripts = { ...frame.scripts, here: "/verify/here/page.js" };
  return (
    <Page speech={speech} frame={{ ...frame, scripts, here: true }} title={say("hereTitle")}>
      <h1>{say("hereTitle")}</h1>
      <Card>
        <p>{say("hereLead")}</p>
        <p role="status" data-waiting data-root={rootKey} data-address={frame.siteAddress} hidden>
          {say("hereWaiting")}
        </p>
        <p role="alert" data-impossible hidden>
          {say("hereImpossible")}
        </p>
        <p role="alert" data-other-root hidden>
          {say("hereOtherRoot")}
        </p>
        <noscript>
          <p>{say("hereNoScript")}</p>
        </noscript>
        <p>
          <a href={`/verify?lang=${language}`}>{say("hereOrdinary")}</a>
        </p>
      </Card>
    </Page>
  );
};
