/** `/dossiers/:id/line`: one line of the register, and what of it was corrected. LAW 3.4. */
export const registerLineVi = {
  title: "Dòng số {number}, quyển {book}",
  toDay: "Về trang sổ ngày {day}",
  now: "Dòng này hiện ghi",
  document: "Số của giấy tờ",
  history: "Các lần sửa",
  historyNone: "Chưa sửa lần nào.",
  columnOrdinal: "Lần",
  columnPart: "Cột",
  columnWas: "Đã ghi",
  columnReads: "Sửa thành",
  columnReason: "Lý do",
  columnBy: "Người sửa",
  columnCounted: "Trong bản in tháng",
  correctTitle: "Sửa dòng này",
  correctLead:
    "Nội dung cũ bị gạch ngang nhưng vẫn đọc được; không xóa, không rút lại. Số, ngày và người ký không sửa ở đây: bản sao sai thì hủy bỏ giá trị rồi chứng thực lại theo số mới. Nếu bản in của tháng đã ký, lần sửa hiện trong bản in của tháng này.",
  partLabel: "Sửa cột nào",
  readsLabel: "Ghi đúng là",
  readsHint: "Phí và số bản sao ghi bằng chữ số.",
  reasonLabel: "Lý do",
  reasonHint: "Ít nhất 10 ký tự, ví dụ: gõ nhầm họ tên so với giấy tờ tùy thân.",
  button: "Ghi lần sửa",
  faultPart: "Hãy chọn cột cần sửa.",
  faultReads: "Hãy ghi nội dung đúng, khác nội dung đang có; phí và số bản sao bằng chữ số.",
  faultReason: "Lý do cần từ 10 đến 500 ký tự.",
  onlySigner: "Người thực hiện chứng thực sửa dòng này.",
  empty: "(trống)",
} as const satisfies Record<string, string>;

export type RegisterLineWord = keyof typeof registerLineVi;
