import { Webhook } from "standardwebhooks";
import type { Bytes } from "../core/kernel.ts";

type Signed = {
  readonly id: string;
  /** Of this attempt, in seconds since 1970. */
  readonly seconds: number;
  readonly body: string;
  /** One, or two while a rotation lasts. */
  readonly secrets: readonly Bytes[];
};

/** As receivers' libraries take it: `whsec_` and base64. */
export const secretText = (secret: Bytes): string => `whsec_${Buffer.from(secret).toString("base64")}`;

/** The three headers of Standard Webhooks 1.0; a receiver accepts any of the signatures. */
export function signedHeaders({ id, seconds, body, secrets }: Signed): Record<string, string> {
  const at = new Date(seconds * 1000);
  const signatures = secrets.map((secret) => new Webhook(secretText(secret)).sign(id, at, body));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signatures.join(" "),
  };
}
