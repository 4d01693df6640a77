import type { ViewerHelpWord } from "./viewer-help.vi.ts";

export const viewerHelpEn: Readonly<Record<ViewerHelpWord, string>> = {
  title: "Seeing the signatures in your own viewer",
  lead: "A PDF viewer only tells that the file is untouched and who signed it. Only this page tells that the copy is on record and in force.",
  acrobat: "Adobe Acrobat, Reader",
  acrobatHelp:
    "Open the Signatures panel. What to look for is “document has not been modified since this signature was applied”. “Validity unknown” only means that Adobe does not trust the issuer of the certificate, not that the file was changed.",
  foxit: "Foxit PDF Reader",
  foxitHelp: "Click a signature on the attestation page and view its properties. Read them as with Adobe.",
  browser: "Browsers (Chrome, Edge, Safari, Cốc Cốc)",
  browserHelp: "Check no signatures. The pictures of a signature and a seal on the page prove nothing.",
  phone: "Phones",
  phoneHelp:
    "Most PDF apps check no signatures. Send the PDF file itself to this page; a screenshot cannot be checked.",
  more: "Each program with a drawing; importing the roots",
};
