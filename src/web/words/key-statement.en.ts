import type { KeyStatementWord } from "./key-statement.vi.ts";

export const keyStatementEn: Readonly<Record<KeyStatementWord, string>> = {
  code: "Signs the code printed on copies (ES256). Cannot sign a copy.",
  log: "Signs the public log (Ed25519). Cannot sign a copy.",
  status: "Signs status lists and this statement (Ed25519). Cannot sign a copy.",
  credential: "Signs the fields of the paper that go with a copy (ES256). Cannot sign a copy.",
  official: "Root of the certificates of certifying officials",
  agency_seal: "Root of the certificates of agencies' seals",
  timestamp: "Root of a timestamp authority",
  public: "Root of public certificates; signs no certified copy",
};
