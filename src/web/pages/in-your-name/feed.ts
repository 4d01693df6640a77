import type { SealedEntry, StrangeEntry } from "../../../core/sealed-entry.ts";
import type { Language } from "../../language.ts";
import { speechIn } from "./speech.ts";
import type { Scope } from "./world.ts";

export type Told = {
  readonly scope: Scope;
  readonly entries: readonly SealedEntry[];
  readonly strange: readonly StrangeEntry[];
  /** Where the next page begins; null on the last. */
  readonly older: number | null;
};

/** JSON Feed 1.1 (jsonfeed.org), for a reader that asks with the person's session. The log index is an item's id. */
export function feedOf({ scope, entries, strange, older }: Told, publicUrl: string, language: Language) {
  const { say } = speechIn(language);
  const address = `${publicUrl}/in-your-name`;
  const alarms = strange.map(({ index, at, number, bookText }) => ({
    id: `strange-${index}`,
    title: say("strangeItem", { number, book: bookText }),
    content_text: say("strangeNext"),
    date_published: at,
    tags: ["alarm"],
  }));
  const items = entries.map(({ index, at, number, bookText, title, signedBy, sealedBy }) => ({
    id: String(index),
    title: say("item", { number, book: bookText, title }),
    content_text: say("itemBy", { signer: signedBy, clerk: sealedBy ?? "–" }),
    date_published: at,
  }));
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: say(scope === "mine" ? "titleMine" : "titleAgency"),
    home_page_url: `${address}?of=${scope}`,
    feed_url: `${address}.json?of=${scope}`,
    ...(older !== null && { next_url: `${address}.json?of=${scope}&before=${older}` }),
    language,
    items: [...alarms, ...items],
  };
}
