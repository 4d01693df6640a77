import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { type Binaries, programOf } from "./binaries.ts";
import { canReach, type RunAs } from "./run-as.ts";

/** Where the cluster and its server's log stand: `<data>/pg`, or what that is a link to. */
export type Home = { readonly folder: string; readonly cluster: string; readonly binaries: Binaries };

/**
 * The folder and the programs, both where the identity can reach them. Only `nobody` ever needs more than `<data>/pg`:
 * the cluster is then moved to `outsideFolder` and `<data>/pg` becomes a link to it, so there is always one cluster.
 *
 * @param log told whenever something is put outside the data folder
 */
export function prepareHome(
  dataFolder: string,
  found: Binaries,
  as: RunAs,
  outsideFolder: string,
  log: (line: string) => void,
): Home {
  const usual = join(dataFolder, "pg");
  if (existsSync(`${usual}.moved`) && !existsSync(usual)) renameSync(`${usual}.moved`, usual); // a move was cut short
  mkdirSync(usual, { recursive: true, mode: 0o711 });
  const isFirstPlace = lstatSync(usual).isDirectory(); // else a link, left by an earlier move
  if (isFirstPlace && !canReach(as, usual, "/")) moveOutside(usual, placeOutside(dataFolder, outsideFolder), log);
  const folder = realpathSync(usual);
  const binaries = canReach(as, folder, programOf(found, "postgres")) ? found : copyBinaries(found, folder, log);
  const cluster = join(folder, "cluster");
  if (as.ownerUid !== null && existsSync(cluster)) giveTo(cluster, as.ownerUid);
  return { folder, cluster, binaries };
}

/** All files below to that owner, when the topmost is not. Needed once, when the identity has changed. */
export function giveTo(path: string, uid: number): void {
  if (lstatSync(path).uid === uid) return;
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), uid, uid);
  }
  chownSync(path, uid, uid); // last: its owner says that all below was given
}

const placeOutside = (dataFolder: string, outsideFolder: string): string =>
  join(outsideFolder, createHash("sha256").update(realpathSync(dataFolder)).digest("hex").slice(0, 16));

// Safe to break anywhere: until the link stands, the cluster in the data folder is the one that counts, and nothing
// that may be a cluster is deleted before.
function moveOutside(usual: string, place: string, log: (line: string) => void): void {
  if (existsSync(place)) renameSync(place, `${place}.set-aside-${Math.floor(statSync(place).ctimeMs)}`);
  mkdirSync(place, { recursive: true, mode: 0o711 });
  cpSync(usual, place, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  chmodSync(place, 0o711);
  const cluster = join(place, "cluster");
  if (existsSync(cluster)) chmodSync(cluster, 0o700);
  spawnSync("sync"); // the copy must be on the disk before the first one goes
  renameSync(usual, `${usual}.moved`);
  symlinkSync(place, usual);
  rmSync(`${usual}.moved`, { recursive: true, force: true });
  log(`PostgreSQL runs as nobody, who cannot enter the data folder: its files stand in ${place}`);
}

function copyBinaries(found: Binaries, folder: string, log: (line: string) => void): Binaries {
  const copy = join(folder, `native-${found.version}`);
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true });
    cpSync(found.folder, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.new`, copy);
    log(`PostgreSQL runs as nobody, who cannot read the installation: its programs were copied to ${copy}`);
  }
  return { ...found, folder: copy };
}
