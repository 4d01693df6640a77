/** The applicant takes a paper back before it has a number. */
export const withdrawalVi = {
  title: "Rút giấy tờ khỏi hồ sơ",
  way: "Người yêu cầu muốn rút giấy tờ này",
  lead: "Chỉ rút được khi chưa lấy số chứng thực. Không có gì bị xóa: hồ sơ giữ lại ai rút, lúc nào và vì sao.",
  reason: "Vì sao người yêu cầu rút",
  reasonHint: "Ghi lời người yêu cầu, ít nhất 10 ký tự.",
  reasonFault: "Hãy ghi vì sao người yêu cầu rút, ít nhất 10 ký tự.",
  button: "Ghi nhận người yêu cầu đã rút",
  back: "Quay lại hồ sơ",
  doneTitle: "Người yêu cầu đã rút giấy tờ này",
  doneBy: "Lúc {time}, tại quầy, {name} ghi nhận.",
  doneAlone: "Lúc {time}, người yêu cầu tự rút bằng liên kết riêng.",
  doneReason: "Lý do: {reason}",
  slip: "In giấy xác nhận rút hồ sơ (PDF)",
  // the citizen's page
  ownTitle: "Rút giấy tờ này",
  ownWay: "Tôi muốn rút giấy tờ này, không chứng thực nữa",
  ownLead:
    "Giấy tờ sẽ không được chứng thực. Việc này không đảo lại được; muốn chứng thực, bạn mang bản chính đến nộp lại.",
  ownReason: "Lý do (không bắt buộc)",
  ownButton: "Rút giấy tờ này",
  ownBack: "Không rút, quay lại",
} as const satisfies Record<string, string>;

export type WithdrawalWord = keyof typeof withdrawalVi;
