// Forms, all optional.
//
//   data-guard      asks before the page is left with unsaved input
//   data-autosave   htmx saves (hx-post, hx-trigger="change delay:600ms", hx-swap="none"); here only its words:
//                   <output data-save-status data-saving="Đang lưu…" data-saved="Đã lưu" data-failed="Chưa lưu được">
//   data-keeps      what of the form the element that saves by itself keeps, as a selector: while something else in it
//                   was changed, the guard stays
//   data-once       a form that is sent cannot be sent again by a second click; sent while it saves by itself, it waits
//                   for that, whose version it builds on
// A request of htmx that fails shows #request-failed (base.html).

const dirty = new Set();
const failed = () => document.getElementById("request-failed");

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) dirty.add(form);
});

const changed = (field) =>
  field.type === "file"
    ? field.files.length > 0
    : ["checkbox", "radio"].includes(field.type)
      ? field.checked !== field.defaultChecked
      : "defaultValue" in field && field.value !== field.defaultValue;
const keptWhole = (form, keeps) => ![...form.elements].some((field) => !field.matches(keeps) && changed(field));
const saving = new Map(); // form → how many requests that save it by themselves are under way
const waiting = new Map(); // form → the button by which it was sent meanwhile
const leaving = new Set(); // forms that are sent

document.addEventListener("submit", (event) => {
  if (saving.get(event.target)) {
    event.preventDefault();
    waiting.set(event.target, event.submitter);
    return;
  }
  leaving.add(event.target);
  dirty.delete(event.target);
  if (!event.target.matches("form[data-once]")) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});

// Back from the page that followed: the form may be sent anew.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  leaving.clear();
});

window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});

function say(form, word) {
  const status = form?.querySelector("[data-save-status]");
  if (status) status.textContent = status.dataset[word] ?? "";
}

document.addEventListener("htmx:beforeRequest", (event) => {
  say(event.target.closest("form[data-autosave]"), "saving");
  const form = event.target.closest("[data-keeps]")?.closest("form");
  if (form && (leaving.has(form) || waiting.has(form))) event.preventDefault();
  else if (form) saving.set(form, (saving.get(form) ?? 0) + 1);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { successful } = event.detail;
  const form = event.target.closest("form");
  const keeps = event.target.closest("[data-keeps]")?.dataset.keeps;
  if (form && successful && (!keeps || keptWhole(form, keeps))) dirty.delete(form);
  if (form) delete form.dataset.sent;
  if (form && keeps) saving.set(form, saving.get(form) - 1);
  if (waiting.has(form) && !saving.get(form)) {
    const button = waiting.get(form);
    waiting.delete(form);
    form.requestSubmit(button);
  }
  say(event.target.closest("form[data-autosave]"), successful ? "saved" : "failed");
  const notice = failed();
  if (notice) notice.hidden = Boolean(successful) || event.detail.xhr?.status === 422;
});
