import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { utf8 } from "../../src/core/kernel.ts";
import { storedZip } from "../../src/roof/stored-zip.ts";
import { has, run } from "../support/tools.ts";

test.skipIf(!has("python3"))("APPNOTE 6.3.10: another program finds every file as it was, Vietnamese names too", () => {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-zip-"));
  const content = new Uint8Array(70_000).map((_, i) => (i * 31) % 251);
  const file = join(folder, "a.zip");
  writeFileSync(
    file,
    storedZip([
      { name: "dữ liệu.json", content: utf8("{}") },
      { name: "bản/1", content },
    ]),
  );
  const script = `import zipfile,sys
z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
open(sys.argv[2],"wb").write(z.read("bản/1")); print("|".join(z.namelist()))`;
  const told = run("python3", ["-c", script, file, join(folder, "out")]);
  expect(told.output.trim()).toBe("dữ liệu.json|bản/1");
  expect(new Uint8Array(readFileSync(join(folder, "out")))).toEqual(content);
  rmSync(folder, { recursive: true });
});
