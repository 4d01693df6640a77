import type { Child } from "hono/jsx";
import { type Tone, ToneMark } from "./icons.tsx";

/** White sheet with a heading of its own. @param id where an address leads to it */
export const Card = ({ title, id, children }: { title?: string; id?: string; children: Child }) => (
  <section class="card" id={id}>
    {title && <h2>{title}</h2>}
    {children}
  </section>
);

/** What most readers need not see, one press away; found by the browser's search all the same. Open where a fault stands inside. */
export const Fold = ({ title, open = false, children }: { title: string; open?: boolean; children: Child }) => (
  <details class="card" open={open}>
    <summary>{title}</summary>
    {children}
  </details>
);

/** Label above value on a phone, beside it on a wide screen. */
export const SummaryList = ({ rows }: { rows: readonly (readonly [label: string, value: Child])[] }) => (
  <dl>
    {rows.map(([label, value]) => (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** A state in a word, with its mark and colour. */
export const Tag = ({ tone, children }: { tone: Tone; children: Child }) => (
  <span class={`tag ${tone}`}>
    <ToneMark tone={tone} />
    {children}
  </span>
);

type Column = { readonly label: string; readonly number?: boolean };
type TableProps = {
  readonly caption: string;
  readonly columns: readonly Column[];
  /** As many cells as columns; the first names its row. */
  readonly rows: readonly (readonly Child[])[];
  /** On a phone each row stands as a block with its labels. Not for a register, whose columns the law fixes. */
  readonly fold?: boolean;
};

/** Scrolls sideways by keyboard too, where it is wider than the screen. */
export const Table = ({ caption, columns, rows, fold = true }: TableProps) => (
  <section class={fold ? "table fold" : "table"} tabindex={fold ? undefined : 0} aria-label={caption}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ label, number }) => (
            <th scope="col" class={number ? "number" : undefined}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr>
            {cells.map((cell, i) => (
              <Cell cell={cell} column={columns[i]} isFirst={i === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const Cell = ({ cell, column, isFirst }: { cell: Child; column: Column | undefined; isFirst: boolean }) =>
  isFirst ? (
    <th scope="row">{cell}</th>
  ) : (
    <td class={column?.number ? "number" : undefined} data-label={column?.label}>
      {cell}
    </td>
  );
