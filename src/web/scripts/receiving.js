// While scans are being read, the parts of the page that tell of it are renewed where they stand. The page is whole
// without this: it has a link that loads it again.

const everyMs = 1500;

function watching() {
  return document.querySelector("[data-watch]") !== null;
}

async function renew() {
  const answer = await fetch(location.pathname, { headers: { accept: "text/html" }, redirect: "error" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const newer = fresh.getElementById(part.id);
    if (newer === null) continue;
    if (newer.innerHTML !== part.innerHTML) replaceWithin(part, newer);
    part.toggleAttribute("data-watch", newer.hasAttribute("data-watch"));
  }
}

/** Whoever stands on a link of the part by keyboard stands on the same link afterwards. */
function replaceWithin(part, newer) {
  const held = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  part.replaceChildren(...newer.childNodes);
  if (held !== null) part.querySelector(`[href="${CSS.escape(held)}"]`)?.focus();
}

/** For as long as the page stands: an upload's answer may bring in what was not watched before. */
async function watch() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    if (watching() && !document.hidden) await renew().catch(() => undefined);
  }
}

void watch();
