import type { RootHelpWord } from "./root-help.vi.ts";

export const rootHelpEn: Readonly<Record<RootHelpWord, string>> = {
  title: "Import the roots (for an IT office)",
  lead: "Nothing needs importing to use this site. Only if Adobe, Foxit or another program is to know the signatures by itself, import the roots below, after comparing their fingerprints.",
  trialTitle: "Trial roots",
  trial:
    "This is a trial system. The keys of these roots lie on the tester's machine: never import them where real work is done.",
  rootsTitle: "The roots in use",
  rootsLead:
    "Compare the fingerprints with another source (the DNS record, a paper of the agency, a telephone call), not with this page alone. One digit's difference: do not import.",
  noRoots: "The key list cannot be verified now; come back later. Do not take roots from elsewhere.",
  purpose: "Good for",
  until: "Expires",
  sha1: "SHA-1 (the thumbprint in Windows)",
  download: "Download the root certificate (.crt)",
  windowsTitle: "Windows, one machine",
  windows:
    "Open a command window as administrator. Afterwards open certlm.msc, find the root under “Trusted Root Certification Authorities”, and under Properties keep “Document Signing” and “Time Stamping” only: it must not vouch for web sites.",
  groupTitle: "Windows, the whole office (Group Policy)",
  group:
    "In Group Policy Management: Computer Configuration > Policies > Windows Settings > Security Settings > Public Key Policies > Trusted Root Certification Authorities > Import. Only for the machines that receive papers. They take it with gpupdate /force.",
  adobeTitle: "Adobe Acrobat, Reader",
  adobe:
    "Edit > Preferences > Signatures > Identities & Trusted Certificates > More > Trusted Certificates > Import. Choose the root, Edit Trust, tick “Use this certificate as a trusted root”; leave dynamic content and scripts unticked. To let Adobe use the roots of Windows: Preferences > Signatures > Verification > Windows Integration > “Validating Signatures”.",
  macTitle: "macOS",
  mac: "Keychain Access helps programs that use the system's store; Preview does not check PDF signatures. By command (or drop the file into System, then open Trust):",
  nssTitle: "Linux and programs with NSS (pdfsig, Okular, LibreOffice)",
  nss: "Trusted for signed documents (the second flag), not for web sites:",
  afterTitle: "Afterwards",
  after:
    "Open a copy that is known to be right: both signatures must be called valid. The program still does not know whether a copy was annulled: only the checking page tells. Remove a root that expires or leaves the list above.",
  viewers: "What does your program show for a copy?",
};
