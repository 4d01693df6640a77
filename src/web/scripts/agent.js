// Brings what is to be signed to the token agent at this computer and the values back. The PIN never passes through here:
// the agent asks it on a page of its own.

const form = document.querySelector("form[data-agent]");
const { agent, act, csrf } = form.dataset;
const pairing = form.elements.namedItem("pairing");
const faults = form.querySelector("[data-agent-faults]");
const opening = form.querySelector("[data-agent-open]");
const pollMs = 700;
const mostPolls = 800;
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
  const json = await answer.json();
  if (!answer.ok) throw new Stop(tell([json]));
  return json.items;
}

/** Each failure in the service's own words. */
function tell(failed) {
  faults.replaceChildren(
    ...failed.map(({ title, detail }) => {
      const item = document.createElement("li");
      item.textContent = `${title ?? ""} ${detail ?? ""}`;
      return item;
    }),
  );
  faults.hidden = failed.length === 0;
  return "failed";
}

async function check() {
  show("working");
  const { code } = await askAgent("/api/standing");
  localStorage.setItem("agent-pairing", pairing.value.trim());
  if (code !== "ready") throw new Stop(code);
}

function chosen() {
  if (form.dataset.dossier !== undefined) return new Map([[form.dataset.dossier, form.dataset.title]]);
  const boxes = [...form.querySelectorAll("input[name=dossier]:checked")];
  return new Map(boxes.map((box) => [box.value, form.querySelector(`label[for="${box.id}"]`)?.textContent ?? ""]));
}

/** The agent is asked first: what cannot be signed now must not take a number. */
async function sign() {
  const titles = chosen();
  if (titles.size === 0) throw new Stop("none");
  await check();
  const items = await askService(`/api/${act}/prepared`, { dossiers: [...titles.keys()] });
  const failed = items.filter(({ code }) => code !== undefined);
  const waiting = items.filter(({ code }) => code === undefined);
  if (waiting.length === 0) throw new Stop(tell(failed));
  const values = await signedBy(waiting, titles);
  const done = await askService(`/api/${act}/values`, { values });
  const all = [...failed, ...done.filter(({ code }) => code !== undefined)];
  if (all.length > 0) throw new Stop(tell(all));
  show("done");
  location.assign(form.dataset.dossier === undefined ? `/${act}` : location.pathname);
}

async function signedBy(waiting, titles) {
  const { id, code } = await askAgent("/api/requests", {
    certificate: waiting[0].certificate,
    items: waiting.map(({ id: one, dossierId, number, bookText, toBeSigned }) => ({
      id: one,
      title: titles.get(dossierId) ?? "",
      number: number === null ? "" : `${number}, ${bookText}`, // a notice of refusal has none
      toBeSigned,
    })),
  });
  if (id === undefined) throw new Stop(code);
  const link = opening.querySelector("a");
  link.href = `${agent}/requests/${id}`;
  opening.hidden = false;
  link.focus();
  show("waiting");
  try {
    return await valuesOf(id);
  } finally {
    opening.hidden = true;
  }
}

async function valuesOf(id) {
  for (let polls = 0; polls < mostPolls; polls++) {
    const { state, values } = await askAgent(`/api/requests/${id}`);
    if (state === "signed") return values;
    if (state !== "waiting") throw new Stop(state === "refused" ? "refused" : "other");
    await new Promise((later) => setTimeout(later, pollMs));
  }
  throw new Stop("other");
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
