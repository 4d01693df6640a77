// Brings what is to be signed to the token agent at this computer and the values back. The PIN never passes through here:
// the agent asks it on a page of its own.

const form = document.querySelector("form[data-agent]");
const { agent, act, csrf } = form.dataset;
const pairing = form.elements.namedItem("pairing");
const faults = form.querySelector("[data-agent-faults]");
const opening = form.querySelector("[data-agent-open]");
const counting = form.querySelector("[data-agent-count]");
const pollMs = 700;
const mostPolls = 800;
const mostOfPart = 50; // as the service and the agent take them
const mostOfOld = 20; // what an agent took that knew no parts
const knownEnds = new Set(["refused", "broken"]);
let busy = false;

pairing.value = localStorage.getItem("agent-pairing") ?? "";

function show(state) {
  const known = [...form.querySelectorAll("[data-agent-state]")];
  const shown = known.some((one) => one.dataset.agentState === state) ? state : "other";
  for (const one of known) one.hidden = one.dataset.agentState !== shown;
}

class Stop extends Error {
  constructor(state) {
    super(state);
    this.state = state;
  }
}

/** @throws {Stop} with the word for what is wrong */
async function askAgent(path, body) {
  const headers = { authorization: `Pairing ${pairing.value.trim()}` };
  if (body !== undefined) headers["content-type"] = "application/json";
  let answer;
  try {
    answer = await fetch(`${agent}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
    });
  } catch {
    throw new Stop((await isThere()) ? "origin_refused" : "unreachable");
  }
  if (answer.status === 401) throw new Stop("pairing_wrong");
  return answer.json();
}

/** An agent that serves another site answers, but shows us nothing: unlike one that does not run. */
async function isThere() {
  try {
    await fetch(`${agent}/`, { mode: "no-cors", credentials: "omit" });
    return true;
  } catch {
    return false;
  }
}

async function askService(path, body) {
  const headers = { "content-type": "application/json", "x-csrf-token": csrf };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  return { ok: answer.ok, json: await answer.json() };
}

/** Each failure in the service's own words, once however many copies it met. */
function tell(failed) {
  const said = new Set(failed.map(({ title, detail }) => `${title ?? ""} ${detail ?? ""}`));
  faults.replaceChildren(
    ...[...said].map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }),
  );
  faults.hidden = said.size === 0;
  return "failed";
}

/** How far a long list is; hidden for a short one. */
function tellCount(done, all) {
  counting.hidden = all < 2;
  const [bar, text] = counting.children;
  bar.max = all;
  bar.value = done;
  text.textContent = `${done}/${all}`;
}

/** @returns the most that the agent takes under one PIN; undefined of a program too old to be asked for many */
async function check() {
  show("working");
  const { code, mostItems } = await askAgent("/api/standing");
  localStorage.setItem("agent-pairing", pairing.value.trim());
  if (code !== "ready") throw new Stop(code);
  return mostItems;
}

const paperOf = ({ dossier, title, copies }) => ({ dossier, title, copies: Number(copies ?? 1) });

function chosen() {
  if (form.dataset.dossier !== undefined) return [paperOf(form.dataset)];
  const boxes = [...form.querySelectorAll("input[name=dossier]:checked")];
  const titleOf = (box) => form.querySelector(`label[for="${box.id}"]`)?.textContent ?? "";
  return boxes.map((box) => paperOf({ dossier: box.value, title: titleOf(box), copies: box.dataset.copies }));
}

/** The agent is asked first: what cannot be signed now must not take a number. */
async function sign() {
  const papers = chosen();
  if (papers.length === 0) throw new Stop("none");
  const mostItems = await check();
  const all = papers.reduce((sum, { copies }) => sum + copies, 0);
  if (mostItems === undefined && (all > mostOfOld || all > papers.length)) throw new Stop("old");
  if (all > (mostItems ?? mostOfOld)) throw new Stop("many");
  const failed = [];
  const waiting = await preparedOf(papers, all, failed);
  if (waiting.length === 0) throw new Stop(tell(failed));
  await completeAll(waiting, mostItems !== undefined, failed);
  if (failed.length > 0) throw new Stop(tell(failed));
  show("done");
  busy = false;
  location.assign(form.dataset.dossier === undefined ? `/${act}` : location.pathname);
}

async function preparedOf(papers, all, failed) {
  const waiting = [];
  for (const paper of papers) {
    const before = waiting.length;
    for await (const items of partsOf(paper, failed)) {
      waiting.push(...items.map((item) => ({ ...item, title: paper.title })));
      tellCount(waiting.length, all);
    }
    if (failed.some(({ dossierId }) => dossierId === paper.dossier)) waiting.length = before; // a number is signed whole
  }
  return waiting;
}

/** A number of many copies comes part by part; the copy that stands for its line is in the last. */
async function* partsOf({ dossier }, failed) {
  const isNotice = act === "notice"; // of a refusal: no number, no copies
  let after = 0;
  while (after !== null) {
    const path = isNotice ? "/api/notice/prepared" : `/api/${act}/prepared-copies`;
    const { ok, json } = await askService(path, isNotice ? { dossiers: [dossier] } : { dossier, after });
    const bad = ok ? json.items.filter(({ code }) => code !== undefined) : [json];
    failed.push(...bad.map((one) => ({ ...one, dossierId: dossier })));
    if (bad.length > 0) return;
    yield json.items;
    after = json.next ?? null;
  }
}

/** Values are brought back while the token still signs: what is signed stands, whatever becomes of the rest. */
async function completeAll(waiting, inParts, failed) {
  let done = 0;
  tellCount(0, waiting.length);
  const id = await handToAgent(waiting, inParts);
  const link = opening.querySelector("a");
  link.href = `${agent}/requests/${id}`;
  opening.hidden = false;
  link.focus();
  show("waiting");
  try {
    for await (const values of valuesOf(id)) {
      const { ok, json } = await askService(`/api/${act}/values`, { values });
      if (!ok) throw new Stop(tell([json]));
      failed.push(...json.items.filter(({ code }) => code !== undefined));
      if (json.stopped === true) throw new Stop(tell(failed));
      done += values.length;
      tellCount(done, waiting.length);
    }
  } finally {
    opening.hidden = true;
  }
}

async function handToAgent(waiting, inParts) {
  let request;
  for (let from = 0; from < waiting.length; from += mostOfPart) {
    const items = waiting.slice(from, from + mostOfPart).map(asItem);
    const part = inParts ? { items, more: from + mostOfPart < waiting.length } : { items };
    const answer =
      request === undefined
        ? await askAgent("/api/requests", { certificate: waiting[0].certificate, ...part })
        : await askAgent(`/api/requests/${request}/items`, part);
    if (answer.code !== undefined) throw new Stop(answer.code);
    request ??= answer.id;
  }
  return request;
}

const asItem = ({ id, title, number, bookText, copy, copies, toBeSigned }) => ({
  id,
  title,
  number: number === null ? "" : `${number}, ${bookText}`, // a notice of refusal has none
  ...(copies > 1 && { copy }),
  toBeSigned,
});

async function* valuesOf(id) {
  for (let polls = 0; polls < mostPolls; polls++) {
    const { state, values = [] } = await askAgent(`/api/requests/${id}`);
    if (values.length > 0) {
      polls = 0;
      yield values;
    }
    if (isOver(state)) return;
    if (values.length === 0) await new Promise((later) => setTimeout(later, pollMs));
  }
  throw new Stop("other");
}

function isOver(state) {
  if (state === "signed" || state === "waiting") return state === "signed";
  if (state !== "signing") throw new Stop(knownEnds.has(state) ? state : "other");
  show("signing");
  return false;
}

async function once(deed) {
  if (busy) return;
  busy = true;
  tell([]);
  try {
    await deed();
  } catch (stop) {
    show(stop instanceof Stop ? stop.state : "other");
  }
  busy = false;
}

// Whoever closes the page loses nothing that was signed, and stops the rest.
window.addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (act !== undefined) void once(sign);
});
form.querySelector("[data-agent-check]").addEventListener("click", () =>
  once(async () => {
    await check();
    show("ready");
  }),
);
