/**
 * Paper, ink and seal: a warm white ground, blue ink for what a person does, lacquer red for the agency. Text stands at
 * least 7:1 on its ground (WCAG 2.2 §1.4.6). Lines are at least 1.5 high and nothing clips them, so that marks stacked
 * over capitals (Ẫ, Ộ, Ữ) keep clear of the line above. System faces only: no load, no shift, and each has Vietnamese.
 */
export const baseCss = `
:root{--ground:#f6f4ee;--sheet:#fff;--ink:#1a1a1a;--soft:#45433d;--line:#d3cfc3;--edge:#5a564c;--act:#143c78;--act-dark:#0b2650;--seal:#7a1212;--gold:#ffd54a;--good:#0a5227;--good-ground:#eaf6ee;--bad:#8a0f0f;--bad-ground:#fdeeee;--care:#5e3c00;--care-ground:#fff6dd;--told:#143c72;--told-ground:#edf2fa;--wide:44rem}
*{box-sizing:border-box}
html{font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;color:var(--ink);background:var(--ground);-webkit-text-size-adjust:100%;overflow-y:scroll}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;overflow-wrap:break-word}
h1,h2,h3{line-height:1.4;margin:0;text-wrap:balance}
h1{font-size:1.6rem}
h2{font-size:1.2rem}
h3{font-size:1.0625rem}
p,ul,ol,dl,table,figure,fieldset{margin:0}
ul,ol{padding-left:1.3rem}
a{color:var(--act);text-underline-offset:.18em}
a:hover{color:var(--act-dark);text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px;box-shadow:0 0 0 6px var(--gold);border-radius:2px}
[tabindex="-1"]:focus-visible{outline-color:transparent;box-shadow:none}
[hidden]{display:none!important}
img,svg{max-width:100%}
.hint{color:var(--soft);font-size:.95rem}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.beside{color:var(--soft);font-size:.95rem}
.number{font-variant-numeric:tabular-nums}
.stack>*+*{margin-top:1rem}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important;scroll-behavior:auto!important}}
`;
