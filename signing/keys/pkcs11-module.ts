import type { PKCS11 } from "pkcs11js";
import { fail, ok, type Result } from "../../src/core/kernel.ts";

/** The calls of a PKCS#11 module that signing needs; each holds its thread until the device answers. */
export type Pkcs11Module = Pick<
  PKCS11,
  | ("C_GetSlotList" | "C_GetTokenInfo" | "C_GetMechanismList" | "C_OpenSession" | "C_CloseSession" | "C_Login")
  | ("C_FindObjectsInit" | "C_FindObjects" | "C_FindObjectsFinal" | "C_GetAttributeValue" | "C_SignInit" | "C_Sign")
>;

export type ModuleFailure =
  /** pkcs11js is not installed here: it is compiled where it is installed, and left out where there is no compiler. */
  | { readonly code: "binding_missing" }
  /** No such library, or it cannot be loaded or begun. */
  | { readonly code: "module_missing"; readonly reason: string };

const alreadyInitialized = 0x191;

/**
 * Loads the vendor's library and begins it. Only ever in a process of its own: what a vendor's code does, a crash or an
 * endless wait, it must not do to the service.
 *
 * @param path of the library, as the operator configured it; never from a request, since loading it runs it
 */
export async function loadPkcs11Module(path: string): Promise<Result<Pkcs11Module, ModuleFailure>> {
  const binding = await import("pkcs11js").catch(() => null);
  if (binding === null) return fail({ code: "binding_missing" });
  const module = new binding.PKCS11();
  try {
    module.load(path);
    module.C_Initialize();
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === alreadyInitialized) return ok(module);
    return fail({ code: "module_missing", reason: thrown instanceof Error ? thrown.message : "unknown" });
  }
  return ok(module);
}
