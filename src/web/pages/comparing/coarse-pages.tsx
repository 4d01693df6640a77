import { coarsePages, coarseReasonLength } from "../../../core/coarse-scan.ts";
import { TextField } from "../../design/field.tsx";
import type { DossierView } from "../../officials/world.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import type { Speech } from "./handled.tsx";

type Props = { readonly view: DossierView; readonly speech: Speech };

export const hasCoarsePages = ({ pages }: DossierView): boolean => coarsePages(pages).length > 0;

/** SCAN-1: which pages are coarser than 200 dpi, each with the way to its picture, and the reason that is asked for. Enter in it sends the form: no key more than without it. */
export const CoarseReason = ({
  view,
  speech: { say },
  typed,
  fault,
}: Props & { readonly typed: string; readonly fault: string | undefined }) => {
  const coarse = new Set(coarsePages(view.pages));
  return (
    <>
      <p>
        <b>{say("coarseTitle")}</b>
      </p>
      <ul>
        {view.pages
          .filter(({ number }) => coarse.has(number))
          .map(({ number, dpi }) => (
            <li>
              <a href={pathOf(view, `/compare?page=${number}`)}>
                {say("coarsePage", { number, dpi: Math.round(dpi) })}
              </a>
            </li>
          ))}
      </ul>
      <TextField
        name="coarseReason"
        label={say("coarseLabel")}
        hint={say("coarseHint")}
        value={typed}
        maxlength={coarseReasonLength.most}
        fault={fault}
      />
    </>
  );
};
