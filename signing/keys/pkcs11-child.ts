import { fail, type Result } from "../../src/core/kernel.ts";
import type { SignatureAlgorithm } from "../format/primitives.ts";
import { loadPkcs11Module, type Pkcs11Module } from "./pkcs11-module.ts";
import { listTokens, openSession, type Pkcs11Session, type SessionAsked } from "./pkcs11-session.ts";

// Entry of a process that holds one module, and with it at most one unlocked token. Calls of a module hold their thread
// and its code is a vendor's: neither belongs into the service.

/** What the process is asked, one after another. */
export type Pkcs11Question =
  | { readonly ask: "load"; readonly module: string }
  | { readonly ask: "tokens" }
  | ({ readonly ask: "open" } & SessionAsked)
  | { readonly ask: "sign"; readonly toBeSigned: Uint8Array<ArrayBuffer>; readonly algorithm: SignatureAlgorithm };

let module: Pkcs11Module | null = null;
let session: Pkcs11Session | null = null;

async function answer(question: Pkcs11Question): Promise<Result<unknown, unknown>> {
  if (question.ask === "load") {
    const loaded = await loadPkcs11Module(question.module);
    if (loaded.ok) module = loaded.value;
    return loaded.ok ? { ok: true, value: null } : loaded;
  }
  if (module === null) return fail({ code: "module_missing", reason: "not loaded" });
  if (question.ask === "tokens") return listTokens(module);
  if (question.ask === "sign") {
    return session?.sign(question.toBeSigned, question.algorithm) ?? fail({ code: "token_removed" });
  }
  const opened = openSession(module, question);
  if (opened.ok) session = opened.value;
  return opened.ok ? { ok: true, value: null } : opened;
}

let turn: Promise<void> = Promise.resolve();
process.on("message", (question: Pkcs11Question) => {
  turn = turn.then(async () => void process.send?.(await answer(question)));
});
process.on("disconnect", () => process.exit()); // with the one who asked; the token locks itself again
