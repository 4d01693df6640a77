import type { Context } from "hono";
import { localDateOf } from "../../../core/kernel.ts";
import { type KeptRefusal, refusalGrounds } from "../../../core/refusal-grounds.ts";
import { LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText, shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import type { Actor, WebEnv } from "../../route.ts";
import { refusalGroundsVi } from "../../words/rules.vi.ts";
import { PaperHead, PaperSigns } from "../receiving/paper.tsx";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { comparingSpeech } from "./handled.tsx";

/** The written notice of a refusal, as far as it may be: it says that it awaits its signature. LAW 2.6. */
export const showNotice = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, (view) => c.html(<NoticePage frame={personFrame(c, person)} view={view} />));

const NoticePage = ({ frame, view }: { frame: Frame; view: DossierView }) => {
  const { say } = comparingSpeech(frame.language);
  const { refusal } = view;
  return (
    <Page frame={frame} title={say("noticeTitle")}>
      <div class="screen stack">
        <a class="way-back" href={pathOf(view)}>
          ‹ {say("toDossier")}
        </a>
        <h1>{say("noticeTitle")}</h1>
        {refusal === null ? (
          <Notice tone="neutral" title={say("notRefused")}>
            <p>
              <LinkButton href={pathOf(view)} look="quiet">
                {say("toDossier")}
              </LinkButton>
            </p>
          </Notice>
        ) : (
          <Notice tone="care" title={say("noticeWaits")}>
            <p>{say("noticeWaitsMore")}</p>
            {frame.language === "en" && <p>{say("noticeInVietnamese")}</p>}
          </Notice>
        )}
      </div>
      {refusal && <Paper agency={frame.person?.agencyName ?? ""} view={view} refusal={refusal} />}
    </Page>
  );
};

type PaperProps = { readonly agency: string; readonly view: DossierView; readonly refusal: KeptRefusal };

/** NĐ 30/2020 Appendix I in form; NĐ 23/2015 Art. 9 and 22 in content. Vietnamese whatever the reader's language. */
const Paper = ({ agency, view: { dossier }, refusal }: PaperProps) => (
  <article class="paper" lang="vi">
    <PaperHead agency={agency} under="Số: ……/TB-UBND" at={refusal.at} />
    <h2 class="paper-title">THÔNG BÁO</h2>
    <p class="paper-under">Về việc từ chối chứng thực bản sao điện tử từ bản chính</p>
    <p class="wait">BẢN CHỜ KÝ: chỉ có giá trị khi người có thẩm quyền đã ký và cơ quan đã đóng dấu.</p>
    <p>
      Kính gửi: <b>{dossier.applicantName}</b>
    </p>
    <p>Căn cứ Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ, Điều 10;</p>
    <p>
      Căn cứ Nghị định số 23/2015/NĐ-CP ngày 16 tháng 02 năm 2015 của Chính phủ (đã được sửa đổi, bổ sung), Điều 9 và
      Điều 22;
    </p>
    <p>
      {shortTimeText(dossier.openedAt, "vi")}, {agency} đã tiếp nhận yêu cầu chứng thực bản sao điện tử từ bản chính{" "}
      <b>{paperName(dossier)}</b> (mã hồ sơ <span class="number">{dossier.id}</span>). Sau khi xem xét bản chính,{" "}
      {agency} từ chối chứng thực vì bản chính thuộc trường hợp quy định tại khoản{" "}
      {refusalGrounds.indexOf(refusal.ground) + 1} Điều 22 Nghị định số 23/2015/NĐ-CP:
    </p>
    <blockquote>
      <p>
        <i>“{refusalGroundsVi[refusal.ground]}.”</i>
      </p>
    </blockquote>
    <p>
      Lý do cụ thể{refusal.page === null ? "" : ` (thấy ở trang ${refusal.page})`}: {refusal.reason}
    </p>
    <p>
      Bản chính được trả lại cho Ông/Bà. Nếu không đồng ý, Ông/Bà có quyền khiếu nại theo quy định của pháp luật về
      khiếu nại.
    </p>
    <p>
      Người xem xét hồ sơ: {refusal.by}, ngày {dayText(localDateOf(refusal.at))}.
    </p>
    <PaperSigns right={{ title: "NGƯỜI THỰC HIỆN CHỨNG THỰC", how: "(Ký, ghi rõ họ tên và đóng dấu)" }} />
  </article>
);

const paperName = ({ title, documentNumber, holderName }: DossierView["dossier"]): string =>
  `${title}${documentNumber === null ? "" : `, số ${documentNumber}`}, của ${holderName}`;
