import { startAuthorities } from "../../src/development/authorities.ts";

// A parent as `serve` is one: prints its addresses, and on Ctrl-C works on for a moment before it ends.
const outcome = await startAuthorities(process.argv[2] ?? "");
if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
const { timestampUrl, ocspUrl } = outcome.value;
const staying = setInterval(() => undefined, 60_000);
process.once("SIGINT", () => {
  process.stdout.write("draining");
  setTimeout(() => clearInterval(staying), 1_000);
});
process.stdout.write(JSON.stringify([timestampUrl, ocspUrl]));
