import type { MiddlewareHandler } from "hono";
import { type Bytes, utf8 } from "../core/kernel.ts";
import { base64Of } from "../core/log/base64.ts";
import { openScript, publicStyle } from "./design/inline.ts";
import type { WebEnv } from "./route.ts";

/** What stands in a page itself, as a policy names it: these bytes and no other. CSP Level 3 §2.3.1. */
export const sourceOf = (text: string, sha256: (bytes: Bytes) => Bytes): string =>
  `'sha256-${base64Of(sha256(utf8(text)))}'`;

/**
 * Nothing may be loaded, framed, or sent anywhere but by and to this service. Inline stand the one style and the one line of
 * script of public pages, known by their digests (ADR 0081), and the tab's mark, a `data:` picture, which can reach nobody.
 * CSP Level 3; https://www.w3.org/TR/CSP3/
 */
const contentSecurityPolicy = (sha256: (bytes: Bytes) => Bytes): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${sourceOf(openScript, sha256)}`,
    `style-src 'self' ${sourceOf(publicStyle, sha256)}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** A page that talks to the token agent may reach that one more address, at the person's own computer. */
const withAgent = (policy: string, agentAddress: string | null | undefined): string =>
  agentAddress ? policy.replace("connect-src 'self'", `connect-src 'self' ${agentAddress}`) : policy;

/** Features that a page of ours never needs. */
const permissionsPolicy = ["camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"]
  .map((feature) => `${feature}=()`)
  .join(", ");

const always: readonly (readonly [string, string])[] = [
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["permissions-policy", permissionsPolicy],
  ["cross-origin-opener-policy", "same-origin"],
];

const strictTransport: [string, string] = ["strict-transport-security", "max-age=31536000; includeSubDomains"];

// Defaults: a handler that publishes files for everyone (log tiles, key list) says otherwise itself, and so does the
// sign-in page, whose form must tell its origin.
const unlessSaid: readonly (readonly [string, string])[] = [
  ["cross-origin-resource-policy", "same-origin"],
  ["cache-control", "no-store"],
  ["referrer-policy", "no-referrer"], // addresses carry codes and secrets, DESIGN decision 14
];

/** All of these that the answer to a stranger carries, see {@link securityHeaders}. */
export const strangersHeaders = (https: boolean, sha256: (bytes: Bytes) => Bytes): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...always,
    ["content-security-policy", contentSecurityPolicy(sha256)],
    ...unlessSaid,
    ...(https ? [strictTransport] : []),
  ]);

/**
 * @param https false in development only: RFC 6797 §7.2 forbids HSTS over plain HTTP, and a pinned localhost would
 *   lock every other local service out
 */
export function securityHeaders(https: boolean, sha256: (bytes: Bytes) => Bytes): MiddlewareHandler<WebEnv> {
  const policy = contentSecurityPolicy(sha256);
  return async (c, next) => {
    await next();
    const { headers } = c.res; // not by c.header, which makes the whole answer anew for every line once it is there
    for (const [name, value] of always) headers.set(name, value);
    headers.set("content-security-policy", withAgent(policy, c.get("agentAddress")));
    for (const [name, value] of unlessSaid) if (!headers.has(name)) headers.set(name, value);
    if (c.get("personId") !== null) headers.set("cache-control", "no-store"); // a shared computer stands at the counter
    if (https) headers.set(...strictTransport);
  };
}
