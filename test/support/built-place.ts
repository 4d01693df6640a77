import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "../..");

/** One folder for the run of this process: known to whoever asks in it, before anything lies there. */
export const builtFolder: string = join(root, "tmp", `built-${process.pid}`);

/** Where a source file stands when it is built. @param path from the project's root */
export const builtPath = (folder: string, path: string): string => join(folder, path.replace(/\.tsx?$/, ".js"));

/** The source of the file at `path`, with its own place in the build written where it asks for its own place. */
export function placedInBuild(path: string, source: string): string {
  const place = pathToFileURL(builtPath(builtFolder, relative(root, path))).href;
  return source.replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(place));
}
