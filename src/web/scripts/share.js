// The phone's own way to hand a link on, where it has one. Without this file the link stands there as text and code.

for (const button of document.querySelectorAll("button[data-share]")) {
  if (navigator.share === undefined) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share({ url: button.dataset.share, text: button.dataset.shareText }).catch(() => {}); // the person thought better of it
  });
}
