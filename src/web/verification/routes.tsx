import type { Context } from "hono";
import { parseLocalDate } from "../../core/kernel.ts";
import { standingOn } from "../../core/status/annulment.ts";
import { commonPage } from "../common-page.ts";
import { type Frame, publicFrame } from "../design/frame.ts";
import { acceptEncodingOf, pageAnswer } from "../page-answer.ts";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { problemAnswer, refuse } from "./answers.tsx";
import { type Found, findProven, findShortly } from "./find-record.ts";
import { type RecordPages, recordPages } from "./record-pages.tsx";
import { reportRoute } from "./report-routes.ts";
import { speechIn } from "./speech.ts";
import type { DayAnswer } from "./status-lines.tsx";
import { UploadPage } from "./upload-page.tsx";
import { type UploadRoom, uploadRoom } from "./upload-room.ts";
import { admitUpload, uploadLimitBytes } from "./uploads.tsx";
import type { VerificationWorld } from "./world.ts";

const roomBytes = 4 * uploadLimitBytes;

/** The public verification pages, the same lines for the server and the edge. They work without JavaScript. */
export function verificationRoutes(world: VerificationWorld): readonly Route[] {
  const form = commonPage(uploadPage, world.packing ?? null);
  const pageOf = recordPages(world.rootKey ?? null, world.packing ?? null);
  return routesOf(world, uploadRoom(roomBytes), { pageOf, formOf: (c) => form(c, "", null) });
}

const uploadPage = (frame: Frame) => <UploadPage speech={speechIn(frame.language)} frame={frame} />;

type Answer = (c: Context<WebEnv>) => Response | Promise<Response>;
type Pages = { readonly pageOf: RecordPages; readonly formOf: Answer };

const routesOf = (world: VerificationWorld, room: UploadRoom, { pageOf, formOf }: Pages): readonly Route[] => [
  publicPage({
    method: "GET",
    path: "/v/:code",
    handle: (c) => showRecord(c, c.req.param("code"), world, pageOf),
    shortly: async (asked) => {
      const found = await findShortly(asked, asked.typed, world);
      const { frame, req } = asked;
      const acceptEncoding = req.header("accept-encoding") ?? "";
      return found === null ? null : pageOf({ frame, acceptEncoding }, { ...found, day: null });
    },
  }),
  publicPage({ method: "GET", path: "/verify", handle: formOf }),
  publicPage({
    method: "POST",
    path: "/verify",
    bodyLimitBytes: uploadLimitBytes,
    handle: (c) => admitUpload(c, world, room),
  }),
  reportRoute(world.reports ?? null, (c, problem) => problemAnswer(c, problem)),
];

async function showRecord(
  c: Context<WebEnv>,
  typed: string,
  world: VerificationWorld,
  pageOf: RecordPages,
): Promise<Response> {
  const found = await findProven(c, typed, "link", world);
  if (found.is !== "proven") return refuse(c, found, world.rootKey);
  const asking = { frame: publicFrame(c), acceptEncoding: acceptEncodingOf(c) };
  return pageAnswer(c, pageOf(asking, { ...found, day: dayAsked(c, found, world) }));
}

/** `?on=2026-03-01`: how the copy stood that day; nothing where no day was asked for. */
function dayAsked(
  c: Context<WebEnv>,
  { record }: Extract<Found, { is: "proven" }>,
  world: VerificationWorld,
): DayAnswer {
  const asked = c.req.query("on") ?? "";
  if (asked === "") return null;
  const day = parseLocalDate(asked);
  return day.ok ? { day: day.value, standing: standingOn(day.value, record, world.now()) } : { day: null };
}
