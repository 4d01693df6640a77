import { centred, columns, type Look, label, nation, type Paper, p, seal, sheet, signature, value } from "../markup.ts";
import { aCommune, aDay, aPerson, aPlace, aTaxCode, digits, figures, spoken } from "../people.ts";

const upper = (text: string) => text.toLocaleUpperCase("vi");
const thousands = (amount: number) => String(amount).replace(/\B(?=(\d{3})+$)/g, ".");

export function signedBy(look: Look, offices: readonly string[], ring: string, signer: string): string {
  return columns(
    "",
    centred(
      ...offices.map((office) => p(office, "font-weight:700")),
      `<div style="position:relative;height:27mm">${signature(look.chance, { x: 24, y: 7 })}${seal(upper(ring), { x: 3, y: -5, mm: 34 })}</div>`,
      p(value("nguoi_ky", signer), "font-weight:700"),
    ),
  );
}

/** The inner pages of a certificate of land use, two columns on an A3 sheet or one A4 side. */
export function land(look: Look): Paper {
  const { chance } = look;
  const [owner, officer] = [aPerson(chance), aPerson(chance)];
  const { province } = aCommune(chance);
  const on = aDay(chance, 2010, 2024);
  const fields = {
    nguoi_su_dung: upper(owner.name),
    so_thua: String(1 + chance.below(900)),
    to_ban_do: String(1 + chance.below(120)),
    dia_chi: aPlace(chance),
    dien_tich: `${40 + chance.below(900)},${chance.below(10)} m²`,
    hinh_thuc: "Sử dụng riêng",
    muc_dich: chance.pick(["Đất ở tại nông thôn", "Đất ở tại đô thị", "Đất trồng cây lâu năm"]),
    thoi_han: chance.pick(["Lâu dài", `Đến ngày 15/10/${2043 + chance.below(20)}`]),
    nguon_goc: chance.pick([
      "Nhà nước giao đất có thu tiền sử dụng đất",
      "Nhận chuyển nhượng đất được công nhận quyền sử dụng đất",
    ]),
    so_vao_so: `${chance.pick(["CH", "CS", "CT"])} ${digits(chance, 5)}`,
    so_phat_hanh: `${chance.pick(["BX", "CĐ", "DK", "AA"])} ${digits(chance, 6)}`,
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => label(look, text, html);
  const holder = chance.pick(["Ông", "Bà", "Người sử dụng đất"]);
  const body = [
    centred(nation(false)),
    centred(
      p("GIẤY CHỨNG NHẬN", "font-size:1.5em;font-weight:700;color:#b01522;margin-top:3mm"),
      p("QUYỀN SỬ DỤNG ĐẤT", "font-size:1.25em;font-weight:700;color:#b01522"),
      p("QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT", "font-size:1.1em;font-weight:700;color:#b01522;margin-bottom:3mm"),
    ),
    p("I. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất", "font-weight:700"),
    row(holder, f("nguoi_su_dung")),
    columns(row("Năm sinh", String(owner.born.year)), row("CCCD số", owner.number)),
    row("Địa chỉ thường trú", owner.place),
    p("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất", "font-weight:700;margin-top:2mm"),
    p("1. Thửa đất", "font-weight:700"),
    columns(row("a) Thửa đất số", f("so_thua")), row("Tờ bản đồ số", f("to_ban_do"))),
    row("b) Địa chỉ", f("dia_chi")),
    row("c) Diện tích", f("dien_tich")),
    row("d) Hình thức sử dụng", f("hinh_thuc")),
    row("đ) Mục đích sử dụng", f("muc_dich")),
    row("e) Thời hạn sử dụng", f("thoi_han")),
    row("g) Nguồn gốc sử dụng", f("nguon_goc")),
    p("2. Nhà ở: -/-", "font-weight:700"),
    p("3. Ghi chú: Không", "font-weight:700"),
    `<div style="height:4mm"></div>`,
    columns("", centred(p(`${province.replace(/^\S+ (phố )?/u, "")}, ${spoken(on)}`, "font-style:italic"))),
    signedBy(
      look,
      [upper(`SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG`), chance.pick(["GIÁM ĐỐC", "KT. GIÁM ĐỐC"])],
      "SỞ TÀI NGUYÊN",
      officer.name,
    ),
    columns(
      row("Số vào sổ cấp GCN", f("so_vao_so")),
      `<div style="text-align:right">${p(f("so_phat_hanh"), "font-size:1.2em;color:#b01522")}</div>`,
    ),
  ];
  return {
    kind: "quyen_su_dung_dat",
    fields,
    sheets: [sheet(look, body.join(""), { background: "linear-gradient(160deg,#fdf1f0,#fbe9ec)" })],
  };
}

const trades = [
  "Thương mại Giả Tưởng",
  "Xây dựng Mẫu Việt",
  "Dịch vụ Thử Nghiệm",
  "Vận tải Hư Cấu",
  "Nông sản Bình Giả",
];

export function company(look: Look): Paper {
  const { chance } = look;
  const [head, officer] = [aPerson(chance), aPerson(chance)];
  const on = aDay(chance, 2008, 2024);
  const { province } = aCommune(chance);
  const capital = (1 + chance.below(90)) * 100_000_000;
  const fields = {
    ma_so: aTaxCode(chance),
    ngay_dang_ky: figures(on),
    ten: `CÔNG TY TNHH ${upper(chance.pick(trades))}`,
    dia_chi: `Số ${1 + chance.below(300)}, ${aPlace(chance)}`,
    von: `${thousands(capital)} đồng`,
    nguoi_dai_dien: upper(head.name),
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => label(look, text, html);
  const body = [
    columns(
      centred(p(`SỞ TÀI CHÍNH ${upper(province)}`), p("PHÒNG ĐĂNG KÝ KINH DOANH", "font-weight:700")),
      centred(nation()),
    ),
    centred(
      p("GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", "font-size:1.4em;font-weight:700;margin-top:6mm"),
      p("CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN", "font-weight:700"),
      p(`Mã số doanh nghiệp${look.colon} ${f("ma_so")}`, "font-weight:700;margin-top:2mm"),
      p(
        `Đăng ký lần đầu${look.colon === ":" ? ":" : ","} <b data-field="ngay_dang_ky" style="font-weight:inherit">${spoken(on)}</b>`,
        "font-style:italic;margin-bottom:4mm",
      ),
    ),
    p("1. Tên công ty", "font-weight:700"),
    row("Tên công ty viết bằng tiếng Việt", f("ten")),
    row("Tên công ty viết tắt", `MẪU ${digits(chance, 2)} CO., LTD`),
    p("2. Địa chỉ trụ sở chính", "font-weight:700"),
    p(f("dia_chi")),
    columns(row("Điện thoại", `0999${digits(chance, 6)}`), row("Fax", "")),
    row("3. Vốn điều lệ", f("von")),
    row("Bằng chữ", "xem trên giấy"),
    p("4. Người đại diện theo pháp luật của công ty", "font-weight:700"),
    columns(row("* Họ và tên", f("nguoi_dai_dien")), row("Giới tính", head.sex)),
    row("Chức danh", "Giám đốc"),
    columns(row("Sinh ngày", figures(head.born)), row("Dân tộc", "Kinh"), row("Quốc tịch", "Việt Nam")),
    row("Số giấy tờ pháp lý của cá nhân", head.number),
    row("Địa chỉ liên lạc", head.place),
    signedBy(look, ["TRƯỞNG PHÒNG"], "PHÒNG ĐĂNG KÝ KINH DOANH", officer.name),
  ];
  return { kind: "dang_ky_doanh_nghiep", fields, sheets: [sheet(look, body.join(""))] };
}

export function household(look: Look): Paper {
  const { chance } = look;
  const [head, officer] = [aPerson(chance), aPerson(chance)];
  const { commune } = aCommune(chance);
  const fields = {
    ma_so: chance.pick([head.number, `99${chance.below(10)}8${digits(chance, 6)}`]),
    ten: `HỘ KINH DOANH ${upper(head.name)}`,
    dia_chi: `Số ${1 + chance.below(200)}, ${aPlace(chance)}`,
    nganh: chance.pick(["Bán lẻ lương thực, thực phẩm", "Sửa chữa xe máy", "Dịch vụ ăn uống"]),
    von: `${thousands((1 + chance.below(50)) * 10_000_000)} đồng`,
    chu_ho: upper(head.name),
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => label(look, text, html);
  const body = [
    columns(
      centred(p(`ỦY BAN NHÂN DÂN`), p(upper(commune), "font-weight:700"), p("PHÒNG KINH TẾ", "font-weight:700")),
      centred(nation()),
    ),
    centred(
      p("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", "font-size:1.35em;font-weight:700;margin:6mm 0 1mm"),
      p(`${chance.pick(["Mã số hộ kinh doanh", "Số"])}${look.colon} ${f("ma_so")}`, "font-weight:700"),
      p(`Đăng ký lần đầu, ${spoken(aDay(chance, 2012, 2024))}`, "font-style:italic;margin-bottom:4mm"),
    ),
    row("1. Tên hộ kinh doanh", f("ten")),
    row("2. Địa điểm kinh doanh", f("dia_chi")),
    columns(row("Điện thoại", `0999${digits(chance, 6)}`), row("Email", "")),
    row("3. Ngành, nghề kinh doanh", f("nganh")),
    row("4. Vốn kinh doanh", f("von")),
    row("5. Họ và tên chủ hộ kinh doanh", f("chu_ho")),
    columns(row("Sinh ngày", figures(head.born)), row("Dân tộc", "Kinh"), row("Quốc tịch", "Việt Nam")),
    row("Nơi cư trú", head.place),
    signedBy(look, ["TRƯỞNG PHÒNG"], `UBND ${commune}`, officer.name),
  ];
  return { kind: "ho_kinh_doanh", fields, sheets: [sheet(look, body.join(""))] };
}
