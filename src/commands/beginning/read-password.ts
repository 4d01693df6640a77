import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fail, ok, type Result } from "../../core/kernel.ts";

export type PasswordFailure = { readonly code: "password_missing" } | { readonly code: "passwords_differ" };

/** A terminal, or what was piped in. */
export type PasswordSource = {
  readonly input: Readable & { readonly isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };
  /** Prompts only: what is typed is never shown. */
  readonly tell: (text: string) => void;
};

const longest = 500; // as at the sign-in; whatever is longer is not read on

/**
 * From a terminal, typed twice without echo; otherwise the first line of standard input. Never an argument: those stand
 * in the shell's history and in every user's list of processes.
 */
export async function readPassword(source: PasswordSource): Promise<Result<string, PasswordFailure>> {
  if (source.input.isTTY !== true) {
    const line = await firstLine(source.input);
    return line === "" ? fail({ code: "password_missing" }) : ok(line);
  }
  const first = await typed(source, "Mật khẩu / password: ");
  const again = first === null ? null : await typed(source, "Nhập lại / again: ");
  if (first === null || again === null || first === "") return fail({ code: "password_missing" });
  return first === again ? ok(first) : fail({ code: "passwords_differ" });
}

async function firstLine(input: Readable): Promise<string> {
  const lines = createInterface({ input, crlfDelay: Infinity });
  for await (const line of lines) {
    lines.close();
    input.destroy(); // an open pipe would keep the command from ending
    return line.slice(0, longest);
  }
  return "";
}

const interrupt = "\u0003";
const endOfInput = "\u0004";

/** One key pressed. @returns whether more is awaited, what was typed is whole, or it was broken off */
function press(signs: string[], sign: string): "more" | "whole" | "broken" {
  if (sign === "\r" || sign === "\n") return "whole";
  if (sign === interrupt || sign === endOfInput) return "broken";
  if (sign === "\u007f" || sign === "\b") signs.pop();
  else if (signs.length < longest && sign >= " ") signs.push(sign);
  return "more";
}

/** Raw, so that the terminal echoes nothing. @returns null when it was broken off */
function typed({ input, tell }: PasswordSource, prompt: string): Promise<string | null> {
  tell(prompt);
  input.setRawMode?.(true);
  input.setEncoding("utf8");
  return new Promise((resolve) => {
    const signs: string[] = [];
    const end = (answer: string | null) => {
      input.off("data", take);
      input.off("end", stop);
      input.pause();
      input.setRawMode?.(false);
      tell("\n");
      resolve(answer);
    };
    const stop = () => end(null);
    const take = (chunk: string) => {
      for (const sign of chunk) {
        const state = press(signs, sign);
        if (state !== "more") return end(state === "whole" ? signs.join("") : null);
      }
    };
    input.on("data", take);
    input.on("end", stop);
    input.resume();
  });
}
