import type { Browser, Page } from "playwright-core";
import { citizensEn } from "../../src/web/words/citizens.en.ts";
import { citizensVi } from "../../src/web/words/citizens.vi.ts";
import { comparingEn } from "../../src/web/words/comparing.en.ts";
import { comparingVi } from "../../src/web/words/comparing.vi.ts";
import { frameEn } from "../../src/web/words/frame.en.ts";
import { frameVi } from "../../src/web/words/frame.vi.ts";
import { queueEn } from "../../src/web/words/queue.en.ts";
import { queueVi } from "../../src/web/words/queue.vi.ts";
import { receivingEn } from "../../src/web/words/receiving.en.ts";
import { receivingVi } from "../../src/web/words/receiving.vi.ts";
import { signInEn } from "../../src/web/words/sign-in.en.ts";
import { signInVi } from "../../src/web/words/sign-in.vi.ts";
import { signingEn } from "../../src/web/words/signing.en.ts";
import { signingVi } from "../../src/web/words/signing.vi.ts";
import { verificationEn } from "../../src/web/words/verification.en.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { withPage } from "../support/browser.ts";
import { atKeyboard, type KeyboardPerson } from "../support/keyboard.ts";

/** The words of the pages, so that the journey finds its way by what people read. */
export const wordsIn = {
  vi: {
    citizens: citizensVi,
    comparing: comparingVi,
    frame: frameVi,
    queue: queueVi,
    receiving: receivingVi,
    signIn: signInVi,
    signing: signingVi,
    verification: verificationVi,
  },
  en: {
    citizens: citizensEn,
    comparing: comparingEn,
    frame: frameEn,
    queue: queueEn,
    receiving: receivingEn,
    signIn: signInEn,
    signing: signingEn,
    verification: verificationEn,
  },
} as const;

export type Words = (typeof wordsIn)[keyof typeof wordsIn];

export type Place = {
  readonly browser: Browser;
  readonly url: string;
  readonly secretsOf: (userName: string) => { readonly password: string; readonly pin: string };
};

export type Errand = {
  readonly language: "vi" | "en";
  readonly kind: string;
  readonly scan: string;
  readonly pages: number;
  /** Electronic ones; the form's own answer where not said. */
  readonly copies?: number;
  /** Where the citizen keeps the copy. */
  readonly copyPath: string;
};

/** What the journey leaves behind. */
export type Journey = {
  /** Keys pressed, without those that write words. */
  readonly presses: {
    readonly officials: number;
    readonly citizen: number;
    readonly agency: number;
  };
  /** Of the pages' quality, as the receiver reads them. */
  readonly warnings: readonly string[];
  /** Whether each page stood upright when it was compared. */
  readonly upright: readonly boolean[];
  /** The one sentence that the agency reads. */
  readonly verdict: string;
};

const digits = "4321";

/** Four officials, a citizen and an agency, one after another, each with keys alone. */
export async function goByKeyboard(place: Place, errand: Errand): Promise<Journey> {
  const words: Words = wordsIn[errand.language];
  const officialsPresses: number[] = [];
  const asOfficial = <T>(userName: string, work: (person: KeyboardPerson) => Promise<T>): Promise<T> =>
    signedIn(place, errand.language, userName, async (person) => {
      const done = await work(person);
      officialsPresses.push(person.presses());
      return done;
    });
  const asAnyone = <T>(path: string, work: (person: KeyboardPerson) => Promise<T>): Promise<T> =>
    withPage(place.browser, `${place.url}${path}?lang=${errand.language}`, { javaScript: false }, (page) =>
      work(atKeyboard(page)),
    );

  const { link, warnings } = await asOfficial("tiepnhan", (person) => receive(person, errand, words));
  const upright = await asOfficial("doichieu", async (person) => {
    const seen = await compare(person, errand, words);
    await attest(person, words);
    return seen;
  });
  const act = async (person: KeyboardPerson, word: "doSign" | "doSeal", pin: string) => {
    await person.follow(words.queue[word]);
    await person.write(words.signing.pin, pin);
    await person.enter();
    await person.page.waitForSelector(".verdict.good");
  };
  await asOfficial("lanhdao", (person) => act(person, "doSign", place.secretsOf("lanhdao").pin));
  await asOfficial("vanthu", (person) => act(person, "doSeal", place.secretsOf("vanthu").pin));
  const citizen = await asAnyone(new URL(link).pathname, (person) => download(person, errand, words));
  const agency = await asAnyone("/verify", async (person) => {
    await person.choose(words.verification.checkFile, errand.copyPath);
    await person.follow(words.verification.checkButton);
    return { presses: person.presses(), verdict: await person.page.innerText("h1") };
  });
  const officials = officialsPresses.reduce((sum, presses) => sum + presses, 0);
  return { presses: { officials, citizen, agency: agency.presses }, warnings, upright, verdict: agency.verdict };
}

/** From the page of signing in on; the person's count begins with the user name. */
export const signedIn = <T>(
  place: Place,
  language: Errand["language"],
  userName: string,
  work: (person: KeyboardPerson) => Promise<T>,
): Promise<T> =>
  withPage(place.browser, `${place.url}/sign-in?lang=${language}`, {}, async (page) => {
    const person = atKeyboard(page);
    await person.write(wordsIn[language].signIn.userName, userName);
    await person.write(wordsIn[language].signIn.password, place.secretsOf(userName).password);
    await person.enter();
    return work(person);
  });

/** Opens the dossier, sends the scan, prints the slip with the citizen's link. */
export async function receive(person: KeyboardPerson, errand: Errand, { queue, receiving }: Words) {
  const { page } = person;
  await person.follow(queue.receiveNew);
  await person.write(receiving.applicantName, "Lò Thị Thử (hư cấu)");
  await person.write(receiving.identityDigits, digits);
  await person.write(receiving.kind, errand.kind);
  await person.write(receiving.declaredPages, String(errand.pages));
  if (errand.copies !== undefined) await person.write(receiving.electronicCopies, String(errand.copies));
  await person.enter();
  await person.choose(receiving.addScans, errand.scan);
  await person.follow(receiving.addScansButton);
  await page.waitForSelector(".scans .tag.good", { timeout: 120_000 });
  const warnings = await page.locator(".pages .tag.care").allInnerTexts();
  await person.follow(receiving.slipButton);
  return { warnings, link: await page.locator(".secret .address").innerText() };
}

/** One key a page. */
export async function compare(person: KeyboardPerson, { pages }: Errand, { queue }: Words) {
  const { page } = person;
  const upright: boolean[] = [];
  await person.follow(queue.doCompare);
  for (let number = 1; number <= pages; number++) {
    const [width, height] = await page.$eval(".sheet img", (img) => [
      Number(img.getAttribute("width")),
      Number(img.getAttribute("height")),
    ]);
    upright.push((width ?? 0) < (height ?? 0));
    const next = page.waitForURL(number === pages ? /attest$/ : new RegExp(`page=${number + 1}$`));
    await person.press("k");
    await next;
  }
  return upright;
}

export async function attest(person: KeyboardPerson, { comparing }: Words): Promise<void> {
  const isCoarse = (await person.page.locator("#coarseReason").count()) > 0;
  await person.tick(comparing.presented);
  if (!isCoarse) return person.follow(comparing.attestButton);
  await person.write(comparing.coarseLabel, "Máy quét của phòng chỉ đạt mức này (hư cấu)");
  await person.enter();
}

async function download(person: KeyboardPerson, { copyPath }: Errand, { citizens }: Words) {
  await untilReleased(person.page, citizens.sayReady, 60);
  await person.write(citizens.digits, digits);
  await (await person.download(citizens.downloadButton)).saveAs(copyPath);
  return person.presses();
}

/** The link is opened again until the copy is there; publishing follows the seal by itself. */
export async function untilReleased(page: Page, sentence: string, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await page.innerText("main")).includes(sentence)) {
    if (performance.now() > deadline) throw new Error("the copy was not released");
    await page.waitForTimeout(300);
    await page.reload();
  }
}
