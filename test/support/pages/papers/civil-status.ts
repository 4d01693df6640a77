import { centred, columns, type Look, label, nation, type Paper, p, seal, sheet, signature, value } from "../markup.ts";
import { aCommune, aDay, aPerson, aPlace, digits, figures, inWords, spoken } from "../people.ts";

const upper = (text: string) => text.toLocaleUpperCase("vi");

function registered(look: Look) {
  const { commune, district, province } = aCommune(look.chance);
  return { office: `Ủy ban nhân dân ${commune}, ${district}, ${province}`, place: province, commune };
}

function signed(look: Look, office: string, signer: string): string {
  return columns(
    "",
    centred(
      p("TM. ỦY BAN NHÂN DÂN", "font-weight:700"),
      p(look.chance.pick(["CHỦ TỊCH", "KT. CHỦ TỊCH"]), "font-weight:700"),
      `<div style="position:relative;height:26mm">${signature(look.chance, { x: 22, y: 6 })}${seal(office.toLocaleUpperCase("vi"), { x: 2, y: -4 })}</div>`,
      p(value("nguoi_ky", signer), "font-weight:700"),
    ),
  );
}

export function birth(look: Look): Paper {
  const { chance } = look;
  const child = aPerson(chance, 1998, 2023);
  const [mother, father, officer] = [aPerson(chance, 1962, 1985), aPerson(chance, 1960, 1985), aPerson(chance)];
  const born = aPlace(chance);
  const { office, commune } = registered(look);
  const so = `${1 + chance.below(400)}/${child.born.year}`;
  const registeredOn = aDay(chance, child.born.year + 1, child.born.year + 1);
  const fields = {
    so,
    ho_ten: upper(child.name),
    ngay_sinh: figures(child.born),
    ngay_sinh_chu: inWords(child.born),
    gioi_tinh: child.sex,
    dan_toc: "Kinh",
    quoc_tich: "Việt Nam",
    noi_sinh: `Trạm y tế ${born}`,
    que_quan: father.place,
    so_dinh_danh: child.number,
    ho_ten_me: upper(mother.name),
    nam_sinh_me: String(mother.born.year),
    ho_ten_cha: upper(father.name),
    nam_sinh_cha: String(father.born.year),
    noi_dang_ky: office,
    ngay_dang_ky: figures(registeredOn),
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => label(look, text, html);
  const body = [
    columns(p(""), centred(nation())),
    centred(p("GIẤY KHAI SINH", "font-size:1.7em;font-weight:700;margin:5mm 0 1mm")),
    centred(row("Số", f("so"))),
    row("Họ, chữ đệm, tên", f("ho_ten")),
    row("Ngày, tháng, năm sinh", f("ngay_sinh")),
    row("Ghi bằng chữ", f("ngay_sinh_chu")),
    columns(row("Giới tính", f("gioi_tinh")), row("Dân tộc", f("dan_toc")), row("Quốc tịch", f("quoc_tich"))),
    row("Nơi sinh", f("noi_sinh")),
    row("Quê quán", f("que_quan")),
    row("Số định danh cá nhân", f("so_dinh_danh")),
    row("Họ, chữ đệm, tên người mẹ", f("ho_ten_me")),
    columns(row("Năm sinh", f("nam_sinh_me")), row("Dân tộc", "Kinh"), row("Quốc tịch", "Việt Nam")),
    row("Nơi cư trú", mother.place),
    row("Họ, chữ đệm, tên người cha", f("ho_ten_cha")),
    columns(row("Năm sinh", f("nam_sinh_cha")), row("Dân tộc", "Kinh"), row("Quốc tịch", "Việt Nam")),
    row("Nơi cư trú", father.place),
    row("Nơi đăng ký khai sinh", f("noi_dang_ky")),
    row("Ngày, tháng, năm đăng ký", f("ngay_dang_ky")),
    signed(look, `UBND ${commune}`, officer.name),
  ];
  return { kind: "khai_sinh", fields, sheets: [sheet(look, body.join(""))] };
}

export function marriage(look: Look): Paper {
  const { chance } = look;
  const [wife, husband, officer] = [aPerson(chance), aPerson(chance), aPerson(chance)];
  const { office, commune } = registered(look);
  const on = aDay(chance, 2012, 2024);
  const fields = {
    so: `${1 + chance.below(300)}/${on.year}`,
    ho_ten_vo: upper(wife.name),
    ngay_sinh_vo: figures(wife.born),
    cu_tru_vo: wife.place,
    giay_to_vo: `Thẻ căn cước số ${wife.number}`,
    ho_ten_chong: upper(husband.name),
    ngay_sinh_chong: figures(husband.born),
    cu_tru_chong: husband.place,
    giay_to_chong: `Thẻ căn cước số ${husband.number}`,
    noi_dang_ky: office,
    ngay_dang_ky: figures(on),
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => label(look, text, html);
  const spouse = (who: "vo" | "chong", word: string) => [
    row(`Họ, chữ đệm, tên ${word}`, f(`ho_ten_${who}`)),
    row("Ngày, tháng, năm sinh", f(`ngay_sinh_${who}`)),
    columns(row("Dân tộc", "Kinh"), row("Quốc tịch", "Việt Nam")),
    row("Nơi cư trú", f(`cu_tru_${who}`)),
    row("Giấy tờ tùy thân", f(`giay_to_${who}`)),
  ];
  const body = [
    centred(nation(chance.below(2) === 0)),
    centred(p("GIẤY CHỨNG NHẬN KẾT HÔN", "font-size:1.6em;font-weight:700;margin:6mm 0 1mm"), row("Số", f("so"))),
    ...spouse("chong", "chồng"),
    `<div style="height:4mm"></div>`,
    ...spouse("vo", "vợ"),
    `<div style="height:4mm"></div>`,
    row("Nơi đăng ký kết hôn", f("noi_dang_ky")),
    row("Ngày, tháng, năm đăng ký", f("ngay_dang_ky")),
    p("Giấy chứng nhận kết hôn này có giá trị kể từ ngày đăng ký."),
    signed(look, `UBND ${commune}`, officer.name),
  ];
  return { kind: "ket_hon", fields, sheets: [sheet(look, body.join(""))] };
}

export function single(look: Look): Paper {
  const { chance } = look;
  const [person, officer] = [aPerson(chance), aPerson(chance)];
  const { commune } = registered(look);
  const on = aDay(chance, 2018, 2025);
  const fields = {
    so: `${1 + chance.below(900)}/UBND-XNTTHN`,
    ho_ten: upper(person.name),
    ngay_sinh: figures(person.born),
    gioi_tinh: person.sex,
    so_dinh_danh: person.number,
    cu_tru: person.place,
    ngay: figures(on),
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => label(look, text, html);
  const body = [
    columns(centred(p(`ỦY BAN NHÂN DÂN ${upper(commune)}`, "font-weight:700"), row("Số", f("so"))), centred(nation())),
    centred(
      p(
        `${commune.replace(/^\S+ /u, "")}, <b data-field="ngay" style="font-weight:inherit">${spoken(on)}</b>`,
        "font-style:italic",
      ),
    ),
    centred(p("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "font-size:1.4em;font-weight:700;margin:5mm 0")),
    p(`Xét đề nghị của ông/bà có tên dưới đây về việc cấp giấy xác nhận tình trạng hôn nhân,`),
    centred(p("XÁC NHẬN", "font-weight:700")),
    row("Họ, chữ đệm, tên", f("ho_ten")),
    row("Ngày, tháng, năm sinh", f("ngay_sinh")),
    columns(row("Giới tính", f("gioi_tinh")), row("Dân tộc", "Kinh"), row("Quốc tịch", "Việt Nam")),
    row("Số định danh cá nhân", f("so_dinh_danh")),
    row("Nơi cư trú", f("cu_tru")),
    row("Tình trạng hôn nhân", "Chưa đăng ký kết hôn với ai"),
    p("Giấy này được cấp để làm thủ tục kết hôn, có giá trị trong sáu tháng."),
    signed(look, `UBND ${commune}`, officer.name),
  ];
  return { kind: "xac_nhan_hon_nhan", fields, sheets: [sheet(look, body.join(""))] };
}

export function death(look: Look): Paper {
  const { chance } = look;
  const [person, officer] = [aPerson(chance, 1925, 1960), aPerson(chance)];
  const { office, commune } = registered(look);
  const on = aDay(chance, 2015, 2024);
  const died = { ...on, day: Math.max(1, on.day - 1) };
  const fields = {
    so: `${1 + chance.below(200)}/TLKT`,
    ho_ten: upper(person.name),
    ngay_sinh: figures(person.born),
    gioi_tinh: person.sex,
    so_dinh_danh: person.number,
    ngay_chet: figures(died),
    noi_dang_ky: office,
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => label(look, text, html);
  const body = [
    columns(
      centred(p(`ỦY BAN NHÂN DÂN`, "font-weight:700"), p(upper(commune), "font-weight:700"), row("Số", f("so"))),
      centred(nation()),
    ),
    centred(p("TRÍCH LỤC KHAI TỬ", "font-size:1.6em;font-weight:700;margin:6mm 0"), p("(Bản sao)")),
    row("Họ, chữ đệm, tên", f("ho_ten")),
    row("Ngày, tháng, năm sinh", f("ngay_sinh")),
    columns(row("Giới tính", f("gioi_tinh")), row("Dân tộc", "Kinh"), row("Quốc tịch", "Việt Nam")),
    row("Số định danh cá nhân", f("so_dinh_danh")),
    p(
      `Đã chết vào lúc${look.colon} ${two(chance.below(24))} giờ ${two(chance.below(60))} phút, ngày <b data-field="ngay_chet" style="font-weight:inherit">${figures(died)}</b>`,
    ),
    row("Nơi chết", aPlace(chance)),
    row("Nguyên nhân chết", chance.pick(["Tuổi già", "Bệnh lý"])),
    row("Nơi đăng ký khai tử", f("noi_dang_ky")),
    row("Số giấy tờ kèm theo", digits(chance, 5)),
    signed(look, `UBND ${commune}`, officer.name),
  ];
  return { kind: "khai_tu", fields, sheets: [sheet(look, body.join(""))] };
}

const two = (part: number) => String(part).padStart(2, "0");
