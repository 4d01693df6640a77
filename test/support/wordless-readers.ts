import { openReaders, type Readers } from "../../ocr/readers.ts";
import { ok } from "../../src/core/kernel.ts";

/**
 * Makes pages as the product does, and finds no word on them, as there is none on a `smallScan`: Tesseract, asked five
 * times to find that out, takes a second of CPU time a scan.
 */
export const wordlessReaders = (): Readers =>
  openReaders({ engines: [{ name: "tesseract", read: async () => ok([]), stop: () => undefined }] });
