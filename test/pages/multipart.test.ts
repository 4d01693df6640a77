import fc from "fast-check";
import { expect, test } from "vitest";
import { BrokenForm, boundaryOf, multipartParts } from "../../src/web/forms/multipart.ts";

type Read = { name: string; fileName: string | null; mediaType: string | null; bytes: string };

/** As the network would bring it: in pieces of the given sizes. */
function arriving(bytes: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array> {
  let at = 0;
  let i = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const size = sizes[i++ % sizes.length] ?? 1;
      controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)));
      at += size;
    },
  });
}

async function readAll(stream: ReadableStream<Uint8Array>, boundary: string): Promise<Read[]> {
  const read: Read[] = [];
  for await (const { body, ...head } of multipartParts(stream, boundary)) {
    const bytes = Buffer.from(await new Response(body).arrayBuffer()).toString("latin1");
    read.push({ ...head, bytes });
  }
  return read;
}

/** What a browser would send, by the platform's own writer. */
async function sentBy(parts: readonly { name: string; file: boolean; content: Uint8Array }[]) {
  const form = new FormData();
  for (const { name, file, content } of parts) {
    if (file) form.append(name, new File([new Uint8Array(content)], "bản quét 1.jpg", { type: "image/jpeg" }));
    else form.append(name, Buffer.from(content).toString("hex"));
  }
  const request = new Request("http://own.invalid", { method: "POST", body: form });
  const boundary = boundaryOf(request.headers.get("content-type") ?? "") ?? "";
  return { boundary, bytes: new Uint8Array(await request.arrayBuffer()) };
}

const aPart = fc.record({
  name: fc.constantFrom("csrf", "note", "files"),
  file: fc.boolean(),
  // line ends and hyphens are what delimiters are made of
  content: fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .array(fc.constantFrom("\r\n", "--", "\r", "-", "x"), { maxLength: 40 })
      .map((bits) => new Uint8Array(Buffer.from(bits.join("")))),
  ),
});

test("RFC 7578: whatever the parts hold and however the network cuts them, each comes whole and in order", async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(aPart, { minLength: 1, maxLength: 5 }), sizes, async (parts, pieces) => {
      const { boundary, bytes } = await sentBy(parts);
      const read = await readAll(arriving(bytes, pieces), boundary);
      expect(read).toEqual(
        parts.map(({ name, file, content }) => ({
          name,
          fileName: file ? "bản quét 1.jpg" : null,
          mediaType: file ? "image/jpeg" : null,
          bytes: file ? Buffer.from(content).toString("latin1") : Buffer.from(content).toString("hex"),
        })),
      );
    }),
    { numRuns: 150 },
  );
});

test("a body that is left unread, or half read, or let go, is skipped, and the next part comes whole", async () => {
  const { boundary, bytes } = await sentBy([
    { name: "files", file: true, content: new Uint8Array(5000) },
    { name: "note", file: false, content: new Uint8Array([1, 2]) },
  ]);
  const ways = {
    untouched: () => Promise.resolve(),
    "late, when a reader would have begun ahead": () => new Promise((resolve) => setTimeout(resolve, 2)),
    "after one piece": (body: ReadableStream) => body.getReader().read(),
    "with a piece on its way": async (body: ReadableStream) => void body.getReader().read(),
    "let go with a piece on its way": async (body: ReadableStream) => {
      const reader = body.getReader();
      void reader.read();
      await reader.cancel();
    },
  };
  for (const [way, leave] of Object.entries(ways)) {
    for (const size of [1, 7, 64, 700, bytes.length]) {
      const names: string[] = [];
      for await (const part of multipartParts(arriving(bytes, [size]), boundary)) {
        names.push(part.name);
        await leave(part.body);
      }
      expect(names, `${way}, ${size} at a time`).toEqual(["files", "note"]);
    }
  }
});

test("a form cut anywhere is broken, never a shorter form", async () => {
  const { boundary, bytes } = await sentBy([{ name: "files", file: true, content: new Uint8Array(300) }]);
  for (let length = 0; length < bytes.length - 4; length += 7) {
    await expect(readAll(arriving(bytes.subarray(0, length), [64]), boundary)).rejects.toThrow(BrokenForm);
  }
});

test("a head without end or without a name is broken, and not kept in memory", async () => {
  const endless = Buffer.from(`--b\r\n${"x".repeat(20_000)}`);
  await expect(readAll(arriving(endless, [1000]), "b")).rejects.toThrow(BrokenForm);
  const nameless = Buffer.from("--b\r\ncontent-type: text/plain\r\n\r\nx\r\n--b--\r\n");
  await expect(readAll(arriving(nameless, [10]), "b")).rejects.toThrow(BrokenForm);
});

test("RFC 2046 §5.1.1: the boundary is read with and without quotes, and of no other type", () => {
  expect(boundaryOf('multipart/form-data; boundary="a b"')).toBe("a b");
  expect(boundaryOf("multipart/form-data;charset=utf-8; boundary=--x1")).toBe("--x1");
  expect(boundaryOf("multipart/mixed; boundary=x")).toBeNull();
  expect(boundaryOf("application/json")).toBeNull();
});

test("a form of very many parts, and a part with an endless head, are refused early", async () => {
  const many = Buffer.from(`--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n\r\n`.repeat(2000));
  await expect(readAll(arriving(many, [65_536]), "b")).rejects.toThrow("too many parts");
  const long = Buffer.from(`--b\r\ncontent-disposition: form-data; name="x"${" ".repeat(9000)}\r\n\r\n\r\n--b--`);
  await expect(readAll(arriving(long, [65_536]), "b")).rejects.toThrow("too long");
});

test("a hostile head costs no more than its length: none of its signs is looked at again and again", async () => {
  const filling = ['filename="', 'name="', " ", "; ", ";a=b", "\t"];
  const heads = filling.map(
    (text) => `content-disposition: form-data; x=${text.repeat(Math.floor(7900 / text.length))}`,
  );
  const began = performance.now();
  for (const head of heads) {
    for (let i = 0; i < 30; i++) {
      const form = Buffer.from(`--b\r\n${head}\r\n\r\n\r\n--b--`);
      await expect(readAll(arriving(form, [65_536]), "b")).rejects.toThrow(BrokenForm);
    }
  }
  expect(performance.now() - began).toBeLessThan(1500);
});

test("RFC 7578 §4.2: parameters in any order, quoted or not; of two of one name the first counts", async () => {
  const form = Buffer.from(
    '--b\r\nContent-Disposition: form-data; FileName="a;b.pdf"; name=scans; name="other"\r\n\r\nx\r\n--b--',
  );
  expect(await readAll(arriving(form, [7]), "b")).toMatchObject([{ name: "scans", fileName: "a;b.pdf", bytes: "x" }]);
});
