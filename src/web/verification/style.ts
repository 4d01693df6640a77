/** Phone first; every text at least 7:1 on its ground (WCAG 2.2 §1.4.6); targets at least 48 px high. */
export const verificationCss = `
*{box-sizing:border-box}
html{font:18px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;color:#161616;background:#f3f2ee;-webkit-text-size-adjust:100%}
body{margin:0;overflow-wrap:anywhere}
a{color:#123c7a}
a:focus-visible,button:focus-visible,input:focus-visible{outline:3px solid #161616;outline-offset:2px;box-shadow:0 0 0 6px #ffd54a}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:#fff;padding:12px;z-index:1}
header{display:flex;gap:12px;align-items:center;justify-content:space-between;padding:8px max(16px,calc(50vw - 21rem));background:#7a1212;color:#fff}
header a{color:#fff;display:inline-flex;align-items:center;min-height:48px}
.site{font-weight:700;text-decoration:none;line-height:1.25}
.language{white-space:nowrap}
.development{margin:0;padding:10px max(16px,calc(50vw - 21rem));line-height:1.35;background:#161616;color:#ffe27a;font-weight:700;border-bottom:6px dashed #ffd54a}
main{max-width:44rem;margin:0 auto;padding:16px}
section{background:#fff;border:1px solid #cfccc2;border-radius:10px;padding:16px;margin:0 0 16px}
h1{font-size:1.4rem;line-height:1.3;margin:.4rem 0}
h2{font-size:1.1rem;line-height:1.3;margin:0 0 .6rem}
p{margin:0 0 .6rem}
section>:last-child{margin-bottom:0}
ul{margin:0;padding-left:1.2rem}
li{margin:0 0 .4rem}
.verdict{border-width:2px;border-left-width:10px}
.badge{display:flex;align-items:center;gap:10px;font-weight:700;margin:0}
.badge svg{flex:none}
.mark{fill:none;stroke:#fff;stroke-width:2.6;stroke-linecap:round;stroke-linejoin:round}
.beside{color:#3d3d3d;font-size:.94rem}
.next{font-weight:600}
.good{background:#eaf6ee;border-color:#0a5227}.good .badge{color:#0a5227}.good .disc{fill:#0a5227}
.bad{background:#fdeeee;border-color:#8a0f0f}.bad .badge{color:#8a0f0f}.bad .disc{fill:#8a0f0f}
.care{background:#fff6dd;border-color:#5e3c00}.care .badge{color:#5e3c00}.care .disc{fill:#5e3c00}
.neutral{background:#edf2fa;border-color:#143c72}.neutral .badge{color:#143c72}.neutral .disc{fill:#143c72}
dl{margin:0 0 .6rem}
dl div{padding:.4rem 0;border-top:1px solid #dedbd2}
dl div:first-child{border-top:0;padding-top:0}
dt{color:#454545;font-size:.9rem}
dd{margin:0;font-weight:600}
.hint,footer{color:#454545;font-size:.9rem}
label{display:block;font-weight:700;margin:.8rem 0 .3rem}
input[type=file],input[type=text]{display:block;width:100%;min-height:52px;padding:10px;font:inherit;border:2px solid #454545;border-radius:8px;background:#fff;color:#161616}
button{display:block;width:100%;min-height:56px;margin-top:16px;padding:12px 20px;font:inherit;font-weight:700;color:#fff;background:#123c7a;border:0;border-radius:8px;cursor:pointer}
button:hover{background:#0c2c5c}
footer{max-width:44rem;margin:0 auto;padding:0 16px 32px}
@media (min-width:40rem){dl div{display:grid;grid-template-columns:15rem 1fr;gap:16px}button{width:auto}section{padding:24px}}
@media print{html{background:#fff}form,.language,.skip{display:none}section{break-inside:avoid}}
`.trim();
