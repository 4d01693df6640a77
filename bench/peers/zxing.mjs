import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

// The reader of many telephones, ZXing in C++, as WebAssembly from npm; its binary from the package, never from a network.
const wasmBinary = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
prepareZXingModule({ overrides: { wasmBinary } });

/** @param picture a JPEG or PNG; @returns the text of the first QR code, or null */
export async function readQr(picture) {
  const [found] = await readBarcodes(new Uint8Array(picture), { formats: ["QRCode"], tryHarder: true });
  return found?.isValid ? found.text : null;
}
