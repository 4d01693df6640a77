import type { Download, Page } from "playwright-core";

/** What somebody has done so far. */
export type Work = {
  /** As `presses` counts them. */
  readonly keys: number;
  /** Written into fields. */
  readonly characters: number;
  readonly fields: number;
  /** Links and buttons pressed, boxes ticked, pages confirmed by their key: all keys but those that only move on. */
  readonly deeds: number;
};

/** Somebody at a page who has no mouse: everything is reached with Tab, everything done with a key. */
export type KeyboardPerson = {
  readonly page: Page;
  /** Keys pressed so far, without those that write words into a field. */
  readonly presses: () => number;
  readonly work: () => Work;
  /** Goes to what is called so: a label, a link's or a button's words. Nothing is pressed where the focus stands there already. */
  readonly goTo: (name: string) => Promise<void>;
  readonly press: (key: string) => Promise<void>;
  /** Writes into the field called so, in place of what stood there. */
  readonly write: (name: string, text: string) => Promise<void>;
  /** Presses the link or button called so and waits for the page that it leads to. */
  readonly follow: (name: string) => Promise<void>;
  readonly tick: (name: string) => Promise<void>;
  /** Chooses files in the system's own window, which is beyond any page. */
  readonly choose: (name: string, files: string | readonly string[]) => Promise<void>;
  /** Enter where the focus stands, and wait for the page that answers. */
  readonly enter: () => Promise<void>;
  readonly download: (name: string) => Promise<Download>;
};

/** Once round the longest page of ours; whatever is further away is out of reach. */
const farthestTabs = 120;

export function atKeyboard(page: Page): KeyboardPerson {
  const done = { keys: 0, characters: 0, fields: 0, deeds: 0 };
  const press = async (key: string) => {
    done.keys += 1;
    if (key !== "Tab") done.deeds += 1;
    await page.keyboard.press(key);
  };
  async function goTo(name: string): Promise<void> {
    for (let tabs = 0; tabs <= farthestTabs; tabs++) {
      if (isCalled(await focused(page), name)) return;
      await press("Tab");
    }
    throw new Error(`no way by keyboard to “${name}” on ${new URL(page.url()).pathname}`);
  }
  async function enter(): Promise<void> {
    const arrived = page.waitForEvent("framenavigated");
    await press("Enter");
    await arrived;
    await page.waitForLoadState("load");
  }
  return {
    page,
    presses: () => done.keys,
    work: () => ({ ...done }),
    goTo,
    press,
    write: async (name, text) => {
      await goTo(name);
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.insertText(text);
      done.fields += 1;
      done.characters += text.length;
    },
    enter,
    follow: async (name) => {
      await goTo(name);
      await enter();
    },
    tick: async (name) => {
      await goTo(name);
      await press("Space");
    },
    choose: async (name, files) => {
      await goTo(name);
      const opened = page.waitForEvent("filechooser", { timeout: 10_000 });
      await press("Space");
      // A browser of a loaded machine can lose the first key: a person presses again.
      const window = await opened.catch(async () => {
        const again = page.waitForEvent("filechooser");
        await press("Space");
        return again;
      });
      await window.setFiles(typeof files === "string" ? files : [...files]);
    },
    download: async (name) => {
      await goTo(name);
      const begun = page.waitForEvent("download");
      await press("Enter");
      return begun;
    },
  };
}

/** What a voice would say of where the focus stands. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return "";
    return (at.labels?.[0] ?? at).innerText || at.getAttribute("aria-label") || "";
  })()`);

/** Whole, or as a word's beginning: a row's link says its paper's name after its own words. */
function isCalled(said: string, name: string): boolean {
  const plain = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();
  return plain(said) === plain(name) || plain(said).startsWith(`${plain(name)} –`);
}
