/// <reference lib="webworker" />
import type { Bytes } from "../../core/kernel.ts";
import { keepFirstFiles, publicFilesHere } from "../public-files-here.ts";
import { type CheckHere, checkHere } from "./application.ts";
import { pinRoot } from "./pinned-root.ts";

// The worker of /verify/here/: it makes the pages itself and lets nothing of them go to the network (ADR 0037).
declare const self: ServiceWorkerGlobalScope;

const home = "/verify/here/";
const shellName = "chungthuc shell 1";
const shell = ["/assets/mark.svg", `${home}page.js`, `${home}app.webmanifest`];
const told = new URL(self.location.href).searchParams;
const rootText = told.get("root") ?? "";
const addressText = told.get("address") ?? "";

/** What was answered last, by its address: given once, and forgotten with the worker. */
const answers = new Map<string, Response>();
const mostAnswers = 8;

let opened: Promise<CheckHere> | null = null;
const desk = (): Promise<CheckHere> => {
  opened ??= pinned().then((root) => checkHere(root, URL.canParse(addressText) ? addressText : null));
  return opened;
};

async function pinned(): Promise<Bytes> {
  const root = await pinRoot(rootText);
  if (root === null) throw new Error("another root is pinned");
  return root;
}

self.addEventListener("install", (event) => {
  event.waitUntil(install());
});
self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

async function install(): Promise<void> {
  const root = await pinned(); // fails where another root is pinned: the worker that stands goes on
  await (await caches.open(shellName)).addAll(shell);
  await keepFirstFiles(publicFilesHere(root, () => undefined));
  await self.skipWaiting();
}

self.addEventListener("fetch", (event) => {
  const { pathname, search, origin } = new URL(event.request.url);
  if (origin !== self.location.origin) return event.respondWith(Response.error());
  if (event.request.method !== "GET") return event.respondWith(Response.error()); // nothing is ever sent
  if (pathname === home) return event.respondWith(desk().then((one) => one.page(`/verify${search}`)));
  if (pathname.startsWith(`${home}answer/`)) return event.respondWith(answerAt(pathname));
  if (shell.includes(`${pathname}${search}`) || shell.includes(pathname)) event.respondWith(ofShell(event.request));
});

async function answerAt(pathname: string): Promise<Response> {
  const answer = answers.get(pathname);
  return answer === undefined ? Response.redirect(home, 302) : answer.clone();
}

async function ofShell(request: Request): Promise<Response> {
  const kept = await (await caches.open(shellName)).match(request, { ignoreSearch: true });
  return kept ?? fetch(request);
}

self.addEventListener("message", (event) => {
  const { files, code, language } = event.data as { files?: unknown; code?: unknown; language?: unknown };
  const [port] = event.ports;
  if (!areFiles(files) || port === undefined) return;
  event.waitUntil(
    answer(files, String(code ?? ""), language === "en" ? "en" : "vi").then(
      (address) => port.postMessage({ address }),
      () => port.postMessage({ address: null }),
    ),
  );
});

const areFiles = (sent: unknown): sent is File[] => Array.isArray(sent) && sent.every((one) => one instanceof File);

async function answer(files: readonly File[], code: string, language: string): Promise<string> {
  const address = `${home}answer/${crypto.randomUUID()}`;
  answers.set(address, await (await desk()).check(files, code, language));
  for (const oldest of answers.keys()) {
    if (answers.size <= mostAnswers) break;
    answers.delete(oldest);
  }
  return `${address}?lang=${language}`;
}
