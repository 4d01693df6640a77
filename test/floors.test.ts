import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decoderEntries, decoders, decodesItsOwn, edgePackages, floors } from "./support/floors.ts";
import { type Arrow, readSources, type SourceFile } from "./support/modules.ts";

/** What only tests take so far, each with its reason. */
const forTestsOnly: Readonly<Record<string, string>> = {
  "signing/examine/returned.ts: judgeReturned":
    "what the desk will ask of files that VGCA Sign Service returns, once its protocol is confirmed",
  "signing/keys/document-signer.ts: vgcaSigner":
    "unconfirmed (LAW 5.6): no page calls it before somebody has seen the real program",
  "signing/keys/sim-pki.ts: openSimPki": "a port: no operator's interface is known yet",
  "src/publish/node-keys.ts: verifyEs256": "waits for the page that reads a code without a network",
  "src/web/application.ts: mountedRoutes": "the test that every route is listed",
  "src/web/route.ts: listRoutes": "the test of what every route demands",
};

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

const takenInTheProduct = new Set(sources.flatMap(takenBy));

/** What neither another file of the product nor its own file uses. */
const idleExports = allExports
  .filter(({ place, usesInFile }) => usesInFile === 0 && !takenInTheProduct.has(place))
  .map(({ place }) => place);

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

  test("everything exported is used", () => {
    const taken = new Set([...sources, ...others].flatMap(takenBy));
    expect(idleExports.filter((place) => !taken.has(place))).toEqual([]);
  });

  test("nothing is there for tests alone but what the table gives a reason for", () => {
    const taken = new Set(others.flatMap(takenBy));
    expect(idleExports.filter((place) => taken.has(place) && !(place in forTestsOnly))).toEqual([]);
    expect(Object.keys(forTestsOnly).filter((place) => !idleExports.includes(place))).toEqual([]);
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
