import { beforeEach, describe, expect, test } from "vitest";
import { sheetRoutes } from "../../src/web/assets.ts";
import { personFrame } from "../../src/web/design/frame.ts";
import { shortText } from "../../src/web/forms/token.ts";
import { nextPage } from "../../src/web/next-page.ts";
import { homeRoutes } from "../../src/web/pages/home.tsx";
import { signInPages } from "../../src/web/pages/sign-in.tsx";
import { guardedPage, guardedRoute, type Route } from "../../src/web/route.ts";
import { sessionRoutes } from "../../src/web/sign-in.ts";
import { frameVi } from "../../src/web/words/frame.vi.ts";
import { type App, appOf, codeOf, memoryWorld, type SignedIn, signIn } from "../web/memory-world.ts";

let memory: ReturnType<typeof memoryWorld>;
let app: App;
let done: string[];

const probes: readonly Route[] = [
  guardedPage({
    method: "GET",
    path: "/probe/:id",
    demands: ["receiver"],
    handle: (c, person) => c.json(personFrame(c, person)),
  }),
  guardedPage({
    method: "POST",
    path: "/probe/:id/step",
    demands: ["receiver"],
    page: "/probe/:id",
    handle: async (c) => {
      for await (const part of c.var.parts ?? []) done.push(`${part.name} ${await shortText(part, 1000)}`);
      done.push("done");
      return c.redirect("/probe/7", 303);
    },
  }),
  guardedRoute({ method: "POST", path: "/api/probe", demands: "session", handle: (c) => c.json({}) }),
];

beforeEach(() => {
  done = [];
  memory = memoryWorld();
  const { world } = memory;
  const routes = [...sheetRoutes(), ...homeRoutes(world), ...signInPages(world), ...sessionRoutes(world), ...probes];
  app = appOf(routes, world);
});

const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
  body: new URLSearchParams(fields).toString(),
});

describe("a form of a signed-in person", () => {
  let lan: SignedIn;
  beforeEach(async () => {
    lan = await signIn(app, "lan");
  });
  const step = (init: RequestInit) => app.request("/probe/7/step", init);

  test("is taken with the session's token in its field, and answers 303 to a page", async () => {
    const answer = await step(form({ csrf: lan.csrfToken }, { cookie: lan.cookie }));
    expect([answer.status, answer.headers.get("location"), done]).toEqual([303, "/probe/7", ["done"]]);
  });

  test.each([
    ["no token", {}],
    ["another's token", { csrf: "A".repeat(43) }],
    ["the token in another field", { token: "this" }],
  ])("is refused with %s, as a page, and nothing is done", async (_, fields) => {
    const answer = await step(form(fields, { cookie: lan.cookie }));
    expect([answer.status, answer.headers.get("content-type"), done]).toEqual([403, "text/html; charset=UTF-8", []]);
  });

  test("is refused from a foreign page even with the token", async () => {
    const foreign = { cookie: lan.cookie, "sec-fetch-site": "cross-site" };
    expect((await step(form({ csrf: lan.csrfToken }, foreign))).status).toBe(403);
  });

  test("a program's route takes the header alone: no form can speak for it", async () => {
    const answer = await app.request("/api/probe", form({ csrf: lan.csrfToken }, { cookie: lan.cookie }));
    expect([answer.status, await codeOf(answer)]).toEqual([403, "csrf_missing"]);
  });

  const multipart = (...fields: [string, string][]): RequestInit => {
    const body = new FormData();
    for (const [name, value] of fields) {
      if (name === "file") body.append(name, new File([value], "trang 1.jpg", { type: "image/jpeg" }));
      else body.append(name, value);
    }
    return { method: "POST", headers: { cookie: lan.cookie }, body };
  };

  test("multipart: the leading token admits, and the parts behind it reach the handler in order", async () => {
    const answer = await step(
      multipart(["csrf", lan.csrfToken], ["note", "ghi chú"], ["file", "one"], ["file", "two"]),
    );
    expect([answer.status, done]).toEqual([303, ["note ghi chú", "file one", "file two", "done"]]);
  });

  test("multipart: a token behind a file, or none, is refused before any file is read", async () => {
    expect((await step(multipart(["file", "one"], ["csrf", lan.csrfToken]))).status).toBe(403);
    expect((await step(multipart(["file", "one"]))).status).toBe(403);
    expect(done).toEqual([]);
  });

  test("multipart: a form cut on its way is told as such, as a page", async () => {
    const head = '--b\r\ncontent-disposition: form-data; name="csrf"\r\n\r\n';
    const cut = `${head}${lan.csrfToken}\r\n--b\r\ncontent-disposition: form-data; name="note"\r\n\r\nhal`;
    const headers = { cookie: lan.cookie, "content-type": "multipart/form-data; boundary=b" };
    const answer = await step({ method: "POST", headers, body: cut });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("đường truyền bị ngắt")]);
    expect(done).toEqual([]);
  });
});

describe("who is not signed in", () => {
  test("is sent from a page to sign in, and back to it with its query", async () => {
    const answer = await app.request("/probe/7?page=2");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/sign-in?next=%2Fprobe%2F7%3Fpage%3D2"]);
  });

  test("is told that a step was not done, with the way back to its page", async () => {
    const answer = await app.request("/probe/7/step", form({}));
    const page = await answer.text();
    expect([answer.status, done]).toEqual([401, []]);
    expect(page).toContain('href="/sign-in?next=%2Fprobe%2F7"');
    expect(page).toContain("phiên làm việc đã hết");
  });

  test("with the wrong role is told so as a page", async () => {
    const { cookie } = await signIn(app, "minh");
    const answer = await app.request("/probe/7", { headers: { cookie } });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("không thuộc phần việc")]);
  });
});

describe("signing in by the page", () => {
  const send = (fields: Record<string, string>, next = "") => app.request(`/sign-in${next}`, form(fields));

  test("opens a session and goes on to the page that was wanted", async () => {
    const answer = await send({ userName: "lan", password: "lan" }, "?next=%2Fprobe%2F7");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/probe/7"]);
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith("__Host-session="));
    expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Strict/);
    const page = await app.request("/probe/7", { headers: { cookie: cookie?.split(";")[0] ?? "" } });
    expect(await page.json()).toMatchObject({ person: { fullName: "lan (hư cấu)" } });
  });

  test("WCAG 2.2 §3.3.1: empty fields are named on top and at the field, in the page's order", async () => {
    const answer = await send({});
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect([...page.matchAll(/<a href="#(\w+)">([^<]+)/g)].map((found) => found.slice(1))).toEqual([
      ["userName", "Hãy điền mục “Tên đăng nhập”."],
      ["password", "Hãy điền mục “Mật khẩu”."],
    ]);
    expect(page).toContain('id="userName-fault"');
    expect(page).toContain('aria-describedby="password-fault" aria-invalid="true"');
    expect(page).toContain(`<title>${frameVi.faultyTitle} `);
  });

  test("a wrong password keeps the name that was typed, never the password, and does not say which was wrong", async () => {
    const answer = await send({ userName: "lan", password: "sai-rồi" });
    const unknown = await send({ userName: "ai-do", password: "sai-rồi" });
    const [known, other] = [await answer.text(), await unknown.text()];
    expect([answer.status, unknown.status]).toEqual([401, 401]);
    expect(known).toContain('value="lan"');
    expect(known).not.toContain("sai-rồi");
    expect(known.replace('value="lan"', 'value="ai-do"')).toBe(other);
  });

  test("too many attempts are told in minutes, on top of the form", async () => {
    for (let i = 0; i < 5; i++) await send({ userName: "lan", password: "no" });
    const answer = await send({ userName: "lan", password: "lan" });
    expect(answer.status).toBe(429);
    expect(await answer.text()).toContain("Hãy đợi 15 phút rồi thử lại.");
  });

  test("signing out ends the session at once and leads to the sign-in page", async () => {
    const { cookie, csrfToken } = await signIn(app, "lan");
    const answer = await app.request("/sign-out", form({ csrf: csrfToken }, { cookie }));
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/sign-in"]);
    expect((await app.request("/probe/7", { headers: { cookie } })).status).toBe(303);
  });

  test("the first page sends an official to work and shows the public what this is", async () => {
    const { cookie } = await signIn(app, "lan");
    expect((await app.request("/", { headers: { cookie } })).headers.get("location")).toBe("/queue");
    expect(await (await app.request("/")).text()).toContain('href="/verify"');
  });
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example/",
  "/\t/evil.example",
  "/%0d%0ax",
  "evil",
  "",
  `/${"a".repeat(600)}`,
])("no open redirect: next=%j leads nowhere but to this site", (asked) => {
  const next = nextPage(asked);
  expect(new URL(next, "https://chungthuc.example").host).toBe("chungthuc.example");
  expect(next.startsWith("/") && !next.startsWith("//")).toBe(true);
});

describe("language", () => {
  test("the switch keeps the page and its query; the choice is remembered for pages without it", async () => {
    const page = await (await app.request("/sign-in?next=%2Fprobe%2F7")).text();
    expect(page).toContain('href="/sign-in?next=%2Fprobe%2F7&amp;lang=en"');
    const english = await app.request("/sign-in?lang=en");
    expect(await english.text()).toContain('<html lang="en">');
    const cookie = english.headers.getSetCookie().find((one) => one.startsWith("lang=")) ?? "";
    const later = await app.request("/sign-in", { headers: { cookie: cookie.split(";")[0] ?? "" } });
    expect(await later.text()).toContain('<html lang="en">');
  });

  test("a page that was sent by a form can be switched too: its address is that of the form", async () => {
    const page = await (await app.request("/sign-in?next=%2Fprobe%2F7", form({}))).text();
    expect(page).toContain('href="/sign-in?next=%2Fprobe%2F7&amp;lang=en"');
  });
});

test("an unknown address is a page for people, problem+json for programs, both with the request's id", async () => {
  const page = await app.request("/no-such", { headers: { accept: "text/html,*/*;q=0.8" } });
  expect([page.status, await page.text()]).toEqual([404, expect.stringContaining("request-1")]);
  const problem = await app.request("/no-such");
  expect([problem.status, problem.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
});

test("what is broken within is told as a page without a word of the inside", async () => {
  const broken = appOf(
    [
      guardedPage({
        method: "GET",
        path: "/broken",
        demands: "session",
        handle: () => {
          throw new Error("the inside");
        },
      }),
      ...sessionRoutes(memory.world),
    ],
    memory.world,
  );
  const { cookie } = await signIn(broken, "lan");
  const answer = await broken.request("/broken", { headers: { cookie } });
  const page = await answer.text();
  expect([answer.status, page.includes("the inside")]).toEqual([500, false]);
  expect(page).toContain("Hệ thống gặp lỗi");
});
