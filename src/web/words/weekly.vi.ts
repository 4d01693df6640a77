/** Reports of weeks that are over. STAT-5. */
export const weeklyVi = {
  title: "Báo cáo tuần",
  lead: "Lập khi tuần đã hết, đếm một lần và giữ nguyên. Số liệu của tuần mà sau đó đếm khác đi thì báo cáo tuần sau nói rõ.",
  leadProvince:
    "Lập khi tuần đã hết, đếm một lần và giữ nguyên: số liệu của từng cơ quan trong tỉnh và xếp hạng. Số liệu của tuần mà sau đó đếm khác đi thì báo cáo tuần sau nói rõ.",
  none: "Chưa có báo cáo nào. Báo cáo của một tuần có trong vài giờ sau khi tuần hết.",
  week: "Tuần",
  countedAt: "Đếm lúc",
  files: "Tải về",
  pdf: "PDF",
  csv: "CSV",
  xlsx: "Excel",
  ofWeek: "của {week}",
  countedText: "Số liệu đếm lúc {time} từ sổ chứng thực và các bước của hồ sơ, không sửa về sau.",
  agencyPaper: "BÁO CÁO TUẦN VỀ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH",
  provincePaper: "BÁO CÁO TUẦN TOÀN TỈNH VỀ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH",
  drawnUp: "NGƯỜI LẬP BIỂU",
  changedTitle: "Số liệu tuần trước nay đếm khác báo cáo tuần trước",
  changedNone: "Không có.",
  was: "Đã báo cáo",
  is: "Nay đếm",
  province: "Tỉnh, thành phố",
  later_electronic: "việc chứng thực điện tử",
  later_paper: "việc chứng thực trên giấy",
  later_answered: "giấy tờ đã có kết quả",
  later_answeredInTime: "giấy tờ có kết quả đúng hẹn",
} as const;

export type WeeklyWord = keyof typeof weeklyVi;
