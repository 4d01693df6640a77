import { createHash } from "node:crypto";
import type { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bytes, type Instant, instantOfSeconds, secondsOf, utf8 } from "../../src/core/kernel.ts";
import { openCheckpoint } from "../../src/core/log/checkpoint.ts";
import { leafHash, verifyInclusion } from "../../src/core/log/merkle.ts";
import { inclusionProof } from "../../src/core/log/tile-proofs.ts";
import { recordName } from "../../src/core/verification-code.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { type memoryFiles, sha256 } from "../log/memory-files.ts";
import { makeSealedCopy, now, type SealedCopy, value } from "../signing/examine/sealed-copy.ts";
import { has } from "../support/tools.ts";
import { code, facts, publishStatuses, serviceKeys } from "../verification/sample.ts";
import { withPageAdded } from "./added-page.ts";
import { bundle, workerd } from "./bundle.ts";
import { identity, leafIndex, leafOf, publishedCopy } from "./published-copy.ts";

describe.skipIf(!has("openssl"))("the edge, with no server running", () => {
  let copy: SealedCopy;
  let edge: Miniflare;
  let keys: ReturnType<typeof serviceKeys>;
  let files: ReturnType<typeof memoryFiles>;

  beforeAll(async () => {
    copy = await makeSealedCopy();
    keys = serviceKeys();
    files = await publishedCopy(copy, keys);
    edge = workerd(await bundle("src/edge.ts", "esm"), {
      r2Buckets: ["PUBLIC"],
      bindings: { ROOT_KEY: Buffer.from(keys.root.publicKey).toString("base64") },
    });
    for (const [path, bytes] of files.stored) await put(path, bytes);
  });
  afterAll(async () => {
    await edge?.dispose();
    await copy?.end();
  });

  const put = async (path: string, bytes: Bytes) => {
    const bucket = (await edge.getR2Bucket("PUBLIC")) as unknown as {
      put: (key: string, bytes: Bytes) => Promise<unknown>;
    };
    await bucket.put(path, bytes);
  };
  const get = (path: string) => edge.dispatchFetch(`https://edge.example${path}`);
  const upload = async (pdf: Bytes, typed = "") => {
    const form = new FormData();
    form.set("file", new File([pdf], "copy.pdf"));
    form.set("code", typed);
    const sent = new Request("https://edge.example/verify", { method: "POST", body: form });
    const headers = { "content-type": sent.headers.get("content-type") ?? "" };
    const answer = await edge.dispatchFetch(sent.url, { method: "POST", headers, body: await sent.arrayBuffer() });
    return answer.text();
  };

  test("DESIGN decision 13: /v/<code> is answered with its proof, under a strict policy and without traces", async () => {
    const answer = await get(`/v/${code}`);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain(facts.paper.kind);
    expect(page).toContain("mục số 6 trong 40 mục");
    const style = createHash("sha256").update(page.match(/<style>(.*)<\/style>/s)?.[1] ?? "");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(answer.headers.get("content-security-policy")).toContain(`'sha256-${style.digest("base64")}'`);
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect((await get("/v/nonsense")).status).toBe(400);
    expect((await get(`/v/${"0".repeat(26)}`)).status).toBe(404);
    expect(await (await get(`/v/${code}?lang=en`)).text()).toContain('<html lang="en">');
    expect((await get("/assets/app.css")).headers.get("content-type")).toContain("text/css");
  });

  test("C2SP tlog-tiles: a stranger proves the leaf from the tiles that the edge serves", async () => {
    const note = await (await get("/log/checkpoint")).text();
    const checkpoint = value(await openCheckpoint(note, keys.log.key, keys.log.verify, sha256));
    const read = async (path: string) => {
      const answer = await get(`/log/${path}`);
      return answer.status === 200 ? new Uint8Array(await answer.arrayBuffer()) : null;
    };
    const proof = value(await inclusionProof(leafIndex, checkpoint.size, read, sha256));
    const leaf = leafHash(leafOf(await identity(copy)), sha256);
    expect(
      verifyInclusion({ index: leafIndex, size: checkpoint.size, leaf, proof, root: checkpoint.root }, sha256),
    ).toBe(true);
    expect((await get("/keys")).status).toBe(200);
    expect((await get(`/record/${recordName(code, sha256)}`)).status).toBe(200);
    expect((await get("/log/tile/0/999")).status).toBe(404);
  });

  test("DESIGN decision 12: an upload gets both verdicts, and each kind of wrong file its own plain answer", async () => {
    const at = copy.sealed.length > 900 ? 900 : 100;
    const changed = copy.sealed.with(at, (copy.sealed[at] ?? 0) ^ 1) as Bytes;
    const said = async (pdf: Bytes, typed?: string) => {
      const page = await upload(pdf, typed);
      return Object.entries(verificationVi)
        .filter(
          ([word, sentence]) =>
            /^answer\w+$/.test(word) && !word.endsWith("Next") && page.includes(`<h1>${filled(sentence)}</h1>`),
        )
        .map(([word]) => word);
    };
    expect(await said(copy.sealed, code)).toEqual(["answerGood"]);
    expect(await said(copy.sealed)).toEqual(["answerNeedsCode"]);
    expect(await said(changed, code)).toEqual(["answerAltered"]);
    expect(await said(withPageAdded(copy.sealed), code)).toEqual(["answerChangedAfter"]);
    expect(await said(copy.officerOnly, code)).toEqual(["answerNotCertified"]);
    expect(await said(copy.unsigned, code)).toEqual(["answerUnsigned"]);
    expect(await said(utf8("no PDF at all"), code)).toEqual(["answerUnreadable"]);
    const stranger = await makeSealedCopy();
    expect(await said(stranger.sealed, code)).toEqual(["answerUnknownIssuer"]);
    await stranger.end();
  });

  test("an annulled copy is told from the list alone, and a list past its time makes nothing valid", async () => {
    const record = async () => (await get(`/v/${code}`)).text();
    expect(await record()).toContain("Trạng thái tính đến");
    const asOf = async (at: Instant, exceptions: Parameters<typeof publishStatuses>[3] = []) => {
      await publishStatuses(files, keys, at, exceptions);
      await put("status/0", files.stored.get("status/0") ?? new Uint8Array());
    };
    await asOf(now(), [[facts.statusIndex, "annulled"]]);
    expect(await record()).toContain(verificationVi.recordAnnulled);
    expect(await upload(copy.sealed, code)).toContain(verificationVi.answerAnnulled);
    await asOf(instantOfSeconds(secondsOf(now()) - 90_000));
    expect(await record()).toContain(verificationVi.recordStatusUnknown);
    expect(await upload(copy.sealed, code)).toContain(verificationVi.answerStatusUnknown);
    await asOf(now());
    expect(await upload(copy.sealed, code)).toContain('class="verdict good"');
    expect((await get("/status/0")).headers.get("content-type")).toBe("application/statuslist+jwt");
  });

  test("an upload beyond the limit is refused before it is read", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const body = new Uint8Array(66 * 1024 * 1024);
    const answer = await edge.dispatchFetch("https://edge.example/verify", { method: "POST", headers, body });
    expect(answer.status).toBe(413);
  });

  test("a record changed in the bucket is refused plainly", async () => {
    const path = `record/${recordName(code, sha256)}`;
    const bytes = files.stored.get(path) as Bytes;
    await put(path, bytes.with(60, (bytes[60] ?? 0) ^ 1));
    const answer = await get(`/v/${code}`);
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining(verificationVi.recordUnproven)]);
    await put(path, bytes);
  });
});

const filled = (sentence: string) => sentence.replace("{agency}", facts.agency.name);
