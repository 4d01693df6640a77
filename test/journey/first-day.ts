import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { atKeyboard, type KeyboardPerson } from "../support/keyboard.ts";

/** One thing that a step of the walk-through asks of its reader. */
export type Deed =
  | { readonly what: "open"; readonly address: string }
  | { readonly what: "fill"; readonly name: string; readonly text: string }
  | { readonly what: "press"; readonly name: string }
  | { readonly what: "key"; readonly key: string }
  | { readonly what: "see"; readonly text: string };

export type Step = { readonly text: string; readonly deeds: readonly Deed[] };

const root = join(import.meta.dirname, "../..");

/**
 * The numbered steps of a walk-through, as its "how to read it" says: bold is what is pressed, or filled with the code
 * that follows a colour; code alone is opened; a key is pressed; italic is what is then seen.
 */
export function stepsOf(document: string): readonly Step[] {
  const lines = readFileSync(join(root, document), "utf8").split("\n");
  const texts: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    const isStep = /^\d+\. /.test(line);
    if (isStep) texts.push(line);
    else if (isOpen && /^ {3,}\S/.test(line)) texts.push(`${texts.pop()} ${line.trim()}`);
    isOpen = isStep || (isOpen && /^ {3,}\S/.test(line));
  }
  return texts.map((text) => ({ text, deeds: deedsOf(text) }));
}

const mark = /\*\*(.+?)\*\*(?:: `(.+?)`)?|<kbd>(.+?)<\/kbd>|\*(.+?)\*|`(http.+?|⟨.+?⟩)`/g;

function deedsOf(text: string): readonly Deed[] {
  return [...text.matchAll(mark)].map(([, name, written, key, seen, address]): Deed => {
    if (name !== undefined && written !== undefined) return { what: "fill", name, text: written };
    if (name !== undefined) return { what: "press", name };
    if (key !== undefined) return { what: "key", key };
    if (seen !== undefined) return { what: "see", text: seen };
    return { what: "open", address: address ?? "" };
  });
}

/** What the reader has beside the document: passwords and PINs as printed, the slip's link, the file just saved. */
export type Reader = {
  readonly url: string;
  readonly secretsOf: (userName: string) => { readonly password: string; readonly pin: string };
  readonly copyPath: string;
};

/** Does what each step says, with keys alone. A step that cannot be followed fails with its own text. */
export async function follow(page: Page, steps: readonly Step[], reader: Reader): Promise<void> {
  const person = atKeyboard(page);
  const kept = { link: "" };
  for (const { text, deeds } of steps) {
    for (const deed of deeds) {
      await doIt(person, deed, { ...reader, kept }).catch((error: unknown) => {
        throw new Error(`cannot follow: ${text}\n${JSON.stringify(deed)}`, { cause: error });
      });
      await noteLink(page, kept);
    }
  }
}

type Hand = Reader & { readonly kept: { link: string } };

async function doIt(person: KeyboardPerson, deed: Deed, hand: Hand): Promise<void> {
  const { page } = person;
  switch (deed.what) {
    case "open":
      await page.goto(ownOf(deed.address, hand));
      return;
    case "fill":
      await person.goTo(deed.name);
      return (await kindOfFocus(page)) === "file"
        ? person.choose(deed.name, fileOf(deed.text, hand))
        : person.write(deed.name, ownOf(deed.text, hand));
    case "press":
      await person.goTo(deed.name);
      return (await kindOfFocus(page)) === "checkbox" ? person.press("Space") : pressAndWait(person, hand);
    case "key":
      return deed.key === "F5" ? void (await page.reload()) : person.press(deed.key.toLowerCase());
    case "see":
      return see(page, deed.text);
  }
}

const kindOfFocus = (page: Page): Promise<string> => page.evaluate("document.activeElement?.type ?? ''");

/** The page that follows, or the file that comes in its place. */
async function pressAndWait({ page, press }: KeyboardPerson, { copyPath }: Hand): Promise<void> {
  const answered = Promise.race([page.waitForEvent("framenavigated"), page.waitForEvent("download")]);
  await press("Enter");
  const answer = await answered;
  if ("saveAs" in answer) await answer.saveAs(copyPath);
  else await page.waitForLoadState("load");
}

/** ⟨…⟩ in either language; anything else is written as it stands, the address as this test's service has it. */
function ownOf(text: string, { url, secretsOf, kept, copyPath }: Hand): string {
  const [, own] = /^⟨(.+)⟩$/.exec(text) ?? [];
  if (own === undefined) return text.replace("http://127.0.0.1:8080", url);
  if (own === "liên kết riêng" || own === "private link") return `${url}${new URL(kept.link).pathname}`;
  if (own === "tệp vừa tải" || own === "the downloaded file") return copyPath;
  const [, secret = "", userName = ""] = /^(mật khẩu|password|mã PIN|PIN) (?:của|of) (\w+)$/.exec(own) ?? [];
  if (userName === "") throw new Error(`nobody has ${text}`);
  return secretsOf(userName)[secret.endsWith("PIN") ? "pin" : "password"];
}

/** A file of the project is taken with some octets more behind it: who follows the other language brings another scan. */
function fileOf(text: string, hand: Hand): string {
  if (text.startsWith("⟨")) return ownOf(text, hand);
  const scan = join(dirname(hand.copyPath), `${randomUUID()}.jpg`);
  writeFileSync(scan, Buffer.concat([readFileSync(join(root, text)), randomBytes(8)]));
  return scan;
}

/** Some things take the machine a while; what only comes with a page loaded anew is looked for there. */
async function see(page: Page, text: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await page.innerText("body")).replace(/\s+/g, " ").includes(text)) {
    if (performance.now() > deadline) throw new Error(`not seen on ${page.url()}`);
    await page.waitForTimeout(250);
    if (new URL(page.url()).pathname.startsWith("/c/")) await page.reload();
  }
}

/** Copied down from the slip, which shows it once. */
async function noteLink(page: Page, kept: { link: string }): Promise<void> {
  const shown = page.locator(".secret .address");
  if ((await shown.count()) > 0) kept.link = await shown.innerText();
}
