/** The administrator's rooms. */
export const adminCss = `
.rooms ul{display:flex;flex-wrap:wrap;gap:4px 6px;list-style:none;padding:0}
.rooms a{display:flex;align-items:center;min-height:44px;padding:4px 14px;border:1.5px solid var(--line);border-radius:99px;background:var(--sheet);text-decoration:none;font-weight:600}
.rooms a:hover{border-color:var(--act)}
.rooms a[aria-current]{background:var(--act);border-color:var(--act);color:#fff}
@media (max-width:39.99rem){.rooms ul{flex-wrap:nowrap;overflow-x:auto;padding:4px 0 8px}.rooms a{white-space:nowrap}}
.narrow{max-width:44rem}
.aside dl>div{display:block}
.plain{list-style:none;padding:0}
.once{font:700 1.2rem/1.8 ui-monospace,"Noto Sans Mono","Liberation Mono",monospace;white-space:nowrap;user-select:all}
.poster{font-family:inherit;text-align:center;font-size:1.15rem}
.poster [lang=en]{display:block;font-size:.8em;color:#444}
.poster ol{text-align:left;max-width:32rem;margin-left:auto;margin-right:auto}
.poster li+li{margin-top:.6rem}
@media print{.poster{font-size:16pt}.poster .paper-title{font-size:26pt;line-height:1.2;margin-top:0}.poster .paper-under{font-size:20pt}.poster .qr{max-width:90mm;margin:8mm auto}.poster>*+*{margin-top:4mm}.poster ol{max-width:none;padding-left:12mm}}
.ink{display:block;width:auto;height:auto;max-width:100%;max-height:9rem;padding:8px;background:#fff;border:1px solid var(--line)}
`;
