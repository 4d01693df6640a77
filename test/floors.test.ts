import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Arrow, readSources, type SourceFile } from "./support/modules.ts";

/**
 * ARCHITECTURE.md's floors over the imports as they are written. A floor is the first line whose `files` fits.
 * `mayReach`: floors it may import, itself always. `types`: floors of which it may import types only.
 * `npm`: packages and Node parts; `node:` alone stands for every part of Node.
 */
type Floor = {
  readonly name: string;
  readonly files: RegExp;
  readonly mayReach: readonly string[];
  readonly types?: readonly string[];
  readonly npm: readonly string[];
};

const floors: readonly Floor[] = [
  { name: "core", files: /^src\/core\//, mayReach: [], npm: [] },
  { name: "usecases", files: /^src\/usecases\//, mayReach: ["core"], npm: [] },
  // What the service and the edge read alike: where public files lie and how records are found in them.
  { name: "published", files: /^src\/publish\/(public-files|published-records)\.ts$/, mayReach: ["core"], npm: [] },
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
    npm: ["pdf-lib", "fontkit", "uqr", "node:crypto"],
  },
  {
    name: "signing/keys",
    files: /^signing\/keys\//,
    mayReach: ["core", "signing/format"],
    npm: ["node-forge", "node:"],
  },
  { name: "ocr", files: /^ocr\//, mayReach: ["core"], npm: ["sharp", "@hyzyla/pdfium", "tesseract.js", "node:"] },
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
    files: /^src\/((edge|cli|service|worker|config|http|fonts|primitives-\w+)\.ts$|(wiring|commands|publish|roof)\/)/,
    mayReach: [
      ...["core", "usecases", "published", "web", "jobs", "ocr", "db", "db/blobs", "development"],
      ...["signing/format", "signing/examine", "signing/seal", "signing/compose", "signing/keys"],
    ],
    // sharp: the operator's own signature and seal pictures (src/wiring/images.ts), never a citizen's upload.
    npm: [
      ...["hono", "@hono/node-server", "zod", "postgres", "drizzle-orm", "@node-rs/argon2"],
      ...["@noble/hashes", "fflate", "sharp", "node:"],
    ],
  },
];

/** Only these, and only what they reach, may decode: each is started as a process of its own. */
const decoderEntries = ["ocr/decode-worker.ts", "ocr/engines/read-worker.ts"];
const decoders = ["sharp", "@hyzyla/pdfium", "tesseract.js", "tesseract.js-core", "zxing-wasm", "jsqr"];
const decodesItsOwn = /^src\/(wiring\/images\.ts$|development\/)/;

const edgePackages = ["hono", "@noble/hashes", "fflate"];

/** Exported values that only tests take, each with its reason. */
const forTestsOnly: Readonly<Record<string, string>> = {};

const sources = readSources(["src", "signing", "ocr", "db"]);
const others = readSources(["test", "bench"]);
const arrows = sources.flatMap((source) => source.arrows);
const floorOf = (path: string) => floors.find((floor) => floor.files.test(path));
const isOurs = (target: string) => /^(src|signing|ocr|db)\//.test(target);
const packageOf = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
const shown = (list: readonly Arrow[]) => list.map(({ from, to }) => `${from} -> ${to}`).sort();

type Exported = SourceFile["exports"][number] & { readonly place: string };

/** Everything exported by name, as `file: name`. */
const allExports: readonly Exported[] = sources.flatMap(({ path, exports }) =>
  exports.map((it) => ({ ...it, place: `${path}: ${it.name}` })),
);

/** What a file takes from others, as `file: name`; `*` stands for all that the file exports. */
function takenBy({ arrows: own }: SourceFile): readonly string[] {
  return own.flatMap(({ to, names }) => {
    const all = names.includes("*") ? allExports.filter(({ place }) => place.startsWith(`${to}: `)) : [];
    return [...names.map((name) => `${to}: ${name}`), ...all.map(({ place }) => place)];
  });
}

/** The files that run when these run. */
function closureOf(entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    waiting.push(...arrows.filter((arrow) => arrow.from === path && !arrow.typeOnly).map((arrow) => arrow.to));
  }
  return reached;
}

describe("floors", () => {
  test("every source file stands on a floor", () => {
    expect(sources.map(({ path }) => path).filter((path) => floorOf(path) === undefined)).toEqual([]);
  });

  test("no import goes to a floor that is not to be known", () => {
    const wrong = arrows.filter(({ from, to, typeOnly }) => {
      const [own, other] = [floorOf(from), floorOf(to)];
      if (own === undefined || other === undefined || own === other) return false;
      return !own.mayReach.includes(other.name) && !(typeOnly && own.types?.includes(other.name));
    });
    expect(shown(wrong)).toEqual([]);
  });

  test("each floor imports only the packages and the parts of Node that it may", () => {
    const wrong = arrows.filter(({ from, to }) => {
      const allowed = floorOf(from)?.npm ?? [];
      return !isOurs(to) && !allowed.includes(packageOf(to)) && !(to.startsWith("node:") && allowed.includes("node:"));
    });
    expect(shown(wrong)).toEqual([]);
  });

  test("imports name files of these floors, never test, bench or a folder", () => {
    const known = new Set([...sources, ...others].map(({ path }) => path));
    const wrong = arrows.filter(({ to }) => (isOurs(to) && !known.has(to)) || /^(test|bench)\//.test(to));
    expect(shown(wrong)).toEqual([]);
  });

  test("sealing and examining are strangers: neither reaches the other, even through a third", () => {
    const files = (folder: string) => sources.map(({ path }) => path).filter((path) => path.startsWith(folder));
    const meet = (from: string, to: string) => [...closureOf(files(from))].filter((path) => path.startsWith(to));
    expect(meet("signing/seal/", "signing/examine/")).toEqual([]);
    expect(meet("signing/examine/", "signing/seal/")).toEqual([]);
  });

  test("DESIGN decision 17: a decoder is reached in a decoder's process only", () => {
    const inTheService = closureOf(
      sources.map(({ path }) => path).filter((path) => !path.startsWith("ocr/") && !decodesItsOwn.test(path)),
    );
    const wrong = arrows.filter(({ from, to, typeOnly }) => {
      const decodes = !typeOnly && decoders.includes(packageOf(to));
      return decodes && inTheService.has(from) && !decodesItsOwn.test(from);
    });
    expect(shown(wrong)).toEqual([]);
    expect(decoderEntries.filter((entry) => inTheService.has(entry))).toEqual([]);
    const locked = closureOf(decoderEntries);
    const loose = arrows.filter(
      ({ from, to, typeOnly }) => !typeOnly && decoders.includes(packageOf(to)) && !locked.has(from),
    );
    expect(shown(loose.filter(({ from }) => !decodesItsOwn.test(from)))).toEqual([]);
  });

  test("what src/edge.ts reaches runs without Node", () => {
    const reached = closureOf(["src/edge.ts"]);
    const wrong = arrows.filter(({ from, to, typeOnly }) => {
      return reached.has(from) && !typeOnly && !isOurs(to) && !edgePackages.includes(packageOf(to));
    });
    expect(shown(wrong)).toEqual([]);
  });
});

describe("files", () => {
  test("none has more than 250 lines", () => {
    const long = sources.filter(({ lines }) => lines > 250).map(({ path, lines }) => `${path}: ${lines}`);
    expect(long).toEqual([]);
  });

  test("everything exported is taken by another file", () => {
    const taken = new Set([...sources, ...others].flatMap(takenBy));
    // A type is taken where its own file uses it: it is part of what another export says.
    const needed = ({ kind, usesInFile }: Exported) => kind === "type" && usesInFile > 0;
    expect(allExports.filter((it) => !needed(it) && !taken.has(it.place)).map(({ place }) => place)).toEqual([]);
  });

  test("nothing is there for tests alone but what this table gives a reason for", () => {
    const taken = new Set(sources.flatMap(takenBy));
    const idle = allExports.filter(({ place, usesInFile }) => usesInFile === 0 && !taken.has(place));
    expect(idle.map(({ place }) => place).toSorted()).toEqual(Object.keys(forTestsOnly).toSorted());
  });
});

describe("packages", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  const wanted: Record<string, string> = {
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.devDependencies,
  };

  test("every version is exact", () => {
    const loose = Object.entries(wanted).filter(
      ([, version]) => !/^(npm:@?[\w./-]+@)?\d+\.\d+\.\d+[\w.-]*$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  test("each stands in docs/dependencies.md, and nothing else does", () => {
    const rows = [...readFileSync("docs/dependencies.md", "utf8").matchAll(/^\| `([^`]+)` \|/gm)].map((row) => row[1]);
    expect(rows.toSorted()).toEqual(Object.keys(wanted).toSorted());
  });

  test("the lock file names no registry, so that any mirror serves", () => {
    expect(readFileSync("package-lock.json", "utf8").match(/"resolved"|https?:\/\/[^"]*\.tgz/g)).toBeNull();
  });

  test("what only development needs is imported by tests, benches and tools alone", () => {
    const wrong = arrows.filter(({ to, typeOnly }) => !typeOnly && packageOf(to) in (manifest.devDependencies ?? {}));
    expect(shown(wrong)).toEqual([]);
  });
});
