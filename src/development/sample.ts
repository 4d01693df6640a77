import { fileURLToPath } from "node:url";

const beside = (name: string): string => fileURLToPath(new URL(`./sample/${name}`, import.meta.url));

/** Files that `make-sample.ts` made once; in `dist` the build lays them beside this module too. */
export const samplePaths = {
  /** One A4 page in colour at 200 dpi, JPEG: a certificate of a fictional school for a fictional person. */
  scan: beside("scan.jpg"),
  /** The demo officer's handwriting, blue on nothing, 300 dpi. NĐ 30/2020 Appendix I. */
  signature: beside("signature.png"),
  /** The demo agency's seal, red on nothing, 35 mm at 300 dpi, marked as a trial. NĐ 30/2020 Appendix I. */
  seal: beside("seal.png"),
} as const;
