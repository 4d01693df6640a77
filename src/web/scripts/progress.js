// An act that takes its time: the part of the page that tells how far it is is renewed where it stands. The page is whole
// without this: then it loads itself again. When the act is over its page is another one, and is loaded.

const everyMs = 1000;
const part = document.querySelector("[data-live]");

/** @returns whether there is more to come */
async function renew() {
  const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const newer = fresh.getElementById(part.id);
  if (newer === null) {
    location.reload();
    return false;
  }
  document.title = fresh.title;
  if (newer.innerHTML !== part.innerHTML) part.replaceChildren(...newer.childNodes);
  return true;
}

async function watch() {
  for (let more = true; more; ) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    if (!document.hidden) more = await renew().catch(() => true);
  }
}

void watch();
