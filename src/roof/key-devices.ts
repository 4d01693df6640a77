import { readFileSync } from "node:fs";
import { z } from "zod";
import { fail, ok, type Result } from "../core/kernel.ts";

const Name = z.string().regex(/^[\w.-]{1,40}$/);

const KeyDevicesFile = z.strictObject({
  /** On which the token agent listens at every official's computer. */
  agentPort: z.number().int().min(1024).max(65_535).default(17_437),
  tokens: z
    .array(
      z.strictObject({
        name: Name,
        module: z.string().min(1).max(500),
        environment: z.record(z.string(), z.string()).default({}),
        timeoutSeconds: z.number().int().min(1).max(300).default(30),
      }),
    )
    .default([]),
  remotes: z
    .array(
      z.strictObject({
        name: Name,
        /** Base of the CSC API v2. A PIN and secrets go there: over TLS, or not beyond this machine. */
        url: z.string().regex(/^(https:\/\/|http:\/\/127\.0\.0\.1(:\d+)?\/)[^?#]*[^/?#]$/),
        clientId: z.string().min(1).max(200),
        clientSecret: z.string().min(1).max(500),
        /** Whether it takes the PIN from us, or wants the person on its own page (OAuth 2.0 authorization code). */
        asks: z.enum(["pin", "page"]).default("pin"),
      }),
    )
    .default([]),
});

export type KeyDevices = z.infer<typeof KeyDevicesFile>;

export type KeyDevicesFailure = { readonly code: "key_devices_unreadable"; readonly reason: string };

/**
 * The file that `KEY_DEVICES` names: which PKCS #11 libraries the service may load, and which remote signing services it
 * asks. Only the operator writes it, since loading a library runs it; pages choose among its names.
 */
export function readKeyDevices(path: string | undefined): Result<KeyDevices, KeyDevicesFailure> {
  if (path === undefined) return ok(KeyDevicesFile.parse({}));
  try {
    const read = KeyDevicesFile.safeParse(JSON.parse(readFileSync(path, "utf8")));
    if (read.success) return ok(read.data);
    return unreadable(read.error.issues[0]?.path.join(".") ?? ""); // where, not what: secrets stand in it
  } catch (error) {
    return unreadable(error instanceof SyntaxError ? "not JSON" : String((error as NodeJS.ErrnoException).code));
  }
}

const unreadable = (reason: string) => fail({ code: "key_devices_unreadable", reason } as const);
