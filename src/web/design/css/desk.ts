/** The desk of signer and clerk, the lists of dossiers, and the register on screen and on A4. */
export const deskCss = `
.choices ul{display:flex;flex-wrap:wrap;gap:8px;list-style:none;padding:0}
.choices a{display:inline-flex;align-items:center;gap:8px;min-height:44px;padding:4px 14px;border:1.5px solid var(--edge);border-radius:99px;background:var(--sheet);text-decoration:none}
.choices a:hover{text-decoration:underline}
.choices a[aria-current]{background:var(--act);border-color:var(--act);color:#fff;font-weight:700}
.nothing{background:var(--sheet);border:1px dashed var(--edge);border-radius:6px;padding:24px;text-align:center}
tbody th .hint,.listed td .hint,.register td .hint,.register th .hint{display:block;font-weight:400}
.listed tbody th a{display:inline-block;min-height:28px}
.listed tbody td:last-child>a{white-space:nowrap}
@media (max-width:39.99rem){.listed tbody a:not(.button),main dd>a,main p>a:only-child{display:inline-flex;align-items:center;min-height:44px}}
.listed .button{min-height:44px;padding:6px 16px}
.due{display:inline-flex;flex-wrap:wrap;gap:4px 8px;align-items:center}
.listed .button{white-space:nowrap}
@media (max-width:39.99rem){.listed table{background:none}.listed tbody tr{background:var(--sheet);border:1px solid var(--line);border-radius:6px;padding:12px 16px;margin-bottom:12px}.listed tbody td:last-child{margin-top:8px}.listed tbody td:last-child::before{display:none}}
.tag svg{flex:none}
.line>span{flex:1;min-width:0}
.line label{font-weight:600;display:block}
.choice.line{border-top:1px solid var(--line);padding:8px 0}
.choice.line input{margin-top:2px}
.choice.line label{padding:0}
.choice.line .hint{margin:0}
.printed{font-family:"Times New Roman",Tinos,"Liberation Serif",serif;font-size:1.15rem;text-align:center;background:#fff;border:1px solid var(--line);padding:20px 12px;line-height:1.7}
.printed .heading{font-weight:700;font-size:1.3rem}
.printed .signer{font-style:italic}
.printed .block b{display:block}
.printed .block .name{margin-top:3.2rem}
.leaf-pictures{grid-template-columns:repeat(auto-fill,minmax(min(100%,13rem),1fr))}
.across dl>div,.across dl>div:first-child,.across dl>div:last-child{border:0;padding:4px 0}
.leaf-pictures img{max-height:22rem;object-fit:contain;object-position:top}
.leaf-pictures span{display:block;text-align:center;font-weight:400}
.across dl{display:grid;gap:0 24px;grid-template-columns:repeat(auto-fill,minmax(min(100%,13rem),1fr))}
.across dl>div,.across dl>div:first-child,.across dl>div:last-child{border:0;padding:4px 0}
@media (min-width:60rem){.stays{position:sticky;top:16px;align-self:start}}
.off-site:not(:has(.faulty)):has(option[value=""]:checked) :is(.elsewhere,.other-ground),.off-site:not(:has(.faulty)):not(:has(option[value="other"]:checked)) .other-ground{display:none}
.search{display:block;max-width:44rem}
.search details{margin:12px 0}
.search summary{min-height:44px;padding:10px 0}
.months tbody th a{display:inline-flex;align-items:center;min-height:44px}
@supports selector(:has(*)){form:has([name=outcome][value=annulled]:checked) .successor{display:none}}
.register>*+*{margin-top:1rem}
.register .agency{font-weight:700}
.register thead th{text-align:center;vertical-align:middle}
.register .ordinal{display:block;font-weight:400;font-size:.9rem}
.register th,.register td{border:1px solid var(--line)}
.register tbody th{text-align:center}
.register table{min-width:64rem}
.ranked tbody th{min-width:10rem}
.register .table{position:relative}
.register .voided td:nth-child(-n+5),.register .voided th{text-decoration:line-through}
.was{display:block;color:var(--soft)}
.register tfoot th,.register tfoot td{font-weight:700;border-top:2px solid var(--edge)}
.register tfoot .hint{font-weight:400}
.days .filters{margin-top:8px}
.days .filters>*{flex:0 0 auto}
.days .filters input{max-width:12rem}
.days .filters .button{width:auto}
@page register{size:A4 landscape;margin:12mm}
@media print{body:has(.register){page:register}.register .cover{text-align:center}.register table{min-width:0;font-size:9.5pt}.register th,.register td{border:.5pt solid #000;padding:4pt}.register thead{display:table-header-group}.register .table{overflow:visible}.register .hint,.register th{font-size:inherit;color:#000}body:has(.register) .top,body:has(.register) .foot{display:none}.register .tag{border:0;padding:0;background:none;color:#000}}
`;
