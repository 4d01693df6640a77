import { encode } from "uqr";
import { centred, columns, type Look, type Paper, p, type Sheet, seal, sheet, t, value } from "../markup.ts";
import { aDay, aPerson, type Day, digits, figures, type Invented, two } from "../people.ts";

const upper = (text: string) => text.toLocaleUpperCase("vi");
const plain = (text: string) => upper(text).normalize("NFD").replace(/\p{M}/gu, "").replace(/Đ/g, "D");
const idCard = { widthMm: 85.6, heightMm: 54, margin: "2.5mm 3.5mm" };

/** ICAO 9303-3 §4.9. */
function checkDigit(text: string): string {
  const worth = (sign: string) => (sign === "<" ? 0 : Number.parseInt(sign, 36));
  return String([...text].reduce((sum, sign, i) => sum + worth(sign) * ([7, 3, 1][i % 3] ?? 0), 0) % 10);
}

const short = ({ day, month, year }: Day) => `${two(year % 100)}${two(month)}${two(day)}`;
const named = (name: string, room: number) => {
  const [family = "", ...rest] = plain(name).split(" ");
  return `${family}<<${rest.join("<")}`.padEnd(room, "<").slice(0, room);
};

/** ICAO 9303-5, TD1: three lines of thirty. */
export function td1({ name, sex, born, number }: Invented, until: Day): readonly string[] {
  const document = number.slice(3);
  const optional = `${number}<<`;
  const first = `IDVNM${document}${checkDigit(document)}${optional}${checkDigit(optional)}`;
  const [birth, end] = [short(born), short(until)];
  const second = `${birth}${checkDigit(birth)}${sex === "Nam" ? "M" : "F"}${end}${checkDigit(end)}VNM`.padEnd(29, "<");
  const all = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29);
  return [first, second + checkDigit(all), named(name, 30)];
}

/** ICAO 9303-4, TD3: two lines of forty-four. */
function td3({ name, sex, born, number }: Invented, passport: string, until: Day): readonly string[] {
  const [document, birth, end] = [passport.padEnd(9, "<"), short(born), short(until)];
  const personal = number.padEnd(14, "<");
  const body = `${document}${checkDigit(document)}VNM${birth}${checkDigit(birth)}${sex === "Nam" ? "M" : "F"}${end}${checkDigit(end)}${personal}${checkDigit(personal)}`;
  const all = body.slice(0, 10) + body.slice(13, 20) + body.slice(21, 43);
  return [`P<VNM${named(name, 39)}`, body + checkDigit(all)];
}

const mrz = (lines: readonly string[], size: string) =>
  `<div style="position:absolute;left:4mm;right:2mm;bottom:3mm;font-family:'OCR B';font-size:${size};line-height:1.28;white-space:pre;letter-spacing:0">${lines.map((line) => `<p>${t(line)}</p>`).join("")}</div>`;

const face = (chance: Look["chance"], style: string) =>
  `<svg data-over="photo" style="position:absolute;${style};background:#c8d4de" viewBox="0 0 60 80"><circle cx="30" cy="32" r="16" fill="hsl(28 45% ${45 + chance.below(20)}%)"/><path d="M4 80c0-26 52-26 52 0z" fill="#345"/><path d="M14 28c0-26 32-26 32 0q-16-10-32 0z" fill="#221"/></svg>`;

function qrOf(text: string, style: string): string {
  const { data, size } = encode(text, { ecc: "M", border: 1 });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  return `<svg data-over="qr" style="position:absolute;${style};background:#fff" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${dark.join("")}"/></svg>`;
}

const tinted = (from: string, to: string) =>
  `repeating-linear-gradient(35deg,rgba(255,255,255,.35) 0 .25mm,transparent .25mm 1.1mm),linear-gradient(120deg,${from},${to})`;

const pair = (look: Look, vi: string, en: string, html: string, style = "") =>
  p(`${t(vi)} / <i>${t(en)}</i>${look.colon} ${html}`, style);

/** The card with a chip, 2021 to mid-2024, both sides. */
export function cccd(look: Look): Paper {
  const person = aPerson(look.chance);
  const issued = aDay(look.chance, 2021, 2023);
  const until = { ...person.born, year: person.born.year + 60 + (person.born.year > 1980 ? 0 : 10) };
  const fields = {
    so: person.number,
    ho_ten: upper(person.name),
    ngay_sinh: figures(person.born),
    gioi_tinh: person.sex,
    quoc_tich: "Việt Nam",
    que_quan: person.place.split(", ").slice(-3).join(", "),
    thuong_tru: person.place,
    gia_tri_den: figures(until),
    ngay_cap: figures(issued),
  };
  const f = (name: keyof typeof fields, style = "") => value(name, fields[name], style);
  const code = [
    person.number,
    "",
    person.name,
    figures(person.born).replace(/\//g, ""),
    person.sex,
    person.place,
    figures(issued).replace(/\//g, ""),
  ];
  const front = `<div style="margin-left:0;font-size:5.1pt;line-height:1.22">
${centred(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "font-weight:700"), p("Độc lập - Tự do - Hạnh phúc", "font-weight:700"), p("CĂN CƯỚC CÔNG DÂN", "font-size:9pt;font-weight:700;color:#b3122a"), p("Citizen Identity Card", "font-style:italic"))}
${qrOf(code.join("|"), "right:3mm;top:3mm;width:12mm;height:12mm")}${face(look.chance, "left:4mm;top:20mm;width:19mm;height:25mm")}
<div style="margin:1.2mm 0 0 22mm;font-size:5.4pt">${pair(look, "Số", "No.", f("so", "font-size:9pt;font-weight:700"))}
${pair(look, "Họ và tên", "Full name", "")}${p(f("ho_ten"), "font-size:7.5pt")}
${pair(look, "Ngày sinh", "Date of birth", f("ngay_sinh"))}
<div style="display:flex;gap:4mm">${pair(look, "Giới tính", "Sex", f("gioi_tinh"))}${pair(look, "Quốc tịch", "Nationality", f("quoc_tich"))}</div>
${pair(look, "Quê quán", "Place of origin", "")}${p(f("que_quan"))}
${pair(look, "Nơi thường trú", "Place of residence", "")}${p(f("thuong_tru"))}</div>
<div style="position:absolute;left:3mm;bottom:2mm;font-size:4.4pt">${pair(look, "Có giá trị đến", "Date of expiry", f("gia_tri_den"))}</div></div>`;
  const back = `<div style="font-size:5.2pt;line-height:1.3">${pair(look, "Đặc điểm nhân dạng", "Personal identification", "")}${p(`Nốt ruồi cách ${1 + look.chance.below(4)} cm dưới mắt trái`)}
<div style="margin-left:32mm">${pair(look, "Ngày, tháng, năm", "Date, month, year", f("ngay_cap"))}${centred(p("CỤC TRƯỞNG CỤC CẢNH SÁT", "font-weight:700"), p("QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI", "font-weight:700"))}</div>
${seal("BỘ CÔNG AN", { x: 56, y: 14, mm: 17 })}${mrz(td1(person, until), "9.4pt")}</div>`;
  const background = tinted("#e9f3ea", "#cfe6ee");
  const side = (html: string): Sheet => sheet(look, html, { ...idCard, background });
  return { kind: "can_cuoc", fields, sheets: [side(front), side(back)] };
}

/** The card from July 2024, both sides: the code is on the back. */
export function canCuoc(look: Look): Paper {
  const person = aPerson(look.chance);
  const issued = aDay(look.chance, 2024, 2025);
  const until = { ...person.born, year: person.born.year + 60 + (person.born.year > 1980 ? 0 : 10) };
  const fields = {
    so: person.number,
    ho_ten: upper(person.name),
    ngay_sinh: figures(person.born),
    gioi_tinh: person.sex,
    quoc_tich: "Việt Nam",
    thuong_tru: person.place,
    que_quan: person.place.split(", ").slice(-3).join(", "),
    ngay_cap: figures(issued),
    gia_tri_den: figures(until),
  };
  const f = (name: keyof typeof fields, style = "") => value(name, fields[name], style);
  const code = [
    person.number,
    "",
    person.name,
    figures(person.born).replace(/\//g, ""),
    person.sex,
    person.place,
    figures(issued).replace(/\//g, ""),
    "",
    "",
  ];
  const front = `<div style="font-size:5.4pt;line-height:1.3">${centred(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "font-weight:700"), p("Độc lập - Tự do - Hạnh phúc", "font-weight:700"), p("CĂN CƯỚC", "font-size:10pt;font-weight:700;color:#b3122a"), p("IDENTITY CARD", "font-weight:700"))}
${face(look.chance, "left:4mm;top:20mm;width:20mm;height:26mm")}
<div style="margin:2mm 0 0 24mm">${pair(look, "Số định danh cá nhân", "Personal identification number", "")}${p(f("so"), "font-size:9pt;font-weight:700")}
${pair(look, "Họ, chữ đệm và tên khai sinh", "Full name", "")}${p(f("ho_ten"), "font-size:7.5pt")}
<div style="display:flex;gap:5mm"><div>${pair(look, "Ngày, tháng, năm sinh", "Date of birth", "")}${p(f("ngay_sinh"))}</div><div>${pair(look, "Giới tính", "Sex", "")}${p(f("gioi_tinh"))}</div></div>
${pair(look, "Quốc tịch", "Nationality", f("quoc_tich"))}</div></div>`;
  const back = `<div style="font-size:5.2pt;line-height:1.3"><div style="margin-right:17mm">${pair(look, "Nơi cư trú", "Place of residence", "")}${p(f("thuong_tru"))}
${pair(look, "Nơi đăng ký khai sinh", "Place of birth", "")}${p(f("que_quan"))}
${pair(look, "Ngày, tháng, năm cấp", "Date of issue", f("ngay_cap"))}${pair(look, "Ngày, tháng, năm hết hạn", "Date of expiry", f("gia_tri_den"))}${p("BỘ CÔNG AN / <i>MINISTRY OF PUBLIC SECURITY</i>", "font-weight:700")}</div>
${qrOf(code.join("|"), "right:3mm;top:3mm;width:14mm;height:14mm")}${mrz(td1(person, until), "9.4pt")}</div>`;
  const background = tinted("#f3ead8", "#d8e9e4");
  const side = (html: string): Sheet => sheet(look, html, { ...idCard, background });
  return { kind: "can_cuoc", fields, sheets: [side(front), side(back)] };
}

export function oldIdentity(look: Look): Paper {
  const person = aPerson(look.chance, 1950, 1990);
  const fields = {
    so: digits(look.chance, 9).replace(/^\d/, "9"),
    ho_ten: upper(person.name),
    ngay_sinh: figures(person.born),
    que_quan: person.place.split(", ").slice(-3).join(", "),
    thuong_tru: person.place,
  };
  const f = (name: keyof typeof fields, style = "") => value(name, fields[name], style);
  const row = (text: string, html: string) => p(`${text}${look.colon} ${html}`);
  const html = `<div style="font-size:6pt;line-height:1.3">${centred(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "font-weight:700"), p("Độc lập - Tự do - Hạnh phúc"), p("GIẤY CHỨNG MINH NHÂN DÂN", "font-size:8pt;font-weight:700;color:#222"))}${face(look.chance, "left:4mm;top:20mm;width:19mm;height:26mm")}
<div style="margin:1mm 0 0 23mm">${row("SỐ", f("so", "font-size:9pt;color:#b3122a"))}${row("Họ tên", f("ho_ten", "font-weight:700"))}${row("Sinh ngày", f("ngay_sinh"))}${row("Nguyên quán", f("que_quan"))}${row("Nơi ĐKHK thường trú", f("thuong_tru"))}</div></div>`;
  return { kind: "cmnd", fields, sheets: [sheet(look, html, { ...idCard, background: tinted("#e8f2df", "#dfe9d6") })] };
}

export function licence(look: Look): Paper {
  const { chance } = look;
  const person = aPerson(chance);
  const fields = {
    so: person.number,
    ho_ten: upper(person.name),
    ngay_sinh: figures(person.born),
    quoc_tich: "VIỆT NAM",
    cu_tru: person.place,
    hang: chance.pick(["A1", "A", "B", "C1", "C", "D2", "D", "BE"]),
    gia_tri_den: figures(aDay(chance, 2027, 2035)),
  };
  const f = (name: keyof typeof fields, style = "") => value(name, fields[name], style);
  const row = (text: string, html: string) => p(`${text}${look.colon} ${html}`);
  const html = `<div style="font-size:5.6pt;line-height:1.34">${centred(p("BỘ XÂY DỰNG / <i>MOC</i>"), p("GIẤY PHÉP LÁI XE / DRIVER'S LICENSE", "font-size:7.5pt;font-weight:700;color:#a01020"))}${face(chance, "left:4mm;top:14mm;width:18mm;height:24mm")}
<div style="margin:1.4mm 0 0 23mm">${row("Số/No", f("so", "font-size:8pt;font-weight:700;color:#a01020"))}${row("Họ tên/Full name", f("ho_ten", "font-weight:700"))}${row("Ngày sinh/Date of birth", f("ngay_sinh"))}${row("Quốc tịch/Nationality", f("quoc_tich"))}${row("Nơi cư trú/Address", f("cu_tru"))}${row("Hạng/Class", f("hang", "font-size:8pt;font-weight:700"))}${row("Có giá trị đến/Expires", f("gia_tri_den"))}</div>${seal("SỞ XÂY DỰNG", { x: 62, y: 33, mm: 16 })}</div>`;
  return {
    kind: "giay_phep_lai_xe",
    fields,
    sheets: [sheet(look, html, { ...idCard, background: tinted("#fbf3d8", "#f6dfc4") })],
  };
}

export function insurance(look: Look): Paper {
  const { chance } = look;
  const person = aPerson(chance);
  const fields = {
    ma_so: chance.pick([`DN4${digits(chance, 12)}`, digits(chance, 10)]),
    ho_ten: upper(person.name),
    ngay_sinh: figures(person.born),
    gioi_tinh: person.sex,
    noi_kcb: `Bệnh viện đa khoa ${person.place.split(", ").at(-2)}`,
  };
  const f = (name: keyof typeof fields, style = "") => value(name, fields[name], style);
  const row = (text: string, html: string) => p(`${text}${look.colon} ${html}`);
  const html = `<div style="font-size:6.4pt;line-height:1.42">${columns(centred(p("BẢO HIỂM XÃ HỘI VIỆT NAM", "font-weight:700;color:#1a4a9a")))}${centred(p("THẺ BẢO HIỂM Y TẾ", "font-size:10pt;font-weight:700;color:#b3122a"))}
${row("Mã số", f("ma_so", "font-weight:700"))}${row("Họ và tên", f("ho_ten"))}<div style="display:flex;gap:6mm">${row("Ngày sinh", f("ngay_sinh"))}${row("Giới tính", f("gioi_tinh"))}</div>${row("Nơi ĐK KCB BĐ", f("noi_kcb"))}${row("Giá trị sử dụng từ ngày", figures(aDay(chance, 2022, 2025)))}${seal("BẢO HIỂM XÃ HỘI", { x: 60, y: 31, mm: 18 })}</div>`;
  return {
    kind: "the_bhyt",
    fields,
    sheets: [sheet(look, html, { ...idCard, background: tinted("#eef5fb", "#dcebf7") })],
  };
}

/** The page with the person's data. */
export function passport(look: Look): Paper {
  const { chance } = look;
  const person = aPerson(chance);
  const number = `C${digits(chance, 8)}`.slice(0, 9);
  const issued = aDay(chance, 2017, 2024);
  const until = { ...issued, year: issued.year + 10 };
  const fields = {
    so: number,
    ho_ten: upper(person.name),
    ngay_sinh: figures(person.born),
    gioi_tinh: person.sex,
    quoc_tich: "VIỆT NAM",
    ngay_cap: figures(issued),
    gia_tri_den: figures(until),
  };
  const f = (name: keyof typeof fields, style = "") => value(name, fields[name], style);
  const field = (vi: string, en: string, html: string) =>
    `${p(`${vi} / <i>${en}</i>`, "font-size:5.4pt;color:#333")}${p(html, "font-size:8.5pt")}`;
  const html = `<div style="line-height:1.3">${centred(p("HỘ CHIẾU / <i>PASSPORT</i>", "font-size:11pt;font-weight:700"))}${face(chance, "left:6mm;top:18mm;width:32mm;height:42mm")}
<div style="margin:3mm 0 0 42mm">${field("Số hộ chiếu", "Passport No", f("so", "font-weight:700"))}${field("Họ và tên", "Full name", f("ho_ten"))}<div style="display:flex;gap:8mm"><div>${field("Ngày sinh", "Date of birth", f("ngay_sinh"))}</div><div>${field("Giới tính", "Sex", f("gioi_tinh"))}</div></div>${field("Quốc tịch", "Nationality", f("quoc_tich"))}<div style="display:flex;gap:8mm"><div>${field("Ngày cấp", "Date of issue", f("ngay_cap"))}</div><div>${field("Có giá trị đến", "Date of expiry", f("gia_tri_den"))}</div></div></div>${mrz(td3(person, number, until), "9.6pt")}</div>`;
  return {
    kind: "ho_chieu",
    fields,
    sheets: [
      sheet(look, html, { widthMm: 125, heightMm: 88, margin: "5mm", background: tinted("#eef3e2", "#e2ecf3") }),
    ],
  };
}
