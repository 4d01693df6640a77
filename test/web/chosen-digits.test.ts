import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";

const folder = new URL("../../src/web/words/", import.meta.url);
const asksForPaper = /last four digits|bốn (chữ )?số cuối/i;
const letsChoose = /chose|choose four|own choice|chọn|entered above|nhập ở trên/i;
const labels = ["digits", "identityDigits"]; // a hint below each tells the choice

describe("DESIGN decision 14: who showed no identity paper chose the four digits", () => {
  test.each(readdirSync(folder))("%s: a text that names the paper's digits names the chosen ones too", async (file) => {
    const words = Object.values<Record<string, unknown>>(await import(new URL(file, folder).href));
    const texts = words.flatMap((book) => Object.entries(book)).filter(([key]) => !labels.includes(key));
    const silent = texts.filter(([, text]) => {
      const said = JSON.stringify(text) ?? "";
      return asksForPaper.test(said) && !letsChoose.test(said);
    });
    expect(silent).toEqual([]);
  });
});
