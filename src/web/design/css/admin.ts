/** The administrator's rooms. */
export const adminCss = `
.rooms ul{display:flex;flex-wrap:wrap;gap:4px 6px;list-style:none;padding:0}
.rooms a{display:flex;align-items:center;min-height:44px;padding:4px 14px;border:1.5px solid var(--line);border-radius:99px;background:var(--sheet);text-decoration:none;font-weight:600}
.rooms a:hover{border-color:var(--act)}
.rooms a[aria-current]{background:var(--act);border-color:var(--act);color:#fff}
.narrow{max-width:44rem}
.aside dl>div{display:block}
.plain{list-style:none;padding:0}
.once{font:700 1.2rem/1.8 ui-monospace,"Noto Sans Mono","Liberation Mono",monospace;white-space:nowrap;user-select:all}
.ink{display:block;width:auto;height:auto;max-width:100%;max-height:9rem;padding:8px;background:#fff;border:1px solid var(--line)}
`;
