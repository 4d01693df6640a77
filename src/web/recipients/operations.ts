import type { ZodType } from "zod";
import type { KeyDemand, Method } from "../route.ts";
import {
  BatchAnswer,
  BatchToVerify,
  CopyAnswer,
  CopyToVerify,
  FileAnswer,
  KeyAnswer,
  LinkToOpen,
  OpeningAnswer,
  ResultsAnswer,
  ResultsAsked,
} from "./shapes.ts";
import { webhookOperations } from "./webhook-operations.ts";

type Said = { readonly vi: string; readonly en: string };

type MediaType = "application/pdf" | "image/jpeg" | "image/png";

/** One thing a recipient's program can ask. Routes, OpenAPI and the page about them are all made from this table. */
export type Operation = {
  readonly id: string;
  readonly method: Lowercase<Method>;
  /** As OpenAPI writes it, `{id}`. */
  readonly path: string;
  readonly demands: KeyDemand;
  readonly says: Said;
  readonly body?: ZodType;
  /** The body may be this file instead. */
  readonly file?: "application/pdf";
  readonly query?: ZodType;
  readonly idempotent?: true;
  readonly status: 200 | 201 | 202;
  readonly answers: readonly ZodType[];
  /** Answered with one of these files instead. */
  readonly gives?: readonly MediaType[];
};

const batches = "/api/v1/verification-batches";
const opening = "/api/v1/openings/{id}";

export const operations = {
  key: {
    id: "key",
    method: "get",
    path: "/api/v1/key",
    demands: "key",
    says: { vi: "Khóa này là của ai, được làm gì, đến khi nào", en: "Whose key this is, what it may, until when" },
    status: 200,
    answers: [KeyAnswer],
  },
  verify: {
    id: "verify",
    method: "post",
    path: "/api/v1/verifications",
    demands: "key:verify",
    says: {
      vi: "Kiểm tra một bản sao: theo mã, liên kết, dấu băm, hoặc chính tệp PDF",
      en: "Check one copy: by code, link, digest, or the PDF itself",
    },
    body: CopyToVerify,
    file: "application/pdf",
    status: 200,
    answers: [CopyAnswer, FileAnswer],
  },
  openBatch: {
    id: "openBatch",
    method: "post",
    path: batches,
    demands: "key:verify",
    says: {
      vi: "Gửi đến 1.000 bản sao để kiểm tra; trả lời ngay bằng mã lô",
      en: "Send up to 1,000 copies to be checked; answered at once with the batch's id",
    },
    body: BatchToVerify,
    idempotent: true,
    status: 202,
    answers: [BatchAnswer],
  },
  batch: {
    id: "batch",
    method: "get",
    path: `${batches}/{id}`,
    demands: "key:verify",
    says: { vi: "Lô đã làm đến đâu", en: "How far the batch is" },
    status: 200,
    answers: [BatchAnswer],
  },
  results: {
    id: "results",
    method: "get",
    path: `${batches}/{id}/results`,
    demands: "key:verify",
    says: { vi: "Kết quả, theo thứ tự đã gửi, từng trang", en: "The answers, in the order sent, a page at a time" },
    query: ResultsAsked,
    status: 200,
    answers: [ResultsAnswer],
  },
  openLink: {
    id: "openLink",
    method: "post",
    path: "/api/v1/links/open",
    demands: "key:pull",
    says: {
      vi: "Mở liên kết người dân đã gửi cho nơi nhận này; tính là một lần mở, có biên nhận",
      en: "Open a link that a citizen made for this recipient; counts as one use and gives a receipt",
    },
    body: LinkToOpen,
    idempotent: true,
    status: 200,
    answers: [OpeningAnswer],
  },
  opening: {
    id: "opening",
    method: "get",
    path: opening,
    demands: "key:pull",
    says: { vi: "Một lần mở, với biên nhận", en: "One opening, with its receipt" },
    status: 200,
    answers: [OpeningAnswer],
  },
  openedCopy: {
    id: "openedCopy",
    method: "get",
    path: `${opening}/copy`,
    demands: "key:pull",
    says: { vi: "Bản sao đã mở, nguyên tệp PDF, trong một giờ", en: "The opened copy, the sealed PDF, for an hour" },
    status: 200,
    answers: [],
    gives: ["application/pdf"],
  },
  openedPage: {
    id: "openedPage",
    method: "get",
    path: `${opening}/pages/{page}`,
    demands: "key:pull",
    says: { vi: "Ảnh một trang đã mở, trong một giờ", en: "The picture of one opened page, for an hour" },
    status: 200,
    answers: [],
    gives: ["image/jpeg", "image/png"],
  },
  ...webhookOperations,
} as const satisfies Record<string, Operation>;
