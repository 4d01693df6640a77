import type { PaperPart } from "../../signing/compose/paper-to-compose.ts";
import type { DeadlineStep } from "../core/deadline-steps.ts";
import type { Instant } from "../core/kernel.ts";
import { dayText, shortTimeText } from "../web/design/time.ts";
import { deadlinesVi } from "../web/words/deadlines.vi.ts";
import type { PaperOf } from "./agency-paper.ts";
import { codeOfDossier } from "./slip-wording.ts";

/** A later appointment as its slip tells it. */
export type LaterStep = Exclude<DeadlineStep, { kind: "promised" }>;

export type StepFacts = {
  readonly code: string;
  readonly applicant: string;
  readonly paper: string;
  readonly receivedAt: Instant;
  /** What had been appointed before. */
  readonly beforeAt: Instant;
  readonly step: LaterStep;
  /** Of who decided; empty where none is registered. */
  readonly titleLines: readonly string[];
};

/** The slip of an extension or agreement (phiếu hẹn), or the apology. NĐ 23/2015 Art. 21; TT 01/2020; LAW 6. */
export const stepPaper = (facts: StepFacts): PaperOf => ({
  unit: null,
  number: `${facts.code}/${facts.step.ordinal}-${facts.step.kind === "apology" ? "PXL" : "PH"}`,
  ...titleOf[facts.step.kind],
  parts: [codeOfDossier(facts.code), ...salutation(facts), ...bodyOf(facts), closing],
  signers: [
    {
      titleLines: facts.titleLines.length === 0 ? ["NGƯỜI THỰC HIỆN CHỨNG THỰC"] : facts.titleLines,
      how: "(Ký, ghi rõ họ tên, đóng dấu)",
      name: facts.step.decidedBy,
    },
  ],
  recipients: ["Người yêu cầu chứng thực;", "Bộ phận Tiếp nhận và Trả kết quả;", "Lưu: hồ sơ."],
});

const titleOf = {
  extended: { title: "PHIẾU HẸN TRẢ KẾT QUẢ", about: "Gia hạn thời gian giải quyết yêu cầu chứng thực bản sao" },
  agreed: {
    title: "PHIẾU HẸN TRẢ KẾT QUẢ",
    about: "Theo thỏa thuận bằng văn bản về thời gian giải quyết yêu cầu chứng thực bản sao",
  },
  apology: { title: "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", about: "" },
} as const;

const salutation = ({ applicant, paper, receivedAt, beforeAt }: StepFacts): PaperPart[] => [
  { kind: "paragraph", runs: [{ text: "Kính gửi: " }, { text: applicant, look: "strong" }] },
  {
    kind: "paragraph",
    runs: [
      {
        text: `Lúc ${shortTimeText(receivedAt, "vi")}, cơ quan đã tiếp nhận yêu cầu chứng thực bản sao từ bản chính `,
      },
      { text: paper, look: "strong" },
      { text: `, hẹn trả kết quả trước ${shortTimeText(beforeAt, "vi")}.` },
    ],
  },
];

function bodyOf({ step }: StepFacts): PaperPart[] {
  const due = shortTimeText(step.dueAt, "vi");
  if (step.kind === "apology") {
    return [
      said(`Đến nay hồ sơ chưa giải quyết xong, với lý do: ${step.reason.replaceAll("\n", " ")}`),
      said("Cơ quan thành thật xin lỗi Ông/Bà vì sự chậm trễ này."),
      appointment("Thời gian trả kết quả được hẹn lại: trước ", due),
    ];
  }
  if (step.kind === "agreed") {
    return [
      said(
        `Theo thỏa thuận bằng văn bản ngày ${dayText(step.agreedOn)} với ${step.agreedWith} (${step.agreement}), căn cứ Điều 21 Nghị định số 23/2015/NĐ-CP, thời gian giải quyết được kéo dài.`,
      ),
      appointment("Thời gian trả kết quả: trước ", due),
    ];
  }
  return [
    said(
      `Căn cứ Điều 21 Nghị định số 23/2015/NĐ-CP, thời gian giải quyết được kéo dài thêm ${String(step.workingDays).padStart(2, "0")} ngày làm việc, vì: ${lowered(deadlinesVi[step.reason])}.`,
    ),
    appointment("Thời gian trả kết quả: trước ", due),
  ];
}

const said = (text: string): PaperPart => ({ kind: "paragraph", runs: [{ text }] });
const appointment = (label: string, due: string): PaperPart => ({
  kind: "paragraph",
  runs: [{ text: label }, { text: due, look: "strong" }, { text: "." }],
});
const closing = said(
  "Khi nhận kết quả, Ông/Bà mang theo giấy này và giấy tờ tùy thân. Nếu không đồng ý, Ông/Bà có quyền khiếu nại theo quy định của pháp luật.",
);

const lowered = (text: string): string => text.charAt(0).toLocaleLowerCase("vi") + text.slice(1);
