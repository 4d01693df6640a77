import type { FieldSpec } from "./field-specs.ts";
import { civilStatusFields, diplomaFields, officialFields } from "./field-specs.ts";
import { businessFields, cardFields, landFields, licenceFields } from "./field-specs-cards.ts";
import { otherFields } from "./field-specs-others.ts";
import { fold, isNear } from "./fold.ts";

/** Kinds of paper that counters see most, LAW 9. */
export type PaperKind =
  | "khai_sinh"
  | "ket_hon"
  | "xac_nhan_hon_nhan"
  | "khai_tu"
  | "bang_thpt"
  | "bang_dai_hoc"
  | "bang_diem"
  | "quyet_dinh"
  | "cong_van"
  | "thong_bao"
  | "hop_dong"
  | "can_cuoc"
  | "cmnd"
  | "ho_chieu"
  | "quyen_su_dung_dat"
  | "giay_phep_lai_xe"
  | "dang_ky_doanh_nghiep"
  | "ho_kinh_doanh"
  | "the_bhyt"
  | "cu_tru"
  | "dang_ky_xe"
  | "chung_chi";

/** A title, and what a line may say in its place: in two languages the stroke between both is often lost. */
type Title = { readonly title: string; readonly onOneLine: readonly string[] };

type KindSpec = {
  readonly kind: PaperKind;
  /** A line of its own. */
  readonly titles: readonly Title[];
  /** Anywhere; each speaks for the kind a little. */
  readonly phrases: readonly string[];
  readonly fields: readonly FieldSpec[];
};

const spec = (kind: PaperKind, titles: string, phrases: string, fields: readonly FieldSpec[] = []): KindSpec => ({
  kind,
  titles: parts(titles).map((title, _, all) => ({
    title,
    onOneLine: [title, ...all.filter((other) => other !== title).map((other) => title + other)],
  })),
  phrases: parts(phrases),
  fields,
});

const parts = (list: string): readonly string[] =>
  list
    .split("|")
    .map(fold)
    .filter((part) => part !== "");

const specs: readonly KindSpec[] = [
  spec(
    "khai_sinh",
    "Giấy khai sinh|Trích lục khai sinh|Giấy khai sinh bản sao",
    "người đi khai sinh|nơi đăng ký khai sinh|ngày, tháng, năm sinh|người mẹ|người cha",
    civilStatusFields.birth,
  ),
  spec(
    "ket_hon",
    "Giấy chứng nhận kết hôn|Trích lục kết hôn|Chứng nhận kết hôn",
    "tên chồng|tên vợ|nơi đăng ký kết hôn|giấy chứng nhận kết hôn này có giá trị",
    civilStatusFields.marriage,
  ),
  spec(
    "xac_nhan_hon_nhan",
    "Giấy xác nhận tình trạng hôn nhân",
    "tình trạng hôn nhân|xác nhận ông/bà|giấy này được cấp để",
    otherFields.single,
  ),
  spec(
    "khai_tu",
    "Trích lục khai tử|Giấy chứng tử|Giấy khai tử",
    "đã chết vào lúc|nơi chết|nguyên nhân chết",
    otherFields.death,
  ),
  spec(
    "bang_thpt",
    "Bằng tốt nghiệp trung học phổ thông|Bằng tốt nghiệp trung học cơ sở|Bằng tốt nghiệp|Trung học phổ thông|Bằng tốt nghiệp bổ túc trung học phổ thông",
    "học sinh trường|xếp loại tốt nghiệp|số vào sổ cấp bằng|hội đồng thi|khóa thi",
    diplomaFields.school,
  ),
  spec(
    "bang_dai_hoc",
    "Bằng cử nhân|Bằng kỹ sư|Bằng thạc sĩ|Bằng tiến sĩ|Bằng tốt nghiệp đại học|Bằng tốt nghiệp cao đẳng|The degree of bachelor|Bằng bác sĩ|Bằng dược sĩ|Bằng kiến trúc sư",
    "hiệu trưởng|ngành|hạng tốt nghiệp|xếp loại tốt nghiệp|hình thức đào tạo|số vào sổ cấp bằng|the rector|degree",
    diplomaFields.university,
  ),
  spec(
    "bang_diem",
    "Bảng điểm|Phiếu điểm|Bảng kết quả học tập|Academic transcript",
    "mã sinh viên|điểm trung bình|tín chỉ|học phần",
    otherFields.transcript,
  ),
  spec(
    "quyet_dinh",
    "Quyết định",
    "căn cứ luật|điều 1|điều 2|điều 3|xét đề nghị|chịu trách nhiệm thi hành quyết định|nơi nhận",
    officialFields.decision,
  ),
  spec("thong_bao", "Thông báo", "nơi nhận|thông báo", officialFields.letter),
  spec(
    "hop_dong",
    "Hợp đồng|Hợp đồng lao động|Hợp đồng mua bán|Hợp đồng chuyển nhượng|Hợp đồng cho thuê|Hợp đồng tặng cho|Hợp đồng chuyển nhượng quyền sử dụng đất",
    "bên a|bên b|hai bên",
    otherFields.contract,
  ),
  spec("cong_van", "", "kính gửi|kính gửi|về việc|v/v|nơi nhận|lưu: vt|như trên", officialFields.letter),
  spec(
    "can_cuoc",
    "Căn cước công dân|Căn cước|Citizen identity card|Identity card|Thẻ căn cước",
    "identity card|có giá trị đến|date of expiry|place of residence|nơi thường trú|place of origin|personal identification|idvnm|đặc điểm nhân dạng",
    cardFields.identity,
  ),
  spec(
    "cmnd",
    "Giấy chứng minh nhân dân|Chứng minh nhân dân",
    "nguyên quán|nơi đkhk thường trú|sinh ngày",
    cardFields.oldIdentity,
  ),
  spec("ho_chieu", "Hộ chiếu|Passport", "passport no|số hộ chiếu|nationality|p<vnm|date of issue", cardFields.passport),
  spec(
    "quyen_su_dung_dat",
    "Giấy chứng nhận quyền sử dụng đất|Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất|Giấy chứng nhận quyền sử dụng đất quyền sở hữu tài sản gắn liền với đất|Quyền sử dụng đất",
    "thửa đất số|tờ bản đồ số|mục đích sử dụng|thời hạn sử dụng|nguồn gốc sử dụng|số vào sổ cấp gcn|gắn liền với đất",
    landFields,
  ),
  spec(
    "giay_phep_lai_xe",
    "Giấy phép lái xe|Driver's license",
    "driver's license|hạng/class|ngày trúng tuyển|có giá trị đến",
    licenceFields,
  ),
  spec(
    "dang_ky_doanh_nghiep",
    "Giấy chứng nhận đăng ký doanh nghiệp|Giấy chứng nhận đăng ký kinh doanh|Công ty trách nhiệm hữu hạn một thành viên|Công ty cổ phần",
    "mã số doanh nghiệp|đăng ký lần đầu|đăng ký thay đổi|vốn điều lệ|người đại diện theo pháp luật|địa chỉ trụ sở chính",
    businessFields.company,
  ),
  spec(
    "ho_kinh_doanh",
    "Giấy chứng nhận đăng ký hộ kinh doanh",
    "tên hộ kinh doanh|địa điểm kinh doanh|vốn kinh doanh|chủ hộ",
    businessFields.household,
  ),
  spec("the_bhyt", "Thẻ bảo hiểm y tế", "nơi đk kcb bđ|giá trị sử dụng|bảo hiểm xã hội", otherFields.insurance),
  spec(
    "cu_tru",
    "Xác nhận thông tin về cư trú|Giấy xác nhận thông tin về cư trú",
    "nơi thường trú|họ và tên chủ hộ|quan hệ với chủ hộ",
    otherFields.residence,
  ),
  spec(
    "dang_ky_xe",
    "Chứng nhận đăng ký xe|Chứng nhận đăng ký xe ô tô|Chứng nhận đăng ký xe mô tô, xe máy|Giấy đăng ký xe|Vehicle registration certificate",
    "tên chủ xe|nhãn hiệu|số khung|số máy|biển số|màu sơn",
    otherFields.vehicle,
  ),
  spec(
    "chung_chi",
    "Chứng chỉ|Chứng chỉ hành nghề|Chứng chỉ ngoại ngữ|Chứng chỉ tin học|Chứng chỉ ứng dụng công nghệ thông tin cơ bản|Chứng chỉ ứng dụng công nghệ thông tin nâng cao|Chứng chỉ năng lực ngoại ngữ|Certificate",
    "cấp chứng chỉ|số hiệu|vào sổ cấp chứng chỉ|trình độ",
    otherFields.certificate,
  ),
];

/** What a card is whose code says so. */
export const identityCard = { kind: "can_cuoc", fields: cardFields.identity } as const;

const titleWeight = 3;
const mostFromPhrases = 4;
const enough = 3;

/** The likeliest kind by titles and phrases, an error of reading every five letters allowed; null where nothing is plain. */
export function kindOf(
  lines: readonly string[],
): { readonly kind: PaperKind; readonly fields: readonly FieldSpec[] } | null {
  const folded = lines.map(fold).filter((line) => line !== "");
  const halves = lines.filter((line) => line.includes("/")).flatMap((line) => line.split("/").map(fold)); // `GIẤY PHÉP LÁI XE / DRIVER'S LICENSE`
  const pairs = folded.map((line, i) => line + (folded[i + 1] ?? ""));
  const text = folded.join("");
  const scored = specs.map((one) => ({
    one,
    score: titleScore(one, [...folded, ...halves], pairs) + phraseScore(one, text),
  }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score >= enough ? best.one : null;
}

// A longer title says more: `Giấy chứng nhận đăng ký hộ kinh doanh` is none of a company.
function titleScore({ titles }: KindSpec, lines: readonly string[], pairs: readonly string[]): number {
  const found = titles.filter(
    ({ title, onOneLine }) =>
      onOneLine.some((one) => lines.some((line) => isNear(one, line))) || pairs.some((line) => isNear(title, line)),
  );
  return found.length === 0 ? 0 : titleWeight + Math.max(...found.map(({ title }) => title.length)) / 40;
}

function phraseScore({ phrases }: KindSpec, text: string): number {
  return Math.min(mostFromPhrases, phrases.filter((phrase) => text.includes(phrase)).length);
}
