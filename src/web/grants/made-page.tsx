import type { Grant } from "../../core/grant.ts";
import { Card, SummaryList } from "../design/content.tsx";
import { LinkButton } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { type QrModules, QrPicture } from "../design/qr.tsx";
import { shortTimeText } from "../design/time.ts";
import { Verdict } from "../design/verdict.tsx";
import { givenText, grantsSpeech } from "./citizen-pages.tsx";

type MadePageProps = {
  readonly frame: Frame;
  readonly path: string;
  readonly grant: Grant;
  readonly link: string;
  readonly qr: QrModules | null;
};

/** The only time that the link is shown: as text, as a code, and by the phone's own way to share. */
export const MadePage = ({ frame, path, grant, link, qr }: MadePageProps) => {
  const speech = grantsSpeech(frame.language);
  const { say } = speech;
  const { procedure, grantee, uses, used, expiresAt } = grant;
  return (
    <Page frame={frame} title={say("madeTitle")} scripts={["share"]}>
      <Verdict
        tone="good"
        badge={say("madeBadge")}
        sentence={say("madeTitle")}
        next={say("madeNext", { name: grantee.name })}
      />
      <Card title={say("link")}>
        <p class="address">{link}</p>
        <p>
          <button
            type="button"
            class="button"
            hidden
            data-share={link}
            data-share-text={say("shareText", { procedure })}
          >
            {say("share")}
          </button>
        </p>
        {qr !== null && <QrPicture modules={qr} says={say("qrPicture")} />}
      </Card>
      <Card>
        <SummaryList
          rows={[
            [say("recipient"), grantee.name],
            [say("for"), procedure],
            [say("given"), givenText(grant, speech)],
            [say("until"), shortTimeText(expiresAt, frame.language)],
            [say("used"), say("usedOf", { used, uses })],
          ]}
        />
      </Card>
      <LinkButton href={`${path}/links`} look="quiet">
        {say("madeBack")}
      </LinkButton>
    </Page>
  );
};
