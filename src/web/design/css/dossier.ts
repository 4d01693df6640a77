/** A dossier's page, comparing it, and the papers printed from it. */
export const dossierCss = `
.scans,.history{list-style:none;padding:0}
.scans li{padding:.75rem 0;border-top:1px solid var(--line)}
.scans li:first-child{border-top:0;padding-top:0}
.history li+li{margin-top:.75rem}
.file-name{overflow-wrap:anywhere}
.tags{display:flex;flex-wrap:wrap;gap:4px 8px;margin:4px 0}
.pages>li>a{display:block;font-weight:600;min-height:44px;text-align:left}
.coming{aspect-ratio:210/297;background:var(--told-ground);border:1px dashed var(--edge)}
.facts dl>div{display:block}
@media (min-width:40rem){main .facts dl>div{display:block}}
.leaves{display:flex;flex-wrap:wrap;gap:8px;list-style:none;padding:4px;margin:0 -4px;max-height:9.5rem;overflow:auto}
.leaves a{display:inline-flex;align-items:center;justify-content:center;gap:4px;min-width:52px;min-height:44px;padding:4px 10px;border:2px solid var(--edge);border-radius:4px;background:#fff;text-decoration:none;font-weight:600;font-variant-numeric:tabular-nums}
.leaves a.done{border-color:var(--good);background:var(--good-ground);color:var(--good)}
.leaves a[aria-current]{background:var(--act);border-color:var(--act);color:#fff}
.leaves svg{fill:none;stroke:currentColor;stroke-width:3.4;stroke-linecap:round;stroke-linejoin:round}
.beside-each>*{min-width:0}
.viewer{display:flex;flex-direction:column;gap:8px}
.zoom{display:flex;flex-wrap:wrap;gap:0 16px;align-items:center;border:0;padding:0;margin:0}
.zoom legend{float:left;margin-right:16px;line-height:44px}
.zoom label{display:inline-flex;align-items:center;gap:8px;min-height:44px;font-weight:400;cursor:pointer}
.zoom input{width:22px;height:22px;margin:0;accent-color:var(--act)}
.sheet{overflow:auto;border:1px solid var(--edge);background:#e9e6dd;max-height:75vh}
.sheet img{display:block;width:100%;max-width:none;height:auto;background:#fff}
.viewer:has(#zoom-page:checked) .sheet img{width:auto;max-width:100%;max-height:82vh;margin:0 auto}
.viewer:has(#zoom-150:checked) .sheet img{width:150%}
.viewer:has(#zoom-200:checked) .sheet img{width:200%}
.viewer:has(#zoom-300:checked) .sheet img{width:300%}
.beside-each>.stack{display:contents}
.beside-each{display:block}
.beside-each>*+*,.beside-each>.stack>*{margin-top:1rem}
.confirm{position:sticky;bottom:0;z-index:1;box-shadow:0 -2px 10px #0003}
@media (max-width:59.99rem){.card.confirm{padding:10px 16px}.confirm h2{font-size:1rem}.confirm form .hint,.confirm form .choice,.confirm>.hint{display:none}.confirm>*+*{margin-top:.4rem}}
.confirm form>*+*{margin-top:.5rem}
.confirm .button{width:100%}
.confirm kbd{font:inherit;font-weight:700;border:1.5px solid var(--edge);border-radius:4px;padding:0 7px;background:#fff}
.read-words{line-height:1.7;max-height:60vh;overflow:auto;overflow-wrap:anywhere}
.read-words p+p{margin-top:.6rem}
.read-words mark{background:var(--care-ground);color:var(--care);text-decoration:underline dotted;text-underline-offset:.2em}
@media (min-width:60rem){.beside-each{display:grid;gap:16px 24px;grid-template-columns:minmax(0,3fr) minmax(0,2fr)}.beside-each>.stack{display:block}.beside-each>*+*,.beside-each>.stack>:first-child{margin-top:0}.sheet{max-height:84vh}.confirm{position:static;box-shadow:none}}
.attestation{margin:1rem 0;padding:8px 16px;border-left:4px solid var(--seal)}
.checks{list-style:none;padding:0}
.checks li{display:flex;gap:12px;align-items:flex-start;padding:6px 0}
.checks svg{flex:none;margin-top:0}
.checks .good,.checks .care{background:none}
.paper{background:#fff;border:1px solid var(--line);padding:24px 16px;font-family:"Times New Roman","Liberation Serif","Noto Serif",Tinos,serif;font-size:1.05rem;line-height:1.5;color:#000}
.paper>*+*{margin-top:.6rem}
.paper-head{display:grid;gap:12px;text-align:center}
.paper-agency,.paper-nation{font-weight:700;font-size:.93em}
.paper-motto{font-weight:700;display:inline-block;border-bottom:1px solid #000;padding:0 4px 2px}
.paper-date{font-style:italic;margin-top:.4rem}
.paper-title{text-align:center;font-size:1.3rem;margin-top:1.2rem}
.paper-under{text-align:center;font-weight:700}
.paper-code{text-align:center;overflow-wrap:anywhere}
.paper .ruled{background:none}
.paper .ruled th,.paper .ruled td{border:1px solid #000;color:#000;font-size:1rem;text-align:center;padding:6px}
.paper .ruled tbody th{text-align:left;font-weight:400}
.appointment{font-size:1.2rem}
.secret{display:grid;gap:12px;border:1px solid #000;padding:12px;break-inside:avoid}
.secret .qr{max-width:11rem}
.secret p+p{margin-top:.5rem}
.paper-signs{display:grid;grid-template-columns:1fr 1fr;gap:16px;text-align:center;margin-top:1.4rem;break-inside:avoid}
.paper-name{margin-top:4.5rem;font-weight:700}
.paper blockquote{margin-left:1.5rem;margin-right:0}
@media (min-width:40rem){.paper{padding:40px 44px}.paper-head{grid-template-columns:4fr 6fr}.paper-nation{white-space:nowrap}.secret{grid-template-columns:11rem 1fr}}
@media print{body:has(.paper) main{padding:0}body:has(.paper) .top,body:has(.paper) .foot{display:none}.paper{border:0;padding:0;font-size:13pt;line-height:1.35}.paper>*+*{margin-top:5pt}.paper-name{margin-top:3.5rem}.paper-head{grid-template-columns:4fr 6fr}.paper .ruled th,.paper .ruled td{font-size:12pt}.secret{grid-template-columns:40mm 1fr}.secret .qr{max-width:40mm}}
.finding+.finding{border-top:1px solid var(--line);padding-top:8px;margin-top:8px}
.place{display:block;margin-top:8px;max-width:100%;max-height:16rem;background:var(--sheet);border:1px solid var(--line)}
.to-look-at{list-style:none;padding:0;display:grid;gap:16px}
.to-look-at li{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:16px;align-items:start}
.marked{display:block;width:100%;height:auto;border:1px solid var(--line);background:var(--sheet)}
.other-form img{display:block;max-width:100%;max-height:16rem;height:auto;width:auto;border:1px solid var(--line)}
`;
