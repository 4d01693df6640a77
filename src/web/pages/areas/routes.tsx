import type { Context } from "hono";
import { z } from "zod";
import { areasLike } from "../../../core/areas.ts";
import { utf8 } from "../../../core/kernel.ts";
import { type ImportFailure, previewAreas } from "../../../usecases/administration/import-areas.ts";
import { personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { doneAt, notFound } from "../administration/shell.tsx";
import { readUpload } from "../administration/upload.ts";
import { AreasPage, path } from "./page.tsx";
import { PreviewPage } from "./preview-page.tsx";
import type { AreasWorld } from "./world.ts";

const demands = ["administrator"] as const;
const mostFileBytes = 1024 * 1024;
const mostFormBytes = 3 * mostFileBytes + 64 * 1024; // each octet as three signs, as forms write what is not ASCII
const mostFound = 30;

const Choosing = z.object({ code: z.string().max(50) });
const Taking = z.object({ list: z.string().max(mostFileBytes) });

type Asked = { readonly c: Context<WebEnv>; readonly person: Actor; readonly world: AreasWorld };

/** The administrator names the agency's area, and brings the list of provinces and communes. LAW 2.1. */
export const areaPages = (world: AreasWorld): readonly Route[] => [
  guardedPage({ method: "GET", path, demands, handle: (c, person) => show({ c, person, world }, null, 200) }),
  guardedPage({
    method: "POST",
    path: `${path}/ours`,
    demands,
    page: path,
    bodyLimitBytes: 4096,
    handle: (c, person) => choose({ c, person, world }),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/preview`,
    demands,
    page: path,
    bodyLimitBytes: mostFileBytes + 4096,
    handle: (c, person) => preview({ c, person, world }),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/list`,
    demands,
    page: path,
    bodyLimitBytes: mostFormBytes,
    handle: (c, person) => take({ c, person, world }),
  }),
];

type Refused = ImportFailure | { readonly code: "noFile" | "area_unknown" };

async function show({ c, person, world }: Asked, refused: Refused | null, status: 200 | 400 | 409 | 422) {
  const known = await world.known();
  const ours = await world.ours(actorOf(person));
  const asked = refused === null ? (c.req.query("q") ?? "").slice(0, 100) : "";
  const frame = refused === null ? personFrame(c, person) : { ...personFrame(c, person), address: path };
  const found = areasLike(known, asked, mostFound + 1);
  const page = { known, ours: ours === null ? null : (known.get(ours) ?? null), asked, found, refused };
  return c.html(<AreasPage frame={frame} most={mostFound} {...page} />, status);
}

async function choose(asked: Asked): Promise<Response> {
  const { c, person, world } = asked;
  const form = await readForm(c, Choosing);
  if (!form.ok) return notFound(c);
  const area = (await world.known()).get(form.value.code);
  const named = area !== undefined && (await world.name(area, actorOf(person)));
  return named ? c.redirect(doneAt(path, "saved"), 303) : show(asked, { code: "area_unknown" }, 409);
}

async function preview(asked: Asked): Promise<Response> {
  const { c, person, world } = asked;
  const { file } = await readUpload(c);
  if (file === null) return show(asked, { code: "noFile" }, 400);
  const known = await world.known();
  const judged = previewAreas(file, known, await world.bringer(actorOf(person)));
  if (!judged.ok) return show(asked, judged.failure, 422);
  const frame = { ...personFrame(c, person), address: path };
  const list = new TextDecoder().decode(file);
  return c.html(<PreviewPage frame={frame} changes={judged.value} known={known} list={list} />);
}

/** What was looked at comes back with the form, and is judged again: somebody else may have brought a list meanwhile. */
async function take(asked: Asked): Promise<Response> {
  const { c, person, world } = asked;
  const form = await readForm(c, Taking);
  if (!form.ok) return notFound(c);
  const taken = await world.take(utf8(form.value.list), actorOf(person));
  return taken.ok ? c.redirect(doneAt(path, "saved"), 303) : show(asked, taken.failure, 422);
}
