/** Dark modules of a QR code, row by row, without its quiet zone. ISO/IEC 18004. */
export type QrModules = { readonly size: number; readonly isDark: readonly (readonly boolean[])[] };

const quietModules = 4; // ISO/IEC 18004 §6.3.8

/** One path, black on white with its quiet zone: sharp at any size, and no request to fetch it. */
export const QrPicture = ({ modules, says }: { modules: QrModules; says: string }) => {
  const across = modules.size + 2 * quietModules;
  return (
    <svg class="qr" viewBox={`0 0 ${across} ${across}`} role="img" aria-label={says} shape-rendering="crispEdges">
      <path fill="#fff" d={`M0 0h${across}v${across}H0z`} />
      <path fill="#000" d={modules.isDark.map(rowPath).join("")} />
    </svg>
  );
};

/** Neighbouring dark modules as one bar. */
function rowPath(row: readonly boolean[], y: number): string {
  const text = row.map((dark) => (dark ? "#" : ".")).join("");
  const runs = [...text.matchAll(/#+/g)];
  return runs
    .map((run) => `M${run.index + quietModules} ${y + quietModules}h${run[0].length}v1h-${run[0].length}z`)
    .join("");
}
