import { Hono } from "hono";
import { type Bytes, instantOfSeconds } from "../../core/kernel.ts";
import { doorFromFiles } from "../../door-from-files.ts";
import { webSha256 } from "../../primitives-web.ts";
import { publicStyle } from "../../web/design/inline.ts";
import { chooseLanguage } from "../../web/language.ts";
import type { Route, WebEnv } from "../../web/route.ts";
import { sourceOf } from "../../web/security-headers.ts";
import { verificationRoutes } from "../../web/verification/routes.tsx";
import { NoNetwork, publicFilesHere } from "../public-files-here.ts";

/** No form, no fetch and no picture of such a page can carry a file away, whatever its script does. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src ${sourceOf(publicStyle, webSha256)}`,
  "img-src data:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export type CheckHere = {
  readonly page: (path: string) => Promise<Response>;
  readonly check: (files: readonly File[], code: string, language: string) => Promise<Response>;
};

/** The verification pages as the service makes them, made in this browser: the same lines, so the same answers. */
export function checkHere(root: Bytes, address: string | null): CheckHere {
  let cutOff = false;
  const read = publicFilesHere(root, () => {
    cutOff = true;
  });
  const now = () => instantOfSeconds(Math.floor(Date.now() / 1000));
  const world = { ...doorFromFiles({ read, pinnedRoot: root }, now), isCutOff: () => cutOff };
  const app = mount(verificationRoutes(world), address);
  const ask = async (path: string, init?: RequestInit) => {
    cutOff = false;
    return underPolicy(await app.request(new Request(new URL(path, location.origin), init)));
  };
  return {
    page: (path) => ask(path),
    check: async (files, code, language) => {
      const sent = (typed: string) => ({ method: "POST", body: formOf(files, typed) });
      try {
        return await ask(`/verify?lang=${language}`, sent(code));
      } catch (thrown) {
        if (!(thrown instanceof NoNetwork)) throw thrown;
        return ask(`/verify?lang=${language}`, sent("")); // what can be said without the record
      }
    },
  };
}

function formOf(files: readonly File[], code: string): FormData {
  const form = new FormData();
  form.set("code", code);
  for (const file of files) form.append("file", file);
  return form;
}

function mount(routes: readonly Route[], address: string | null): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.onError((error) => {
    throw error; // told by who asked
  });
  app.use(async (c, next) => {
    c.set("language", chooseLanguage({ query: c.req.query("lang"), cookie: undefined, header: undefined }));
    c.set("personId", null);
    c.set("actor", null);
    c.set("csrfToken", null);
    const scripts = { here: "/verify/here/page.js" };
    c.set("site", { development: false, agencyName: String, scripts, address, here: true });
    await next();
  });
  for (const route of routes) {
    if (route.demands === "public") app.on(route.method, route.path, (c) => route.handle(c));
  }
  return app;
}

function underPolicy(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("content-security-policy", policy);
  headers.set("referrer-policy", "no-referrer");
  headers.set("x-content-type-options", "nosniff");
  return new Response(answer.body, { status: answer.status, headers });
}
