import type { LookupWord } from "./lookup.vi.ts";

export const lookupEn: Readonly<Record<LookupWord, string>> = {
  title: "Look up a request",
  lead: "For whoever lost the private link: type the code on the receipt and the last four digits of the identity paper that was shown (or the four digits that you chose), to learn how far the request is.",
  code: "Code of the request",
  codeHint: "Printed at the top of the receipt and appointment slip, such as H55.242-261123-0004.",
  codeFault: "Enter the code of the request.",
  look: "Look up",
  unknown: "There is no request with this code and these digits. Check both.",
  throttled: "Tried too often. Try again in {wait}.",
  paper: "Paper {nth} of {count}",
  noLink:
    "Copies cannot be downloaded here. Open the link on the receipt or in the e-mail; if both are lost, bring your identity paper to the counter for a new one.",
};
