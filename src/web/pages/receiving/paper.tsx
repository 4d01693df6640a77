import { type Instant, localDateOf } from "../../../core/kernel.ts";
import { placeOf } from "../../../core/register.ts";

/** Head of an agency's paper, NĐ 30/2020 Appendix I: agency at the left, national name and motto at the right. */
export const PaperHead = ({ agency, under, at }: { agency: string; under?: string; at: Instant }) => (
  <div class="paper-head">
    <div>
      <p class="paper-agency">{agency.toLocaleUpperCase("vi")}</p>
      {under && <p>{under}</p>}
    </div>
    <div>
      <p class="paper-nation">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
      <p class="paper-motto">Độc lập - Tự do - Hạnh phúc</p>
      <p class="paper-date">
        {placeOf(agency)}, {dateInWords(at)}
      </p>
    </div>
  </div>
);

/** `ngày 02 tháng 01 năm 2026`: days under 10 and months 1 and 2 take a 0, NĐ 30/2020 Appendix I. */
export function dateInWords(at: Instant): string {
  const [year, month = "", day] = localDateOf(at).split("-");
  const monthText = Number(month) <= 2 ? month : String(Number(month));
  return `ngày ${day} tháng ${monthText} năm ${year}`;
}

type Sign = { readonly title: string; readonly how: string; readonly name?: string };

/** Where people sign: room for a signature between the title and the name. */
export const PaperSigns = ({ left, right }: { left?: Sign; right: Sign }) => (
  <div class="paper-signs">
    {left ? <SignPlace {...left} /> : <div></div>}
    <SignPlace {...right} />
  </div>
);

const SignPlace = ({ title, how, name }: Sign) => (
  <div>
    <p>
      <b>{title}</b>
    </p>
    <p>
      <i>{how}</i>
    </p>
    <p class="paper-name">{name ?? ""}</p>
  </div>
);
