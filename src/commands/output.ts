import { stderr, stdout } from "node:process";

// `chungthuc read … | head` closes the pipe early: what is left has no reader, and that is no failure.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

/** What a command prints: results to standard output, everything about the way there to standard error. */
export const print = (line: string): void => {
  stdout.write(`${line}\n`);
};
export const tell = (line: string): void => {
  stderr.write(`${line}\n`);
};
export const printJson = (value: unknown): void => print(JSON.stringify(value));
