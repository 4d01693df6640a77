import type { LookUp } from "../core/source.ts";
import { shortTimeText } from "../web/design/time.ts";
import { sourcesVi } from "../web/words/sources.vi.ts";

/** SOURCE-1: what agreed with the paper, as the copy itself says it: where, under which transaction, when. */
export const lookedUpFacts = (lookUps: readonly LookUp[]): { label: string; value: string }[] =>
  lookUps
    .filter(({ outcome }) => outcome === "same")
    .map(({ database, databaseName, transactionId, at }) => {
      const where = databaseName ?? (database === null ? "VNeID" : sourcesVi[database]);
      const id = transactionId === null ? "" : `, mã giao dịch ${transactionId}`;
      return { label: "đã tra cứu", value: `${where}${id}, ${shortTimeText(at, "vi")}` };
    });
