import type { Context } from "hono";
import { outstandingOf } from "../../../core/fee-account.ts";
import { feesOf } from "../../../core/fees.ts";
import { codesOf } from "../../../core/procedure.ts";
import { purposeOf, type ReceivingAccount, vietQrOf } from "../../../core/vietqr.ts";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { type QrModules, QrPicture } from "../../design/qr.tsx";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { refuse } from "../../refusal.tsx";
import type { Actor, WebEnv } from "../../route.ts";
import { receivingSpeech } from "./dossier-page.tsx";
import { feeText } from "./money.ts";
import { PaperHead, PaperSigns } from "./paper.tsx";
import { pathOf, withDossier } from "./with-dossier.ts";

/** The slip as it may be printed at any time: without the link, which nobody keeps. */
export const showSlip = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, (view) =>
    c.html(
      <SlipPage
        frame={personFrame(c, person)}
        view={view}
        link={null}
        qr={null}
        receiver={person.fullName}
        transfer={transferOf(view, world.qrOf)}
      />,
    ),
  );

/** A new link, shown this once. */
export const printSlip = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, async (view) => {
    const renewed = await world.renewLink(view.dossier.id, actorOf(person));
    if (!renewed.ok) return refuse(c, renewed.failure);
    const { citizenLink } = renewed.value;
    return c.html(
      <SlipPage
        frame={personFrame(c, person)}
        view={view}
        link={citizenLink}
        qr={world.qrOf(citizenLink)}
        receiver={person.fullName}
        transfer={transferOf(view, world.qrOf)}
      />,
    );
  });

type SlipPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly link: string | null;
  readonly qr: QrModules | null;
  readonly receiver: string;
  readonly transfer: FeeTransfer | null;
};

const SlipPage = ({ frame, view, link, qr, receiver, transfer }: SlipPageProps) => {
  const { say } = receivingSpeech(frame.language);
  return (
    <Page frame={frame} title={say("slipTitle")}>
      <div class="screen stack">
        <a class="way-back" href={pathOf(view)}>
          ‹ {say("pagesBack")}
        </a>
        <h1>{say("slipTitle")}</h1>
        {link === null ? (
          <Notice tone="neutral" title={say("slipNoLink")} />
        ) : (
          <Notice tone="care" title={say("slipOnce")}>
            <p>{say("slipOnceMore")}</p>
          </Notice>
        )}
        <p>
          {say("slipPrint")} {frame.language === "en" && say("slipInVietnamese")}
        </p>
      </div>
      <Slip
        agency={frame.person?.agencyName ?? ""}
        view={view}
        link={link}
        qr={qr}
        receiver={receiver}
        transfer={transfer}
      />
    </Page>
  );
};

type SlipProps = Omit<SlipPageProps, "frame"> & { readonly agency: string };

type FeeTransfer = { readonly account: ReceivingAccount; readonly purpose: string; readonly qr: QrModules };

/** How what is left of the fee is paid from a phone; null where nothing is, or the agency entered no account. */
function transferOf({ submission, account, fee }: DossierView, qrOf: OfficialsWorld["qrOf"]): FeeTransfer | null {
  if (account === null) return null;
  const purpose = purposeOf(submission.code);
  const text = vietQrOf(account, outstandingOf(fee), purpose);
  const qr = text.ok ? qrOf(text.value) : null;
  return qr === null ? null : { account, purpose, qr };
}

/** LAW 6, the one-stop slip. Vietnamese whatever the reader's language: it is the agency's paper. */
const Slip = ({ agency, view, link, qr, receiver, transfer }: SlipProps) => {
  const { dossier } = view;
  return (
    <article class="paper" lang="vi">
      <PaperHead agency={agency} under="BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ" at={dossier.openedAt} />
      <h2 class="paper-title">GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ</h2>
      <p class="paper-code">
        Mã hồ sơ: <span class="number">{view.submission.code}</span>
      </p>
      <SlipFacts view={view} />
      <Papers view={view} />
      <Times view={view} />
      {link !== null && <SecretLink link={link} qr={qr} />}
      {transfer !== null && <Transfer transfer={transfer} />}
      <PaperSigns
        left={{ title: "NGƯỜI NỘP HỒ SƠ", how: "(Ký, ghi rõ họ tên)", name: dossier.applicantName }}
        right={{ title: "NGƯỜI TIẾP NHẬN HỒ SƠ", how: "(Ký, ghi rõ họ tên)", name: receiver }}
      />
    </article>
  );
};

const SlipFacts = ({ view: { dossier, intake, submission, procedureCodes } }: Pick<SlipProps, "view">) => (
  <>
    <p>
      Người yêu cầu chứng thực: <b>{dossier.applicantName}</b>
    </p>
    {intake.contact !== null && <p>Điện thoại, thư điện tử: {intake.contact}</p>}
    <p>Nội dung yêu cầu: chứng thực bản sao từ bản chính.</p>
    <p>Mã thủ tục hành chính: {codesOf(submission.papers, procedureCodes).join("; ")}.</p>
  </>
);

const Papers = ({ view: { submission } }: { view: DossierView }) => (
  <section class="table" tabindex={0} aria-label="Thành phần hồ sơ">
    <table class="ruled">
      <caption class="hidden">Thành phần hồ sơ</caption>
      <thead>
        <tr>
          <th scope="col">TT</th>
          <th scope="col">Thành phần hồ sơ</th>
          <th scope="col">Số trang</th>
          <th scope="col">Số bản giấy</th>
          <th scope="col">Ký bản điện tử</th>
        </tr>
      </thead>
      <tbody>
        {submission.papers.map((paper) => (
          <tr>
            <td>{paper.ordinal}</td>
            <th scope="row">
              {paper.title}
              {paper.documentNumber !== null && `, số ${paper.documentNumber}`} (bản chính, của {paper.holderName})
            </th>
            <td>{paper.declaredPages}</td>
            <td>{paper.paperCopies}</td>
            <td>{paper.onPaperOnly ? 0 : paper.electronicCopies}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const Times = ({ view: { submission } }: { view: DossierView }) => (
  <>
    <p>Thời gian nhận hồ sơ: {shortTimeText(submission.openedAt, "vi")}.</p>
    {submission.reception !== null && (
      <p>
        Nơi tiếp nhận: {submission.reception.name}, {submission.reception.place}.
      </p>
    )}
    <p class="appointment">
      Thời gian trả kết quả: trước <b>{shortTimeText(submission.promisedAt, "vi")}</b>.
      {submission.dueAt !== submission.promisedAt && ` Đã hẹn lại: trước ${shortTimeText(submission.dueAt, "vi")}.`}
    </p>
    <p>Phí chứng thực (theo Thông tư 226/2016/TT-BTC): {feeText(feesOf(submission.papers))}.</p>
    <p>Bản chính được trả lại cho người yêu cầu ngay sau khi đối chiếu.</p>
  </>
);

/** For the citizen, in Vietnamese: the secret link, what it is for, what to keep in mind. */
export const SecretLink = ({ link, qr }: { link: string; qr: QrModules | null }) => (
  <div class="secret">
    {qr && <QrPicture modules={qr} says="Mã QR mở liên kết riêng để theo dõi và nhận bản sao" />}
    <div>
      <p>
        <b>Liên kết riêng để theo dõi hồ sơ và nhận bản sao điện tử.</b> Quét mã QR bằng điện thoại, hoặc gõ địa chỉ sau
        vào trình duyệt:
      </p>
      <p class="address">{link}</p>
      <p>
        Khi tải bản sao cần bốn số cuối của giấy tờ tùy thân đã xuất trình, hoặc bốn số đã tự chọn. Giữ kín liên kết
        này; nếu mất, mang giấy tờ tùy thân đến để được cấp liên kết mới.
      </p>
    </div>
  </div>
);

/** The fee from a banking app; who pays cash pays at the counter. */
const Transfer = ({ transfer: { account, purpose, qr } }: { transfer: FeeTransfer }) => (
  <div class="secret">
    <QrPicture modules={qr} says="Mã VietQR để chuyển khoản phí chứng thực" />
    <div>
      <p>
        <b>Chuyển khoản phí bằng VietQR.</b> Quét bằng ứng dụng ngân hàng; số tiền và nội dung đã có sẵn, không sửa.
      </p>
      <p>
        Chủ tài khoản: <b>{account.holder}</b>. Số tài khoản: <span class="number">{account.number}</span>. Nội dung:{" "}
        <span class="number">{purpose}</span>.
      </p>
    </div>
  </div>
);
