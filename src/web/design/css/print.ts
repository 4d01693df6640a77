/** On paper: black on white, no ways through the house, addresses beside links that matter. */
export const printCss = `
@media print{@page{margin:16mm}html{font-size:11pt;background:#fff;color:#000}.top{background:none;color:#000;border-bottom:1.5pt solid #000}.top a,.top .home{color:#000}.who,.ways,.skip,.buttons,form,.way-back,.screen,.home svg,.card:has(>h2+form:last-child),details:not([open]){display:none!important}.trial{background:none;color:#000;border:1pt dashed #000}.card,.verdict,tr,li{break-inside:avoid}.card,.verdict{border-color:#777;padding:8pt}main,.top>div,.trial>p,.foot>div{max-width:none;padding:8pt 0}.foot{color:#000}}
`;
