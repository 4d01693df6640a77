/** The page where an agency's standard times are set. STAT-3. */
export const stepTimesVi = {
  title: "Thời gian chuẩn của các bước",
  lead: "Mỗi bước của hồ sơ nên mất bao nhiêu phút làm việc. Không văn bản nào quy định; cơ quan tự đặt. Bước đã xong trước ngày áp dụng vẫn so với chuẩn của ngày đó.",
  formTitle: "Đặt thời gian chuẩn",
  usual: "Mặc định: {minutes} phút. Để trống: không đặt chuẩn.",
  usualNone: "Mặc định: không đặt. Để trống: không đặt chuẩn.",
  minutesFault: "{step}: ghi số phút từ 1 đến {most}, hoặc để trống.",
  from: "Áp dụng từ ngày",
  fromHint: "Hôm nay hoặc sau đó.",
  fromFault: "Ngày áp dụng: chọn hôm nay hoặc một ngày sau đó.",
  save: "Lưu",
  history: "Đã đặt",
  none: "Cơ quan chưa đặt; đang dùng thời gian mặc định.",
  step: "Bước",
  minutes: "Phút làm việc",
  noStandard: "không đặt",
  who: "Người đặt",
  when: "Lúc",
} as const;

export type StepTimesWord = keyof typeof stepTimesVi;
