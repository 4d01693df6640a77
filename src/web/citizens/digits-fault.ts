import type { Failure } from "../../usecases/failure.ts";
import type { Fault } from "../design/error-summary.tsx";
import type { Language } from "../language.ts";
import { wordsOf } from "../problem.ts";
import { speechIn } from "./pages.tsx";

/** Of a form that asks for the four digits alone: whatever is refused stands at them. */
export function digitsFaultOf(failure: Failure, language: Language): Fault {
  if (failure.code === "malformed_request") return { field: "digits", says: speechIn(language).say("digitsFault") };
  const { title, detail } = wordsOf(failure, language);
  return { field: "digits", says: `${title} ${detail}` };
}
