import { withPage } from "../support/browser.ts";
import type { KeyboardPerson } from "../support/keyboard.ts";
import { attest, compare, type Errand, type Place, receive, signedIn, untilReleased, wordsIn } from "./by-keyboard.ts";
import { type Stage, type StageClock, stageClock } from "./people-at-work.ts";

export type Order = Pick<Errand, "kind" | "scan" | "pages"> & {
  readonly copies: number;
  /** How long one act on all copies may take. */
  readonly mostSeconds: number;
};

const language = "vi";
const words = wordsIn[language];

/** One paper with many copies, from the receipt until they are released: the stages in their order. COPIES-1. */
export async function orderByKeyboard(place: Place, order: Order): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  const errand = { ...order, language, copyPath: "" } as const;
  const visit = <T>(userName: string, work: (person: KeyboardPerson, stage: StageClock) => Promise<T>) => {
    const stage = stageClock(stages);
    return signedIn(place, language, userName, (person) => work(person, stage));
  };
  const { link } = await visit("tiepnhan", async (person, stage) => {
    const received = await receive(person, errand, words);
    stage.end("receive", person.work());
    return received;
  });
  await visit("doichieu", async (person, stage) => {
    await compare(person, errand, words);
    stage.end("compare", person.work(), { comparedPages: order.pages });
    await attest(person, words);
    stage.end("attest", person.work());
  });
  await visit("lanhdao", async (person, stage) => {
    await actOnAll(person, "doSign", place.secretsOf("lanhdao").pin, order);
    stage.end("sign", person.work(), { pins: 1 });
  });
  await visit("vanthu", async (person, stage) => {
    await actOnAll(person, "doSeal", place.secretsOf("vanthu").pin, order);
    stage.end("seal", person.work(), { pins: 1 });
  });
  const release = stageClock(stages);
  await withPage(place.browser, `${place.url}${new URL(link).pathname}`, {}, (page) =>
    untilReleased(page, words.citizens.sayReady, order.mostSeconds),
  );
  release.end("release", null);
  return stages;
}

/** The page says for how many copies the PIN is; then nobody touches a key until it says that all are done. */
async function actOnAll(
  person: KeyboardPerson,
  word: "doSign" | "doSeal",
  pin: string,
  { copies, mostSeconds }: Order,
): Promise<void> {
  const { page } = person;
  await person.follow(words.queue[word]);
  await page.getByText(words.signing.copiesUnderOnePin.replace("{count}", String(copies))).waitFor();
  await person.write(words.signing.pin, pin);
  await person.enter();
  await page.waitForSelector(".verdict.good", { timeout: mostSeconds * 1000 });
}
