import type { HomeWord } from "./home.vi.ts";

export const homeEn: Readonly<Record<HomeWord, string>> = {
  title: "Electronic copies certified from their originals",
  lead: "Copies certified by an agency with the power to do so, carrying the digital signature of the certifying official and the agency's digital seal. Anyone can check them, without an account.",
  checkTitle: "Check a copy",
  check: "Scan the QR code printed on the copy, open the link that came with it, or send the PDF file you received.",
  checkButton: "Check a copy",
  receiveTitle: "Receive your copy",
  receive:
    "Open the private link on your receipt. It shows how far your request has come, and gives you the copy when it is ready.",
  receiveLost: "Lost the link? Bring your identity paper to the counter where you applied to get a new one.",
  lookUp: "Look up by the code of the receipt",
  postedTitle: "To have a copy certified",
  posted: "Each agency's working hours, what to bring, the steps, the time and the fees.",
  postedButton: "See hours, procedure and fees",
  voiceTitle: "Feedback and petitions",
  voice: "Say what is wrong or should be otherwise. You get a code to read the answer with.",
  voiceButton: "Send feedback or a petition",
  officialsTitle: "Certifying officials",
  officials: "Receive, compare, sign, seal, and look up the register.",
  signIn: "Sign in",
};
