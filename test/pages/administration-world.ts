import type { Page } from "playwright-core";
import type { SignedIn } from "../../src/commands/api-client.ts";

/** An administrator over HTTP, as a browser would send the forms. */
export type Desk = {
  readonly get: (path: string) => Promise<{ status: number; text: string }>;
  readonly send: (path: string, fields: readonly (readonly [string, string | Blob])[]) => Promise<Sent>;
};

export type Sent = { readonly status: number; readonly text: string; readonly to: string | null };

/** @param who whose session; a form goes as urlencoded, or as multipart where it holds a file */
export const deskOf = (url: string, who: SignedIn): Desk => ({
  get: async (path) => {
    const answer = await fetch(`${url}${path}`, { headers: { cookie: who.cookie }, redirect: "manual" });
    return { status: answer.status, text: await answer.text() };
  },
  send: async (path, fields) => {
    const body = bodyOf([["csrf", who.csrf], ...fields]);
    const headers = { cookie: who.cookie };
    const answer = await fetch(`${url}${path}`, { method: "POST", headers, body, redirect: "manual" });
    return { status: answer.status, text: await answer.text(), to: answer.headers.get("location") };
  },
});

function bodyOf(fields: readonly (readonly [string, string | Blob])[]): FormData | URLSearchParams {
  if (fields.every(([, value]) => typeof value === "string")) {
    return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)]));
  }
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

/** The fields that a page marks as wrong, by name. */
export const faultyFields = (text: string): readonly string[] =>
  [...text.matchAll(/class="fault" id="([A-Za-z]+)-fault"/g)].map((found) => found[1] ?? "");

/** What the page shows once. */
export const secretIn = (text: string): string => /<strong class="once">([^<]+)</.exec(text)?.[1] ?? "";

/** Tab by tab to the element, as somebody without a mouse goes; throws where it cannot be reached. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    const isThere = await page.evaluate(
      `document.activeElement !== null && document.activeElement.matches(${JSON.stringify(selector)})`,
    );
    if (isThere) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way by keyboard to ${selector}`);
}
