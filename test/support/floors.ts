/**
 * ARCHITECTURE.md's floors over the imports as they are written. A floor is the first line whose `files` fits.
 * `mayReach`: floors it may import, itself always. `types`: floors of which it may import types only.
 * `npm`: packages and Node parts; `node:` alone stands for every part of Node.
 */
export type Floor = {
  readonly name: string;
  readonly files: RegExp;
  readonly mayReach: readonly string[];
  readonly types?: readonly string[];
  readonly npm: readonly string[];
};

export const floors: readonly Floor[] = [
  { name: "core", files: /^src\/core\//, mayReach: [], npm: [] },
  { name: "usecases", files: /^src\/usecases\//, mayReach: ["core"], npm: [] },
  // What the service and the edge read alike: where public files lie and how records are found in them.
  {
    name: "published",
    files: /^src\/publish\/(public-files|published-records|verified-once)\.ts$/,
    mayReach: ["core"],
    npm: [],
  },
  {
    name: "web",
    files: /^src\/web\//,
    mayReach: ["core", "usecases", "published"],
    npm: ["hono", "zod", "node:crypto", "node:net", "node:timers"],
  },
  { name: "jobs", files: /^src\/jobs\//, mayReach: ["core", "usecases"], npm: [] },
  { name: "signing/format", files: /^signing\/format\//, mayReach: ["core"], npm: [] },
  { name: "signing/examine", files: /^signing\/examine\//, mayReach: ["core", "signing/format"], npm: [] },
  {
    name: "signing/seal",
    files: /^signing\/(seal\/|failure\.ts$)/,
    mayReach: ["core", "signing/format"],
    types: ["signing/keys"],
    npm: [],
  },
  {
    name: "signing/compose",
    files: /^signing\/compose\//,
    mayReach: ["core", "signing/format"],
    npm: ["pdf-lib", "fontkit", "uqr", "node:crypto", "node:zlib"],
  },
  {
    name: "signing/keys",
    files: /^signing\/keys\//,
    mayReach: ["core", "signing/format"],
    npm: ["node-forge", "pkcs11js", "node:"],
  },
  {
    name: "ocr",
    files: /^ocr\//,
    mayReach: ["core"],
    npm: ["sharp", "@hyzyla/pdfium", "tesseract.js", "jsqr", "node:"],
  },
  { name: "db/blobs", files: /^db\/blobs\//, mayReach: ["core"], npm: ["node:"] },
  // A store answers in the use cases' words: their types, never their code.
  {
    name: "db",
    files: /^db\//,
    mayReach: ["core", "db/blobs"],
    types: ["usecases"],
    npm: ["postgres", "drizzle-orm", "node:"],
  },
  // Of the roof, but it may be reached from there only. It draws its sample with the decoders that production locks away.
  {
    name: "development",
    files: /^src\/development\//,
    mayReach: ["core", "db", "signing/format", "roof"],
    npm: ["sharp", "@hyzyla/pdfium", "pdf-lib", "fontkit", "zod", "postgres", "drizzle-orm", "node:"],
  },
  {
    name: "roof",
    files:
      /^src\/((edge|door-from-files|cli|service|worker|config|http|fonts|primitives-\w+)\.ts$|(wiring|commands|publish|roof|browser)\/)/,
    mayReach: [
      ...["core", "usecases", "published", "web", "jobs", "ocr", "db", "db/blobs", "development"],
      ...["signing/format", "signing/examine", "signing/seal", "signing/compose", "signing/keys"],
    ],
    // sharp: the operator's own signature and seal pictures (src/wiring/images.ts), never a citizen's upload.
    npm: [
      ...["hono", "@hono/node-server", "zod", "postgres", "drizzle-orm", "@node-rs/argon2"],
      ...["@noble/hashes", "nodemailer", "sharp", "standardwebhooks", "node:"],
    ],
  },
];

/** Only these, and only what they reach, may decode: each is started as a process of its own. */
export const decoderEntries = ["ocr/decode-worker.ts", "ocr/engines/read-worker.ts"];
export const decoders = ["sharp", "@hyzyla/pdfium", "tesseract.js", "tesseract.js-core", "zxing-wasm", "jsqr"];
export const decodesItsOwn = /^src\/(wiring\/images\.ts$|development\/)/;

export const edgePackages = ["hono", "@noble/hashes"];
