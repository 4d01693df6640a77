/** Top, banner, ways through the house, foot. One column at 360 px; the same order for eye, keyboard and voice. */
export const frameCss = `
.skip{position:absolute;left:-999rem}
.skip:focus{left:8px;top:8px;z-index:2;padding:12px 16px;background:#fff}
.top{background:var(--seal);color:#fff;border-bottom:4px solid #c9a227}
.top>div,.ways>ul,.foot>div,.trial>p{max-width:var(--wide);margin:0 auto;padding:0 16px}
.top>div{display:flex;flex-wrap:wrap;gap:0 16px;align-items:center;padding-top:6px;padding-bottom:6px}
.top a,.top button{display:inline-flex;align-items:center;min-height:44px;color:#fff;background:none;border:0;padding:0;font:inherit;cursor:pointer;text-decoration:underline;text-underline-offset:.18em}
.top a:hover,.top button:hover{text-decoration-thickness:2px}
.top :focus-visible{outline-color:#fff;box-shadow:0 0 0 6px #1a1a1a}
.top .home{gap:12px;flex:1 1 9rem;text-decoration:none;line-height:1.4;padding:4px 0}
.top .home svg{flex:none}
.home b{display:block}
.home span span{font-size:.9rem}
.who{display:flex;flex-wrap:wrap;gap:0 20px;align-items:center;font-size:.95rem}
.who>span{padding:6px 0}
.trial{background:#1a1a1a;color:#ffe27a;border-bottom:4px dashed var(--gold);font-weight:700;line-height:1.5}
.trial>p{padding-top:8px;padding-bottom:8px}
.ways{background:var(--sheet);border-bottom:1px solid var(--line)}
.ways>ul{display:flex;flex-wrap:wrap;gap:0 24px;list-style:none}
.ways a{display:inline-flex;align-items:center;min-height:48px;text-decoration:none;border-bottom:4px solid transparent;border-top:4px solid transparent}
.ways a:hover{text-decoration:underline}
.ways a[aria-current]{border-bottom-color:var(--seal);font-weight:700;color:var(--ink)}
.way-back{display:inline-flex;align-items:center;min-height:44px}
main{flex:1;width:100%;max-width:var(--wide);margin:0 auto;padding:24px 16px 48px}
main>*+*,.card>*+*,.verdict>*+*{margin-top:1rem}
.wide,.work{--wide:76rem}
.work:not(.wide)>main>*{max-width:42rem}
.bare{background:#fff;text-align:center}
.bare main{max-width:none;padding:12px}
.bare .qr{width:min(100%,calc(100vh - 15rem));max-width:none;min-width:14rem}
.foot{border-top:1px solid var(--line);color:var(--soft);font-size:.95rem}
.foot>div{padding-top:16px;padding-bottom:24px}
`;
