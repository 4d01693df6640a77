import type { RecipientId } from "../../../core/ids.ts";
import type { Recipient } from "../../../core/recipients.ts";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { type QrModules, QrPicture } from "../../design/qr.tsx";
import { inboxSpeech } from "../../inbox/pages.tsx";
import { type Actor, guardedPage, type Route } from "../../route.ts";
import { idFrom, notFound } from "./shell.tsx";

export type PosterWorld = {
  /** Null for another agency's, or one that no longer receives. */
  readonly posterOf: (id: RecipientId, actor: Actor) => Promise<Recipient | null>;
  readonly qrOf: (link: string) => QrModules | null;
  /** Of the service, without a slash at the end. */
  readonly address: string;
};

/** A paper for a counter without computers of ours: one code that never changes and holds no secret. */
export const posterPages = (world: PosterWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/admin/recipients/:id/poster",
    demands: ["administrator"],
    handle: async (c, actor) => {
      const id = idFrom<RecipientId>(c.req.param("id") ?? "");
      const recipient = id === null ? null : await world.posterOf(id, actor);
      if (recipient === null) return notFound(c);
      const link = `${world.address}/h/${recipient.id}`;
      const inbox = `${world.address}/inbox/${recipient.id}`;
      const page = (
        <PosterPage
          frame={personFrame(c, actor)}
          recipient={recipient}
          link={link}
          inbox={inbox}
          qr={world.qrOf(link)}
        />
      );
      return c.html(page);
    },
  }),
];

type PosterProps = {
  readonly frame: Frame;
  readonly recipient: Recipient;
  readonly link: string;
  readonly inbox: string;
  readonly qr: QrModules | null;
};

const PosterPage = ({ frame, recipient, link, inbox, qr }: PosterProps) => {
  const { say } = inboxSpeech(frame.language);
  return (
    <Page frame={frame} title={say("posterTitle")}>
      <div class="screen stack">
        <a class="way-back" href={`/admin/recipients/${recipient.id}`}>
          ‹ {recipient.name}
        </a>
        <h1>{say("posterTitle")}</h1>
        <p>{say("posterPrint")}</p>
        <p>
          {say("posterInbox")}{" "}
          <a class="address" href={inbox}>
            {inbox}
          </a>
        </p>
      </div>
      <Poster recipient={recipient} link={link} qr={qr} />
    </Page>
  );
};

/** Vietnamese first and large, English beside it: read standing, by whoever comes to the counter. */
const Poster = ({ recipient, link, qr }: Pick<PosterProps, "recipient" | "link" | "qr">) => (
  <article class="paper poster" lang="vi">
    <h2 class="paper-title">NỘP BẢN SAO CÓ CHỨNG THỰC BẰNG ĐIỆN THOẠI</h2>
    <p class="paper-under">{recipient.name}</p>
    <p lang="en">Hand over your certified copies by phone</p>
    {qr !== null && <QrPicture modules={qr} says="Mã QR dẫn tới trang nộp bản sao cho cơ quan này" />}
    <ol>
      <li>
        Quét mã này. <span lang="en">Scan this code.</span>
      </li>
      <li>
        Quét tiếp mã trên giấy hẹn của bạn, nhập bốn số cuối giấy tờ tùy thân (hoặc bốn số đã tự chọn).{" "}
        <span lang="en">
          Then scan the code on your slip, type the last four digits of your identity paper (or the four you chose).
        </span>
      </li>
      <li>
        Chọn bản sao và bấm Nộp. <span lang="en">Choose the copies and hand them over.</span>
      </li>
    </ol>
    <p class="address">{link}</p>
    <p>
      Không cần giấy, không cần tài khoản, không phải chứng thực lại. <span lang="en">No paper, no account.</span>
    </p>
  </article>
);
