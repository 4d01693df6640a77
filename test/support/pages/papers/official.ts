import type { Chance } from "../../seeded.ts";
import { centred, columns, type Look, nation, type Paper, p, type Sheet, sheet, value } from "../markup.ts";
import { aCommune, aDay, aPerson, aPlace, figures, spoken } from "../people.ts";
import { signedBy } from "./property.ts";

const upper = (text: string) => text.toLocaleUpperCase("vi");
const places = (province: string) => province.replace(/^(tỉnh|thành phố) /u, "");

const sentences = [
  "Các đơn vị rà soát danh mục thủ tục đã công bố và niêm yết tại bộ phận một cửa.",
  "Công chức tiếp nhận hướng dẫn người dân ghi đủ các mục còn để trống trong tờ khai.",
  "Hồ sơ thiếu thành phần được trả lại trong ngày làm việc, kèm phiếu nêu rõ lý do.",
  "Kinh phí thực hiện lấy từ nguồn chi thường xuyên đã giao đầu năm cho đơn vị.",
  "Việc kiểm tra được tiến hành mỗi quý một lần, có biên bản và người chứng kiến.",
  "Người dân phản ánh qua đường dây nóng được trả lời chậm nhất sau năm ngày.",
  "Tài sản công hư hỏng phải được lập biên bản trước khi đề nghị thanh lý.",
  "Mỗi thôn cử một cán bộ đầu mối phối hợp với tổ công nghệ số cộng đồng.",
  "Số liệu báo cáo lấy đến hết ngày cuối tháng, làm tròn đến một chữ số thập phân.",
  "Lịch tiếp dân định kỳ được thông báo trên trang thông tin điện tử của xã.",
  "Trường hợp phát sinh vướng mắc, các cơ quan báo cáo bằng văn bản để xem xét.",
  "Đề nghị gửi kết quả đúng hạn để tổng hợp, trình cấp có thẩm quyền quyết định.",
];

export const paragraph = (chance: Chance, count = 3): string =>
  p(
    Array.from({ length: count }, () => chance.pick(sentences)).join(" "),
    "text-align:justify;text-indent:10mm;margin:1.5mm 0",
  );

type Head = {
  readonly look: Look;
  readonly agency: string;
  readonly province: string;
  readonly so: string;
  readonly dayHtml: string;
  readonly about?: string;
};

const head = ({ agency, province, so, dayHtml, about }: Head): string =>
  columns(
    centred(
      p(`ỦY BAN NHÂN DÂN`),
      p(upper(agency), "font-weight:700"),
      p(`Số: ${value("so", so)}`),
      about === undefined ? "" : p(about),
    ),
    centred(nation(), p(`${places(province)}, ${dayHtml}`, "font-style:italic")),
  );

const recipients = p("Nơi nhận:", "font-weight:700;font-style:italic") + p("- Như trên;") + p("- Lưu: VT.");

function official(look: Look, suffix: string) {
  const { commune, province } = aCommune(look.chance);
  const on = aDay(look.chance, 2016, 2025);
  const so = `${1 + look.chance.below(2000)}/${suffix}-UBND`.replace("/-", "/");
  const dayHtml = `<b data-field="ngay" style="font-weight:inherit">${spoken(on)}</b>`;
  return { commune, province, on, so, dayHtml, officer: aPerson(look.chance) };
}

const ending = (look: Look, commune: string, signer: string): string =>
  columns(
    recipients,
    signedBy(
      look,
      ["TM. ỦY BAN NHÂN DÂN", look.chance.pick(["CHỦ TỊCH", "KT. CHỦ TỊCH"])],
      `UBND ${commune}`,
      signer,
    ).replace(/^<div[^>]*><div style="flex:1"><\/div>/, "<div>"),
  );

export function decision(look: Look): Paper {
  const { chance } = look;
  const { commune, province, on, so, dayHtml, officer } = official(look, "QĐ");
  const person = aPerson(chance);
  const from = { ...on, month: Math.min(12, on.month + 1) };
  const post = chance.pick([
    "Kế toán trưởng Trường Tiểu học Mẫu Lộc",
    "Công chức Văn phòng - Thống kê",
    "Trưởng ban quản lý chợ Giả Sơn",
  ]);
  const fields = {
    so,
    ngay: figures(on),
    ho_ten: person.name,
    chuc_vu: post,
    ngay_hieu_luc: figures(from),
    nguoi_ky: officer.name,
  };
  const body = [
    head({ look, agency: commune, province, so, dayHtml }),
    centred(
      p("QUYẾT ĐỊNH", "font-size:1.3em;font-weight:700;margin-top:5mm"),
      p("Về việc bổ nhiệm cán bộ", "font-weight:700;margin-bottom:4mm"),
    ),
    p("Căn cứ Luật Tổ chức chính quyền địa phương;", "font-style:italic"),
    p("Xét đề nghị của bộ phận tổ chức,", "font-style:italic"),
    centred(p("QUYẾT ĐỊNH:", "font-weight:700;margin:3mm 0")),
    p(
      `<b>Điều 1.</b> Bổ nhiệm ${person.sex === "Nam" ? "ông" : "bà"} ${value("ho_ten", person.name)}, sinh ngày ${figures(person.born)}, giữ chức vụ ${value("chuc_vu", post)}, kể từ <b data-field="ngay_hieu_luc" style="font-weight:inherit">${spoken(from)}</b>.`,
      "text-align:justify;margin:2mm 0",
    ),
    p(`<b>Điều 2.</b> ${chance.pick(sentences)}`, "text-align:justify;margin:2mm 0"),
    p(
      "<b>Điều 3.</b> Các cá nhân, đơn vị có liên quan chịu trách nhiệm thi hành quyết định này./.",
      "text-align:justify;margin:2mm 0 6mm",
    ),
    ending(look, commune, officer.name),
  ];
  return { kind: "quyet_dinh", fields, sheets: [sheet(look, body.join(""))] };
}

/** A letter of one to five sheets; from the second on the number stands at the head, or `trang 2/5` at the foot. */
function letterLike(look: Look, kind: "cong_van" | "thong_bao", sheets: number): Paper {
  const { chance } = look;
  const { commune, province, on, so, dayHtml, officer } = official(look, kind === "cong_van" ? "" : "TB");
  const title = centred(
    p("THÔNG BÁO", "font-size:1.3em;font-weight:700;margin-top:5mm"),
    p("Về lịch làm việc và tiếp công dân", "font-weight:700;margin-bottom:4mm"),
  );
  const start =
    kind === "cong_van"
      ? head({ look, agency: commune, province, so, dayHtml, about: "V/v rà soát thủ tục hành chính" }) +
        centred(p(`Kính gửi: Các đơn vị trực thuộc ${commune}`, "margin:6mm 0 3mm"))
      : head({ look, agency: commune, province, so, dayHtml }) + title;
  const numbering = chance.pick(["trang", "head", "slash"]);
  const bodies = Array.from({ length: sheets }, (_, i) => {
    const texts = Array.from({ length: sheets === 1 ? 3 : 6 }, () => paragraph(chance, 3 + chance.below(2))).join("");
    return (i === 0 ? start : "") + texts + (i === sheets - 1 ? ending(look, commune, officer.name) : "");
  });
  const made = bodies.map(
    (body, i): Sheet => sheet(look, sheets === 1 ? body : numbered(body, numbering, i + 1, sheets)),
  );
  return { kind, fields: { so, ngay: figures(on), nguoi_ky: officer.name }, sheets: made };
}

function numbered(body: string, how: string, number: number, of: number): string {
  if (how === "head") return number === 1 ? body : centred(p(String(number), "margin-bottom:3mm")) + body;
  const text = how === "trang" ? `Trang ${number}/${of}` : `${number}/${of}`;
  return `${body}<div style="position:absolute;left:0;right:0;bottom:8mm;text-align:center">${p(text)}</div>`;
}

export const letter = (look: Look, sheets = 1): Paper => letterLike(look, "cong_van", sheets);
export const notice = (look: Look): Paper => letterLike(look, "thong_bao", 1);

export function contract(look: Look, sheets = 1): Paper {
  const { chance } = look;
  const [a, b] = [aPerson(chance), aPerson(chance)];
  const title = chance.pick(["HỢP ĐỒNG MUA BÁN", "HỢP ĐỒNG LAO ĐỘNG", "HỢP ĐỒNG CHUYỂN NHƯỢNG"]);
  const day = aDay(chance, 2018, 2025);
  const start = [
    centred(nation()),
    centred(p(title, "font-size:1.4em;font-weight:700;margin:6mm 0 3mm")),
    p(`Hôm nay, ${spoken(day)}, hai bên gồm có:`),
    p(`BÊN A: ${a.sex === "Nam" ? "Ông" : "Bà"} ${upper(a.name)}, CCCD số ${a.number}`),
    p(`Nơi cư trú: ${a.place}`),
    p(`BÊN B: ${b.sex === "Nam" ? "Ông" : "Bà"} ${upper(b.name)}, CCCD số ${b.number}`),
    p(`Nơi cư trú: ${aPlace(chance)}`),
  ].join("");
  const made = Array.from({ length: sheets }, (_, i) => {
    const terms = Array.from(
      { length: sheets === 1 ? 4 : 6 },
      (_none, at) => p(`Điều ${i * 6 + at + 1}.`, "font-weight:700") + paragraph(chance, 2),
    ).join("");
    const end =
      i < sheets - 1
        ? ""
        : columns(
            centred(p("BÊN A", "font-weight:700"), p("(ký, ghi rõ họ tên)")),
            centred(p("BÊN B", "font-weight:700"), p("(ký, ghi rõ họ tên)")),
          );
    const body = (i === 0 ? start : "") + terms + end;
    return sheet(look, sheets === 1 ? body : numbered(body, "trang", i + 1, sheets));
  });
  const fields = {
    ngay: figures(day),
    ...{ ben_a: upper(a.name), so_dinh_danh_a: a.number, ben_b: upper(b.name), so_dinh_danh_b: b.number },
  };
  return { kind: "hop_dong", fields, sheets: made };
}

export function residence(look: Look): Paper {
  const { chance } = look;
  const [person, officer] = [aPerson(chance), aPerson(chance)];
  const { commune } = aCommune(chance);
  const fields = {
    ho_ten: upper(person.name),
    ngay_sinh: figures(person.born),
    gioi_tinh: person.sex,
    so_dinh_danh: person.number,
    thuong_tru: person.place,
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => p(`${text}${look.colon} ${html}`);
  const body = [
    columns(centred(p(`CÔNG AN ${upper(commune)}`, "font-weight:700")), centred(nation())),
    centred(p("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ", "font-size:1.4em;font-weight:700;margin:6mm 0 4mm")),
    row("1. Họ, chữ đệm và tên", f("ho_ten")),
    columns(row("2. Ngày, tháng, năm sinh", f("ngay_sinh")), row("3. Giới tính", f("gioi_tinh"))),
    row("4. Số định danh cá nhân", f("so_dinh_danh")),
    row("5. Nơi thường trú", f("thuong_tru")),
    row("6. Họ và tên chủ hộ", person.name),
    row("7. Quan hệ với chủ hộ", "Chủ hộ"),
    signedBy(look, ["TRƯỞNG CÔNG AN"], `CÔNG AN ${commune}`, officer.name),
  ];
  return { kind: "cu_tru", fields, sheets: [sheet(look, body.join(""))] };
}
