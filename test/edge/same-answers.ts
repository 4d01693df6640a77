import { createHash } from "node:crypto";
import type { Bytes } from "../../src/core/kernel.ts";
import { reportVi } from "../../src/web/words/report.vi.ts";

/** One request, as any door takes it. A form goes whole: workerd's test door takes no stream. */
export type Question = { readonly path: string; readonly form?: () => FormData };

type Copy = { readonly path: string; readonly pdf: Bytes };

/** Everything a visitor may ask of what is published: each link and file, right and wrong, and each upload. */
export function questions(copies: readonly Copy[], publishedFiles: readonly string[]): readonly Question[] {
  const [one] = copies;
  if (one === undefined) throw new Error("a copy");
  const code = (copy: Copy) => copy.path.slice("/v/".length);
  const changed = one.pdf.with(900, (one.pdf[900] ?? 0) ^ 1) as Bytes;
  const files = (typed: string, ...sent: readonly Bytes[]) => ({
    path: "/verify",
    form: () => formOf(typed, sent),
  });
  return [
    ...copies.flatMap(({ path }) => [path, `${path}?lang=en`, `${path}?on=2026-01-01`]).map(asked),
    ...[
      "/v/nonsense",
      `/v/${"0".repeat(26)}`,
      "/verify",
      "/verify?lang=en",
      "/verify/here/",
      "/help/viewers",
      "/help/roots?lang=en",
    ].map(asked),
    ...["worker", "page"].map((name) => asked(`/verify/here/${name}.js`)),
    ...["/verify/code.js", "/verify/here/app.webmanifest", "/assets/mark.svg"].map(asked),
    ...publishedFiles.map((path) => asked(`/${path}`)),
    ...["/log/tile/0/999", "/log/tile/9/000", `/record/${"0".repeat(64)}`, "/record/x", "/status/7"].map(asked),
    ...copies.map((copy) => files(code(copy), copy.pdf)),
    ...[changed, copies[1]?.pdf ?? changed, new TextEncoder().encode("no PDF")].map((pdf) => files(code(one), pdf)),
    files("nonsense", one.pdf),
    files("0".repeat(26), one.pdf),
    files(copies.map(code).join(" "), ...copies.map(({ pdf }) => pdf), changed),
    files(""),
  ];
}

const asked = (path: string): Question => ({ path });

function formOf(typed: string, files: readonly Bytes[]): FormData {
  const form = new FormData();
  form.set("code", typed);
  for (const [i, pdf] of files.entries()) form.append("file", new File([pdf], `tep-${i + 1}.pdf`));
  return form;
}

/** What must be the same at each door: the status, what it is, how long it may be kept, and what stands in it. */
export async function told(answer: Pick<Response, "status" | "headers" | "arrayBuffer">, path: string) {
  const body = Buffer.from(await answer.arrayBuffer());
  const type = answer.headers.get("content-type");
  const header = (name: string) => answer.headers.get(name);
  return {
    path,
    status: answer.status,
    type,
    cache: header("cache-control"),
    policy: header("content-security-policy"),
    referrer: header("referrer-policy"),
    anyone: header("access-control-allow-origin"),
    // written anew every half minute, and by whoever writes the log
    says: /^\/(status\/0|log\/checkpoint)$/.test(path)
      ? ""
      : type?.startsWith("text/html")
        ? visible(body.toString())
        : hash(body),
  };
}

const hash = (body: Uint8Array) => createHash("sha256").update(body).digest("hex");

/** The page without what the door itself is: the hour of the status, and whether it has a key for reports. */
function visible(html: string): string {
  const main = /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? html;
  return main
    .split('<section class="card">')
    .filter((card) => !card.startsWith(`<h2>${reportVi.pageTitle}`))
    .join("")
    .replace(/(tính đến|as of) [^<]*/g, "$1 …");
}
