import { submissionVi } from "../../src/web/words/submission.vi.ts";
import { withPage } from "../support/browser.ts";
import type { KeyboardPerson } from "../support/keyboard.ts";
import { type Place, signedIn, wordsIn } from "./by-keyboard.ts";
import { type Stage, type StageClock, stageClock } from "./people-at-work.ts";

export type Stack = {
  readonly kind: string;
  /** One a paper, in the order of the stack. */
  readonly scans: readonly string[];
  /** How long the machine may take for one step of all of them. */
  readonly mostSeconds: number;
};

const language = "vi";
const words = { ...wordsIn[language], submission: submissionVi };
const digits = "4321";

/** Many papers of one applicant, from the receipt until all are released: the stages in their order. DOS-1. */
export async function originalsByKeyboard(place: Place, stack: Stack): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  const visit = <T>(userName: string, work: (person: KeyboardPerson, stage: StageClock) => Promise<T>) => {
    const stage = stageClock(stages);
    return signedIn(place, language, userName, (person) => {
      person.page.setDefaultTimeout(stack.mostSeconds * 1000); // two hundred files take their time, on a busy machine more
      return work(person, stage);
    });
  };
  const link = await visit("tiepnhan", async (person, stage) => {
    const given = await receiveAll(person, stack);
    stage.end("receive", person.work());
    return given;
  });
  await visit("doichieu", async (person, stage) => {
    await compareAll(person, stack);
    stage.end("compare", person.work(), { comparedPages: stack.scans.length });
  });
  await visit("lanhdao", async (person, stage) => {
    await actOnList(person, "signMany", place.secretsOf("lanhdao").pin, stack);
    stage.end("sign", person.work(), { pins: 1 });
  });
  await visit("vanthu", async (person, stage) => {
    await actOnList(person, "sealMany", place.secretsOf("vanthu").pin, stack);
    stage.end("seal", person.work(), { pins: 1 });
  });
  const release = stageClock(stages);
  const all = words.submission.listReady.replaceAll(/\{\w+\}/g, String(stack.scans.length));
  await withPage(place.browser, `${place.url}${new URL(link).pathname}`, {}, async (page) => {
    const deadline = performance.now() + stack.mostSeconds * 1000;
    while (!(await page.innerText("main")).includes(all)) {
      if (performance.now() > deadline) throw new Error("not all copies were released");
      await page.waitForTimeout(300);
      await page.reload();
    }
  });
  release.end("release", null);
  return stages;
}

/** The first paper's form, then one form for all files; the first file belongs to the first paper. */
async function receiveAll(person: KeyboardPerson, { kind, scans, mostSeconds }: Stack): Promise<string> {
  const { page } = person;
  await person.follow(words.queue.receiveNew);
  await person.write(words.receiving.applicantName, "Trường Ví Dụ (hư cấu)");
  await person.write(words.receiving.identityDigits, digits);
  await person.write(words.receiving.kind, kind);
  await person.write(words.receiving.declaredPages, "1");
  await person.follow(words.submission.saveAndMany);
  await person.write(words.receiving.identityDigits, digits);
  await person.choose(words.submission.manyChoose, scans);
  await person.follow(words.submission.manySave);
  await page.getByText(words.submission.total.split(",")[0]?.replace("{count}", String(scans.length)) ?? "").waitFor();
  await untilRead(person, mostSeconds);
  await person.follow(words.receiving.slipButton);
  return page.locator(".secret .address").innerText();
}

/** The receiver looks at the list of the papers until each is read. */
async function untilRead({ page }: KeyboardPerson, mostSeconds: number): Promise<void> {
  const deadline = performance.now() + mostSeconds * 1000;
  while ((await page.locator(".tag", { hasText: words.queue.statusReceived }).count()) > 0) {
    if (performance.now() > deadline) throw new Error("not all scans were read");
    await page.waitForTimeout(500);
    await page.reload();
  }
}

/** K confirms the page, the space bar ticks the statement, Enter makes it and brings the next paper of the stack. */
async function compareAll(person: KeyboardPerson, { scans }: Stack): Promise<void> {
  const { page } = person;
  await person.follow(words.queue.doCompare);
  for (let ordinal = 1; ordinal <= scans.length; ordinal++) {
    const place = words.submission.placeInDossier.split(";")[0] ?? "";
    await page
      .getByText(place.replace("{ordinal}", String(ordinal)).replace("{count}", String(scans.length)))
      .waitFor();
    const attesting = page.waitForURL(/attest$/);
    await person.press("k");
    await attesting;
    await person.tick(words.comparing.presented);
    await person.enter();
  }
}

async function actOnList(person: KeyboardPerson, word: "signMany" | "sealMany", pin: string, { mostSeconds }: Stack) {
  const { page } = person;
  await person.follow(words.queue[word]);
  await person.follow(words.signing.listAll);
  await person.goTo(words.signing.listToPin);
  await person.press("Enter");
  await person.write(words.signing.pin, pin);
  await person.enter();
  await page.waitForSelector(".verdict.good", { timeout: mostSeconds * 1000 });
}
