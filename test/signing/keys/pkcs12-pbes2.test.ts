import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPbes2Pkcs12 } from "../../../signing/keys/pkcs12-pbes2.ts";
import { has } from "../../support/tools.ts";

const pins = { digits: "482913", words: "mật khẩu ở Đồn Đạc", long: "x".repeat(70) };

describe.skipIf(!has("openssl"))(
  "RFC 7292 §4, RFC 8018 §6.2: what openssl exports is opened without node-forge",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "chungthuc-pbes2-"));
    const path = (name: string) => join(folder, name);
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
    beforeAll(() => {
      const subject = ["-subj", "/CN=Thử (hư cấu)", "-days", "2", "-nodes"];
      openssl("req", "-x509", "-newkey", "rsa:2048", "-keyout", "key.pem", "-out", "leaf.pem", ...subject);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    function exported(pin: string, ...options: string[]): Uint8Array<ArrayBuffer> {
      const files = ["-inkey", "key.pem", "-in", "leaf.pem", "-out", "out.p12", "-passout", `pass:${pin}`];
      openssl("pkcs12", "-export", ...files, ...options);
      return new Uint8Array(readFileSync(path("out.p12")));
    }
    const options = [
      { by: "openssl's own choice", with: [] },
      { by: "AES-128, SHA-384 MAC", with: ["-keypbe", "AES-128-CBC", "-certpbe", "AES-128-CBC", "-macalg", "sha384"] },
      { by: "AES-192, SHA-512 MAC", with: ["-keypbe", "AES-192-CBC", "-certpbe", "AES-192-CBC", "-macalg", "sha512"] },
      {
        by: "certificates in clear, SHA-1 MAC, one round",
        with: ["-certpbe", "NONE", "-macalg", "sha1", "-nomaciter"],
      },
    ];

    test.each(options)("$by", (one) => {
      for (const pin of Object.values(pins)) {
        const read = readPbes2Pkcs12(exported(pin, ...one.with), pin);
        if (read === null || read === "wrong_pin") return expect.fail(String(read));
        const [key] = read.keys;
        expect([read.keys.length, read.certificates.length]).toEqual([1, 1]);
        expect(key !== undefined && read.certificates[0]?.checkPrivateKey(key)).toBe(true);
        expect(readPbes2Pkcs12(exported(pin, ...one.with), `${pin}1`)).toBe("wrong_pin");
      }
    });

    test("old ciphers, a file without a MAC and a derivation without end are left to others, at once", () => {
      const legacy = ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"];
      expect(readPbes2Pkcs12(exported(pins.digits, ...legacy), pins.digits)).toBeNull();
      expect(readPbes2Pkcs12(exported(pins.digits, "-nomac"), pins.digits)).toBeNull();
      expect(readPbes2Pkcs12(exported(pins.digits, "-iter", "1000001"), pins.digits)).toBeNull();
      expect(readPbes2Pkcs12(new Uint8Array(100), pins.digits)).toBeNull();
    });

    test("any byte changed: a wrong PIN, another reader's file, or an exception of the platform's, never another key", () => {
      const file = exported(pins.digits);
      for (let at = 0; at < file.length; at += 37) {
        const changed = file.slice();
        changed[at] = (changed[at] ?? 0) ^ 0x41;
        const read = readPbes2Pkcs12(changed, pins.digits);
        expect(read === null || read === "wrong_pin", `byte ${at}`).toBe(true);
      }
    });
  },
);
