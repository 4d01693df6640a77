import type { Operation } from "./operations.ts";
import {
  DeliveriesAnswer,
  DeliveriesAsked,
  DeliveryAnswer,
  EndpointAnswer,
  EndpointsAnswer,
  EndpointToAdd,
  EndpointWithSecret,
} from "./webhook-shapes.ts";

const endpoints = "/api/v1/webhook-endpoints";
const deliveries = "/api/v1/webhook-deliveries";

export const webhookOperations = {
  addEndpoint: {
    id: "addEndpoint",
    method: "post",
    path: endpoints,
    demands: "key:webhooks",
    says: {
      vi: "Đăng ký địa chỉ nhận tin báo; khóa ký chỉ hiện ở câu trả lời này",
      en: "Register an address to be told at; the signing secret is shown in this answer only",
    },
    body: EndpointToAdd,
    status: 201,
    answers: [EndpointWithSecret],
  },
  endpoints: {
    id: "endpoints",
    method: "get",
    path: endpoints,
    demands: "key:webhooks",
    says: { vi: "Các địa chỉ đã đăng ký", en: "The addresses that are registered" },
    status: 200,
    answers: [EndpointsAnswer],
  },
  deleteEndpoint: {
    id: "deleteEndpoint",
    method: "delete",
    path: `${endpoints}/{id}`,
    demands: "key:webhooks",
    says: { vi: "Bỏ địa chỉ; tin còn chờ không gửi nữa", en: "Remove an address; what waits for it is not sent" },
    status: 200,
    answers: [EndpointAnswer],
  },
  rotateSecret: {
    id: "rotateSecret",
    method: "post",
    path: `${endpoints}/{id}/secret`,
    demands: "key:webhooks",
    says: {
      vi: "Đổi khóa ký; khóa cũ còn ký thêm một ngày",
      en: "A new signing secret; the old one signs beside it for a day",
    },
    status: 200,
    answers: [EndpointWithSecret],
  },
  deliveries: {
    id: "deliveries",
    method: "get",
    path: deliveries,
    demands: "key:webhooks",
    says: { vi: "Các tin đã và đang gửi, mới nhất trước", en: "What was told and what waits, newest first" },
    query: DeliveriesAsked,
    status: 200,
    answers: [DeliveriesAnswer],
  },
  replay: {
    id: "replay",
    method: "post",
    path: `${deliveries}/{id}/replay`,
    demands: "key:webhooks",
    says: { vi: "Gửi lại một tin, cùng mã tin", en: "Tell one again, under the same id" },
    status: 202,
    answers: [DeliveryAnswer],
  },
} as const satisfies Record<string, Operation>;
