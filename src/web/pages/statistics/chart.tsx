import type { TrendPoint } from "../../../core/statistics/counts.ts";
import { Card, Table } from "../../design/content.tsx";
import { pointText, type StatisticsSpeech } from "./texts.ts";

const high = 120;
const wide = 640;
const footPx = 28;

type ChartProps = {
  readonly points: readonly TrendPoint[];
  readonly speech: StatisticsSpeech;
  /** The acts of the span where not said. */
  readonly title?: string;
};

/** Bars without any script, and their figures as a table below: nothing is told by colour or height alone. */
export const Trend = ({ points, speech, title = speech.say("trendTitle") }: ChartProps) => {
  const { say } = speech;
  const most = Math.max(0, ...points.map(({ electronic, paper }) => electronic + paper));
  if (most === 0) return <p class="nothing">{say("trendNone")}</p>;
  const columns = [
    { label: say("trendAt") },
    { label: say("electronic"), number: true },
    { label: say("paper"), number: true },
  ];
  const filled = points.filter(({ electronic, paper }) => electronic + paper > 0);
  const rows = filled.map(({ at, electronic, paper }) => [pointText(at), electronic, paper]);
  return (
    <Card title={title}>
      <svg class="chart" viewBox={`0 0 ${wide} ${high + footPx}`} role="img" aria-label={title}>
        {points.map((point, i) => (
          <Bar point={point} at={i} of={points.length} most={most} />
        ))}
        <line x1="0" y1={high} x2={wide} y2={high} class="chart-line" />
      </svg>
      <p class="hint">{say("trendLegend", { most })}</p>
      <details>
        <summary>{say("trendTable")}</summary>
        <Table caption={title} columns={columns} rows={rows} />
      </details>
    </Card>
  );
};

type BarProps = { readonly point: TrendPoint; readonly at: number; readonly of: number; readonly most: number };

const Bar = ({ point: { at, electronic, paper }, at: place, of, most }: BarProps) => {
  const room = wide / of;
  const width = Math.min(48, room * 0.7);
  const x = round(place * room + (room - width) / 2);
  const tall = (acts: number) => round((acts / most) * (high - 8));
  const [dark, light] = [tall(electronic), tall(paper)];
  const isNamed = place % Math.ceil(of / 8) === 0;
  return (
    <g>
      <rect x={x} y={round(high - dark)} width={round(width)} height={dark} class="chart-dark" />
      <rect x={x} y={round(high - dark - light)} width={round(width)} height={light} class="chart-light" />
      {isNamed && (
        <text x={round(place * room)} y={high + 22}>
          {pointText(at)}
        </text>
      )}
    </g>
  );
};

const round = (px: number): number => Math.round(px * 10) / 10;
