// The little that runs in the page of /verify/here/: it brings the worker in, and hands it the files.
const home = "/verify/here/";

const waiting = document.querySelector<HTMLElement>("[data-waiting]");
if (waiting !== null) void prepare(waiting);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-here]")) form.addEventListener("submit", hand);

const show = (mark: string): void => {
  if (waiting !== null) waiting.hidden = true;
  const said = document.querySelector<HTMLElement>(`[${mark}]`);
  if (said !== null) said.hidden = false;
};

/** The page as the network gave it: from the moment the worker stands, it makes the page itself. */
async function prepare(place: HTMLElement): Promise<void> {
  place.hidden = false;
  if (!("serviceWorker" in navigator)) return show("data-impossible");
  const { root = "", address = "" } = place.dataset;
  const pinned = new URLSearchParams({ root, address });
  try {
    const registration = await navigator.serviceWorker.register(`${home}worker.js?${pinned}`, { scope: home });
    if (!(await stands(registration))) return show("data-other-root");
  } catch {
    return show("data-impossible");
  }
  location.reload();
}

/** False where the worker refused to be installed: another root is pinned in this browser. */
function stands(registration: ServiceWorkerRegistration): Promise<boolean> {
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (worker === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state === "activated") resolve(true);
      if (worker.state === "redundant") resolve(false);
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

/** By message, never by request: a message cannot leave the machine, whatever became of the worker. */
function hand(event: SubmitEvent): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const fields = new FormData(form);
  const worker = navigator.serviceWorker.controller;
  if (worker === null) {
    location.reload();
    return;
  }
  form.querySelector("button")?.setAttribute("disabled", "");
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<{ address: string | null }>) => {
    form.querySelector("button")?.removeAttribute("disabled");
    if (data.address !== null) location.assign(data.address);
    else location.reload();
  };
  const message = { files: fields.getAll("file"), code: fields.get("code"), language: document.documentElement.lang };
  worker.postMessage(message, [port2]);
}
