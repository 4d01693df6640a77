/** What an agency's books are called, and whether both kinds of copies share one series. REG-5. */
export const bookNamesVi = {
  lead: "Ký hiệu đứng sau số quyển và năm, ví dụ 01/{year}-{sign}: in trên bản sao, trong sổ, trên bản in của sổ và trong nhật ký công khai. Đặt trước số đầu tiên của năm và khi chưa mở sổ nào của năm; đã có số thì giữ nguyên. Các năm sau dùng tiếp cho đến khi đặt lại.",
  year: "Năm {year}",
  electronic: "Sổ bản điện tử",
  paper: "Sổ bản giấy",
  electronicLabel: "Ký hiệu sổ bản điện tử",
  paperLabel: "Ký hiệu sổ bản giấy",
  signHint: "2 đến 12 ký tự: chữ in hoa không dấu, Đ, chữ số, / . , -",
  signFault: "Chỉ gồm chữ in hoa không dấu, Đ, chữ số, / . , - và dài 2 đến 12 ký tự.",
  series: "Dãy số",
  separateSeries: "Hai sổ, mỗi sổ một dãy số từ 01",
  sharedSeries: "Một sổ chung, một dãy số từ 01",
  shared: "Dùng chung một sổ, một dãy số cho bản giấy và bản điện tử",
  sharedHint:
    "Ghi cùng một ký hiệu ở hai ô trên. Mỗi số cấp cho bản giấy được ghi vào nhật ký công khai (chỉ số và ngày, không tên ai), để dãy số kiểm được là không thiếu. Giấy tờ xin cả hai loại bản có hai số liền trong sổ.",
  sharedFault: "Hai ký hiệu giống nhau nghĩa là dùng chung một sổ: hãy đánh dấu ô này, hoặc đặt hai ký hiệu khác nhau.",
  separateFault: "Dùng chung một sổ thì hai ký hiệu phải giống nhau.",
  inUse:
    "Năm này đã có số hoặc có sổ đang mở: ký hiệu giữ nguyên. Sổ mở nhầm mà chưa có số nào thì đóng lại rồi đặt ký hiệu.",
  save: "Lưu cho năm {year}",
  back: "Mở, đóng sổ",
} as const satisfies Record<string, string>;

export type BookNamesWord = keyof typeof bookNamesVi;
