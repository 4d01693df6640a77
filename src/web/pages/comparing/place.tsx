import type { Page, PageFinding } from "../../../core/dossier.ts";
import type { DossierView } from "../../officials/world.ts";
import { imagePath } from "../receiving/scans.tsx";

type Props = {
  readonly view: DossierView;
  readonly page: Page;
  readonly place: NonNullable<PageFinding["place"]>;
  readonly label: string;
};

const room = 0.04; // around the place, so that one sees where on the page it is

/** The place cut out of the page's own picture, framed; no other picture is made. The frame lies around the place, never on what is to be seen. */
export const Place = ({ view, page, place, label }: Props) => {
  const { widthPx, heightPx } = page;
  const box = {
    x: place.x * widthPx,
    y: place.y * heightPx,
    width: place.width * widthPx,
    height: place.height * heightPx,
  };
  const left = Math.max(0, place.x - room) * widthPx;
  const top = Math.max(0, place.y - room) * heightPx;
  const right = Math.min(1, place.x + place.width + room) * widthPx;
  const bottom = Math.min(1, place.y + place.height + room) * heightPx;
  const line = Math.max(2, Math.round(widthPx / 400));
  const round = (value: number) => String(Math.round(value));
  return (
    <svg
      class="place"
      role="img"
      aria-label={label}
      viewBox={[left, top, right - left, bottom - top].map(round).join(" ")}
      xmlns="http://www.w3.org/2000/svg"
    >
      <title>{label}</title>
      <image href={imagePath(view, page)} width={String(widthPx)} height={String(heightPx)} />
      <rect
        x={round(box.x - line)}
        y={round(box.y - line)}
        width={round(box.width + 2 * line)}
        height={round(box.height + 2 * line)}
        fill="none"
        stroke="#b3261e"
        stroke-width={String(line)}
      />
    </svg>
  );
};
