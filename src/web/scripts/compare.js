// Keys for comparing: K confirms the page shown, left and right go to its neighbours. One-letter keys can be switched
// off (WCAG 2.2 §2.1.4). The page is whole without this.

const button = document.querySelector("[data-confirm]");
const keys = document.getElementById("keys");

for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;

if (keys !== null) {
  keys.checked = localStorage.getItem("compare-keys") !== "off";
  keys.addEventListener("change", () => localStorage.setItem("compare-keys", keys.checked ? "on" : "off"));
}

/** The size chosen for one page holds for the next. */
for (const size of document.querySelectorAll("input[name=zoom]")) {
  if (size.value === sessionStorage.getItem("compare-zoom")) size.checked = true;
  size.addEventListener("change", () => sessionStorage.setItem("compare-zoom", size.value));
}

const neighbour = (step) => {
  const leaves = [...document.querySelectorAll(".leaves a")];
  return leaves[leaves.findIndex((leaf) => leaf.hasAttribute("aria-current")) + step];
};

const deeds = {
  k: () => button?.click(),
  ArrowLeft: () => neighbour(-1)?.click(),
  ArrowRight: () => neighbour(1)?.click(),
};

document.addEventListener("keydown", (event) => {
  const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat && !event.isComposing;
  const isElsewhere = event.target.closest("input, select, textarea, .sheet, .read-words") !== null;
  if (!isPlain || isElsewhere || keys?.checked === false) return;
  const deed = deeds[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (deed === undefined) return;
  event.preventDefault();
  deed();
});
