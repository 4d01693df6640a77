import { type Bytes, fail, ok, utf8 } from "../../src/core/kernel.ts";
import type { DeliveryWorld } from "../../src/usecases/deliver-copy.ts";
import type { PublishingWorld } from "../../src/usecases/publish-certificate.ts";
import type { Desk } from "./desk.ts";
import { advance } from "./worlds.ts";

export const publishingWorld = (desk: Desk): PublishingWorld<number> => ({
  certificate: async () => desk.certificate,
  appendLeaf: async ({ number }) => {
    const leaf = `issued ${number}`;
    if (!desk.leaves.includes(leaf)) desk.leaves.push(leaf);
  },
  integrateLog: async () => {
    desk.integrated = desk.leaves.length;
    return desk.integrated;
  },
  markLogged: async () => void advance(desk, "logged"),
  publishRecord: async ({ number }, size) => {
    desk.records = [`record of ${number} in a log of ${size}`];
  },
  publishStatus: async () => undefined,
  release: async () => void advance(desk, "released"),
});

export const deliveryWorld = (desk: Desk): DeliveryWorld => ({
  dossierBySecret: async (secret) => (secret === "secret" ? desk.dossier : null),
  certificate: async () => desk.certificate,
  checkDigits: async (_, digits) => {
    if (desk.attemptsLeft === 0) return fail({ code: "throttled", retryAfterSeconds: 900 });
    desk.attemptsLeft -= 1;
    return digits === "0123" ? ok(null) : fail({ code: "wrong_digits" });
  },
  sealedCopy: async (): Promise<Bytes> => utf8(desk.sealed ?? ""),
  notice: async () => (desk.notice === null ? null : utf8(desk.notice)),
  copyOf: async (line, ordinal) => (ordinal === 1 ? line : null),
  archiveOf: async () => null,
  noteDelivery: async () => {
    desk.deliveries += 1;
  },
});
