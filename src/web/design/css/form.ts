/** Targets are at least 48 px high (WCAG 2.2 §2.5.5); a fault is told by word, bar and place, never by colour alone. */
export const formCss = `
form>*+*{margin-top:1.25rem}
form>[type=hidden]:first-child+*{margin-top:0}
label,legend{font-weight:700;padding:0}
.field{border:0;padding:0;min-width:0}
.field>label,.field>legend{display:block;margin-bottom:4px}
.field>.hint,.field>.fault{margin-bottom:6px}
.field.faulty{border-left:5px solid var(--bad);padding-left:14px}
.fault{color:var(--bad);font-weight:700}
input,select,textarea{font:inherit;color:var(--ink);background:#fff;border:2px solid var(--edge);border-radius:4px}
input:not([type=checkbox],[type=radio]),select,textarea{display:block;width:100%;min-height:48px;padding:8px 12px}
textarea{min-height:7.5rem}
input[type=file]{padding:6px}
::file-selector-button{font:inherit;font-weight:600;min-height:36px;margin-right:12px;padding:0 14px;color:var(--act);background:#fff;border:2px solid var(--act);border-radius:4px;cursor:pointer}
.faulty input,.faulty select,.faulty textarea{border-color:var(--bad)}
input.short{max-width:10rem}
input.digits{max-width:14rem;font-size:1.3rem;letter-spacing:.25em;font-variant-numeric:tabular-nums}
.choice{display:flex;gap:12px;align-items:flex-start}
.choice input{flex:none;width:24px;height:24px;margin:10px 0 0;accent-color:var(--act)}
.choice>span{flex:1;min-width:0}
.choice label{display:block;font-weight:400;flex:1;padding:9px 0}
.choice .hint{display:block;margin:-8px 0 8px}
.button{display:inline-flex;align-items:center;justify-content:center;min-height:48px;padding:10px 22px;font:inherit;font-weight:700;line-height:1.4;color:#fff;background:var(--act);border:2px solid var(--act);border-radius:4px;cursor:pointer;text-decoration:none;text-align:center}
.button:hover{background:var(--act-dark);border-color:var(--act-dark);color:#fff}
.button.quiet{color:var(--act);background:#fff}
.button.quiet:hover{color:var(--act-dark);background:var(--told-ground)}
.button.grave{background:var(--bad);border-color:var(--bad)}
.button.grave:hover{background:#5f0909;border-color:#5f0909}
.button:disabled,.button[aria-disabled=true]{color:#fff;background:#55524a;border-color:#55524a;cursor:default}
.buttons{display:flex;flex-wrap:wrap;gap:12px 16px;align-items:center}
.faults{background:#fff;border:3px solid var(--bad);border-radius:6px;padding:16px 20px}
.faults h2{color:var(--bad)}
.faults ul{margin-top:8px}
.faults a{color:var(--bad);font-weight:700}
progress{width:100%;height:12px;accent-color:var(--act)}
@media (max-width:39.99rem){.button{width:100%}}
`;
