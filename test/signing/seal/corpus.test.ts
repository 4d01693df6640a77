import { execFileSync } from "node:child_process";
import { createPrivateKey, sign } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { examinePdf } from "../../../signing/examine/examine.ts";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { appendEvidence } from "../../../signing/seal/evidence.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import { type Bytes, ok } from "../../../src/core/kernel.ts";
import { nodeDeflate, nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { nowInstant } from "./levels.ts";

const corpus = process.env["CHUNGTHUC_CORPUS"];
const isHere = corpus !== undefined && has("openssl");
const largestBytes = 4 * 1024 * 1024;

/** What a file can be that no writer may touch: each is told, none is guessed at. */
const refusals =
  /^(pdf_unreadable (encrypted|not_a_pdf|xref_broken|xref_loop|xref_too_long|startxref_missing)|pdf_unsuitable (no_catalog|certified_as_final|ambiguous))$/;

function selfSigned(): KeyHolder {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-corpus-"));
  // biome-ignore format: one command
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem", "-outform", "DER", "-out", "crt.der", "-days", "10", "-subj", "/CN=Corpus (fictional)"], { cwd: folder, stdio: "pipe" });
  const key = createPrivateKey(readFileSync(join(folder, "key.pem")));
  const certificate = new Uint8Array(readFileSync(join(folder, "crt.der")));
  rmSync(folder, { recursive: true });
  const algorithm = { scheme: "ecdsa", hash: "sha256" } as const;
  return { certificate, chain: [], algorithm, sign: async (bytes) => ok(new Uint8Array(sign("sha256", bytes, key))) };
}

describe.skipIf(!isHere)(
  `the general writer on files of others${isHere ? "" : " (CHUNGTHUC_CORPUS is not set)"}`,
  () => {
    const key = isHere ? selfSigned() : null;
    const folders = ["pades", "nasty"].map((name) => join(corpus ?? "", name));
    const files = isHere
      ? folders.flatMap((folder) =>
          readdirSync(folder).flatMap((name) => (/\.pdf$/i.test(name) ? [join(folder, name)] : [])),
        )
      : [];

    async function signed(pdf: Bytes, holder: KeyHolder): Promise<Bytes | string> {
      const place = { page: 1, rectangle: null };
      const asked = { pdf, fieldName: "one-more", claimedTime: nowInstant(), reservedBytes: 2000, place };
      const world = { key: holder, timestamps: null, deflate: nodeDeflate, primitives: nodePrimitives };
      const sealed = await sealSignature(asked, world);
      if (!sealed.ok) return `${sealed.failure.code} ${"reason" in sealed.failure ? sealed.failure.reason : ""}`.trim();
      const evidence = { certificates: [holder.certificate], ocspResponses: [], crls: [] };
      const stored = appendEvidence(sealed.value.pdf, evidence, nodePrimitives);
      return stored.ok ? stored.value.pdf : stored.failure.code;
    }

    test("ISO 32000-2 §7.5.6: each is signed and given a store, its own bytes a prefix, or refused by name; none throws", async () => {
      let done = 0;
      for (const file of files) {
        const pdf = new Uint8Array(readFileSync(file));
        if (pdf.length > largestBytes || key === null) continue;
        const made = await signed(pdf, key);
        if (typeof made === "string") {
          expect(made, file).toMatch(refusals);
          continue;
        }
        expect(Buffer.from(made.subarray(0, pdf.length)).equals(pdf), file).toBe(true);
        const anchors = [{ certificate: key.certificate, purpose: "public" as const }];
        const found = await examinePdf(made, { anchors, at: nowInstant() }, nodePrimitives);
        const own = found.signatures.at(-1);
        expect(own, file).toMatchObject({ fieldName: "one-more", intact: true, code: "INTACT", trusted: true });
        expect(
          own?.laterChanges.map((change) => change.class),
          file,
        ).toEqual(["evidence"]);
        done++;
      }
      expect(done).toBeGreaterThan(files.length / 2);
    }, 240_000);
  },
);
