import type { Language } from "../language.ts";
import { frameSpeech } from "../words/frame.ts";

/** A fault as the person reads it; without a field it is about the whole form. */
export type Fault = { readonly field: string | null; readonly says: string };

/** Top of a page whose form has faults; focused on load, by the attribute where a page has no script. `alert` is the child, so focus and announcement don't race. */
export const ErrorSummary = ({ language, faults }: { language: Language; faults: readonly Fault[] }) => {
  if (faults.length === 0) return null;
  return (
    <div class="faults" id="faults" tabindex={-1} autofocus data-focus-on-load="">
      <div role="alert">
        <h2>{frameSpeech(language).say("faultsTitle")}</h2>
        <ul>
          {faults.map(({ field, says }) => (
            <li>{field === null ? says : <a href={`#${field}`}>{says}</a>}</li>
          ))}
        </ul>
      </div>
    </div>
  );
};

/** What is said at a field. */
export const faultAt = (faults: readonly Fault[], field: string): string | undefined =>
  faults.find((fault) => fault.field === field)?.says;
