/** The officials' rooms. Builders of a room put its rules into a file of its own and join it here. */
export const workCss = `
.split{display:grid;gap:24px}
.split>*{min-width:0}
@media (min-width:60rem){.split{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.split.aside{grid-template-columns:minmax(0,1fr) 22rem}}
.between{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;justify-content:space-between}
nav.between>*{display:inline-flex;align-items:center;min-height:44px}
.abreast{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center}
.filters{display:flex;flex-wrap:wrap;gap:12px 16px;align-items:flex-end}
.filters>*{margin:0;flex:1 1 12rem}
.filters .button{flex:0 0 auto}
.pages{display:grid;gap:16px;list-style:none;padding:0;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr))}
.pages img{display:block;width:100%;height:auto;border:1px solid var(--line);background:#fff}
.chart{display:block;width:100%;max-width:48rem;height:auto;font-size:13px;fill:var(--soft)}
.chart-dark{fill:var(--act)}
.chart-light{fill:var(--sheet);stroke:var(--act);stroke-width:1.5}
@media (max-width:39.99rem){.chart{font-size:22px}}
.chart-line{stroke:var(--edge);stroke-width:1}
`;
