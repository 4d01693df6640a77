/** What pages show: cards, verdicts, facts, tables, steps, tags. */
export const contentCss = `
.card,.verdict{background:var(--sheet);border:1px solid var(--line);border-radius:6px;padding:16px}
.cards{display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr))}
.sketch{max-width:100%;height:auto}
.verdict{border-width:2px;border-left-width:10px}
.verdict>*+*{margin-top:.5rem}
.badge{display:flex;align-items:center;gap:10px;font-weight:700}
.badge svg{flex:none}
.mark{fill:none;stroke:#fff;stroke-width:2.6;stroke-linecap:round;stroke-linejoin:round}
.next{font-weight:600}
.good{background:var(--good-ground);border-color:var(--good)}.good .badge{color:var(--good)}.good .disc{fill:var(--good)}
.bad{background:var(--bad-ground);border-color:var(--bad)}.bad .badge{color:var(--bad)}.bad .disc{fill:var(--bad)}
.care{background:var(--care-ground);border-color:var(--care)}.care .badge{color:var(--care)}.care .disc{fill:var(--care)}
.neutral{background:var(--told-ground);border-color:var(--told)}.neutral .badge{color:var(--told)}.neutral .disc{fill:var(--told)}
dl>div{padding:.5rem 0;border-top:1px solid var(--line)}
dl>div:first-child{border-top:0;padding-top:0}
dl>div:last-child{padding-bottom:0}
dt{color:var(--soft);font-size:.95rem}
dd{margin:0;font-weight:600}
.tag{display:inline-flex;align-items:center;gap:6px;padding:1px 10px;border:1.5px solid currentColor;border-radius:99px;font-size:.9rem;font-weight:600;white-space:nowrap;line-height:1.6}
.tag svg{width:14px;height:14px;fill:none;stroke:currentColor;stroke-width:3.4;stroke-linecap:round;stroke-linejoin:round}
.tag.good{color:var(--good);background:var(--good-ground)}
.tag.bad{color:var(--bad);background:var(--bad-ground)}
.tag.care{color:var(--care);background:var(--care-ground)}
.tag.neutral{color:var(--told);background:var(--told-ground)}
.table{overflow-x:auto}
table{width:100%;border-collapse:collapse;background:var(--sheet)}
caption{text-align:left;font-weight:700;font-size:1.2rem;padding:0 0 8px}
th,td{text-align:left;vertical-align:top;padding:10px 12px;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--edge);font-size:.95rem;color:var(--soft)}
tbody th{font-weight:600}
td.number,th.number{text-align:right}
.steps{list-style:none;padding:0}
.steps li{position:relative;padding:0 0 16px 44px}
.steps li:last-child{padding-bottom:0}
.steps li::before{content:"";position:absolute;left:13px;top:28px;bottom:-4px;border-left:2px solid var(--line)}
.steps li:last-child::before{border:0}
.steps svg{position:absolute;left:0;top:0}
.steps .disc{fill:var(--sheet);stroke:var(--edge);stroke-width:2}
.steps .done .disc{fill:var(--good);stroke:var(--good)}
.steps .now .disc{fill:var(--act);stroke:var(--act)}
.steps .stopped .disc{fill:var(--bad);stroke:var(--bad)}
.steps .now b,.steps .stopped b{font-weight:700}
.steps b{font-weight:600}
.steps .later b{font-weight:400;color:var(--soft)}
.steps p{color:var(--soft);font-size:.95rem}
.qr{background:#fff;display:block;width:100%;max-width:17rem;margin:0 auto}
.address{font-family:ui-monospace,"Noto Sans Mono","Liberation Mono",monospace;font-size:.95rem;overflow-wrap:anywhere}
.large{font-size:3rem;font-weight:700;letter-spacing:.12em;line-height:1.2}
.pictures{display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(min(100%,14rem),1fr))}
.pictures img{display:block;width:100%;height:auto;border:1px solid var(--line);background:#fff}
details>dl dd{font-weight:400}
details>summary{cursor:pointer;padding:8px 0;margin:-8px 0;line-height:1.75;font-weight:600;color:var(--act)}
@media (min-width:40rem){.card,.verdict{padding:20px 24px}main dl>div{display:grid;grid-template-columns:14rem 1fr;gap:16px}}
@media (max-width:39.99rem){.fold .tag{white-space:normal}.fold thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.fold tr,.fold td,.fold tbody th{display:block}.fold tr{padding:10px 12px;border-bottom:1px solid var(--line)}.fold td,.fold tbody th{border:0;padding:2px 0;text-align:left;overflow-wrap:anywhere}.fold td[data-label]::before{content:attr(data-label) ": ";color:var(--soft);font-weight:400}}
`;
