import { fail, ok, type Result } from "../core/kernel.ts";
import type { CitizenStoreSetting } from "./citizen-store.ts";
import { isThisMachine } from "./mail.ts";
import { readSecret } from "./mail-setting.ts";

type StoreVariables = {
  readonly CITIZEN_STORE_URL?: string | undefined;
  readonly CITIZEN_STORE_TOKEN_FILE?: string | undefined;
};

type Malformed = { readonly code: "malformed_environment"; readonly variable: keyof StoreVariables };

/**
 * Both or neither. What goes there is a whole paper with its owner's number, so it goes by TLS or to this very machine.
 *
 * @returns nothing where no store is named
 */
export function readCitizenStore(
  env: StoreVariables,
): Result<{ readonly citizenStore?: CitizenStoreSetting }, Malformed> {
  const { CITIZEN_STORE_URL: url, CITIZEN_STORE_TOKEN_FILE: file } = env;
  if (url === undefined && file === undefined) return ok({});
  if (url === undefined || !isSafe(url)) return fail({ code: "malformed_environment", variable: "CITIZEN_STORE_URL" });
  const token = file === undefined ? "" : readSecret(file);
  if (!/^[\w.~+/=-]{16,4096}$/.test(token))
    return fail({ code: "malformed_environment", variable: "CITIZEN_STORE_TOKEN_FILE" });
  return ok({ citizenStore: { url: url.replace(/\/+$/, ""), token } });
}

function isSafe(url: string): boolean {
  if (!URL.canParse(url) || /[?#]/.test(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  const isSecret = username !== "" || password !== "";
  return !isSecret && (protocol === "https:" || (protocol === "http:" && isThisMachine(hostname)));
}
