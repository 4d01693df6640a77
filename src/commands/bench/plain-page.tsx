import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { raw } from "hono/html";
import { publicStyle } from "../../web/design/inline.ts";

/**
 * The peer: as many elements and bytes as a page of ours, written plainly in JSX, with nothing behind it. The style stands in it as in
 * ours, as it is: escaped as text it would make the peer dearer, and us look cheaper.
 */
export type PlainPage = { readonly elements: number; readonly bytes: number };

const frame = 6; // html, head, title, style, body, main
const ofARow = "<p></p>".length;

export function servePlainPage({ elements, bytes }: PlainPage): Promise<number> {
  const rows = Math.max(1, elements - frame);
  const words = "x".repeat(Math.max(1, Math.round((bytes - publicStyle.length) / rows) - ofARow));
  const app = new Hono();
  app.get("/page/:number", (c) =>
    c.html(
      <html lang="vi">
        <head>
          <title>{c.req.param("number")}</title>
          <style>{raw(publicStyle)}</style>
        </head>
        <body>
          <main>
            {Array.from({ length: rows }, () => (
              <p>{words}</p>
            ))}
          </main>
        </body>
      </html>,
    ),
  );
  return new Promise((resolve) => {
    serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => resolve(port));
  });
}
