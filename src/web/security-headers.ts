import type { MiddlewareHandler } from "hono";
import type { WebEnv } from "./route.ts";

/**
 * Nothing may be loaded, framed, or sent anywhere but by and to this service; no inline script or style at all.
 * CSP Level 3; https://www.w3.org/TR/CSP3/
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A page that talks to the token agent may reach that one more address, at the person's own computer. */
const policyFor = (agentAddress: string | null | undefined): string =>
  agentAddress
    ? contentSecurityPolicy.replace("connect-src 'self'", `connect-src 'self' ${agentAddress}`)
    : contentSecurityPolicy;

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

// Defaults: a handler that publishes files for everyone (log tiles, key list) says otherwise itself, and so does the
// sign-in page, whose form must tell its origin.
const unlessSaid: readonly (readonly [string, string])[] = [
  ["cross-origin-resource-policy", "same-origin"],
  ["cache-control", "no-store"],
  ["referrer-policy", "no-referrer"], // addresses carry codes and secrets, DESIGN decision 14
];

/**
 * @param https false in development only: RFC 6797 §7.2 forbids HSTS over plain HTTP, and a pinned localhost would
 *   lock every other local service out
 */
export function securityHeaders(https: boolean): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    await next();
    const { headers } = c.res; // not by c.header, which makes the whole answer anew for every line once it is there
    for (const [name, value] of always) headers.set(name, value);
    headers.set("content-security-policy", policyFor(c.get("agentAddress")));
    for (const [name, value] of unlessSaid) if (!headers.has(name)) headers.set(name, value);
    if (c.get("personId") !== null) headers.set("cache-control", "no-store"); // a shared computer stands at the counter
    if (https) headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  };
}
