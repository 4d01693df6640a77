// Comfort only: every page works without this file. Behaviour is asked for by data-attributes in the page.

/** A form that was refused: whoever hears or sees the page begins at its faults. */
document.querySelector("[data-focus-on-load]")?.focus();

/** Where the next key belongs, if it is in sight: nothing scrolls, and a phone opens no keyboard of its own accord. */
const start = document.querySelector("[data-start]");
const isFree = document.activeElement === document.body && location.hash === "";
if (start !== null && isFree && matchMedia("(pointer: fine)").matches) {
  const { top, bottom } = start.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight) start.focus({ preventScroll: true });
}

/** Of a row that a phone shows in part: the room that the page lies in. */
document.querySelector(".rooms [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

/** One press is one request. The server makes the second harmless anyway; this spares the wait and the doubt. */
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent !== undefined) return event.preventDefault();
    form.dataset.sent = "";
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });
}

/** Coming back by the browser's own button, a form may be sent again. */
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
});

/** Uploads show how far they have come; the answer is shown just as if the form had been sent without this. */
for (const field of document.querySelectorAll("input[data-upload]")) {
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.form.dataset.sending === undefined) sendWithProgress(field.form, field);
  });
}

function sendWithProgress(form, field) {
  const { bar, share } = meterAfter(field, form.dataset.wordSending);
  form.dataset.sending = "";
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    share.textContent = `${form.dataset.wordSending} ${Math.floor((100 * loaded) / total)} %`;
  });
  request.addEventListener("load", () => showAnswer(request));
  request.addEventListener("error", () => {
    // What was chosen stays chosen: one more press sends it again.
    delete form.dataset.sending;
    bar.remove();
    share.className = "fault";
    share.setAttribute("role", "alert");
    share.textContent = form.dataset.wordCut;
  });
  request.open("POST", form.action);
  request.setRequestHeader("accept", "text/html");
  request.send(new FormData(form));
}

function meterAfter(field, label) {
  for (const old of field.parentElement.querySelectorAll("progress, [data-share]")) old.remove();
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", label);
  const share = document.createElement("p");
  share.className = "hint";
  share.dataset.share = "";
  share.textContent = label;
  field.after(bar, share);
  return { bar, share };
}

function showAnswer(request) {
  const wentElsewhere = request.responseURL !== "" && request.status < 400;
  if (wentElsewhere) return location.assign(request.responseURL);
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  document.title = answer.title;
  document.body.replaceWith(answer.body);
  document.querySelector("[data-focus-on-load]")?.focus();
}
