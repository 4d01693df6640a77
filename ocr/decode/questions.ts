import type { Turn } from "../pages.ts";

/** What the service asks a decoder. Both sides are ours; the decoder may be taken over, so its answers are parsed, not these. */
export type Question =
  | { readonly ask: "open"; readonly fileName: string | null; readonly declaredType: string | null }
  | { readonly ask: "look"; readonly page: number }
  | { readonly ask: "make"; readonly page: number; readonly turn: Turn }
  /** The sheet of a photograph as seen from above, then turned. */
  | { readonly ask: "straighten"; readonly page: number; readonly turn: Turn }
  | { readonly ask: "close" }
  | { readonly ask: "picture" }
  | { readonly ask: "reading"; readonly fromDpi: number }
  /** The text of a QR code on a final page. */
  | { readonly ask: "code"; readonly fromDpi: number };

export const readQuestion = (head: unknown): Question => head as Question;
