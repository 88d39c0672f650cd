// Forms, all optional.
//
//   data-guard      asks before the page is left with unsaved input
//   data-autosave   htmx saves (hx-post, hx-trigger="change delay:600ms", hx-swap="none"); here only its words:
//                   <output data-save-status data-saving="Đang lưu…" data-saved="Đã lưu" data-failed="Chưa lưu được">
//   data-once       a form that is sent cannot be sent again by a second click
// A request of htmx that fails shows #request-failed (base.html).

const dirty = new Set();
const failed = () => document.getElementById("request-failed");

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) dirty.add(form);
});

document.addEventListener("submit", (event) => {
  dirty.delete(event.target);
  if (!event.target.matches("form[data-once]")) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});

// Back from the page that followed: the form may be sent anew.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});

function say(form, word) {
  const status = form?.querySelector("[data-save-status]");
  if (status) status.textContent = status.dataset[word] ?? "";
}

document.addEventListener("htmx:beforeRequest", (event) => say(event.target.closest("form[data-autosave]"), "saving"));

document.addEventListener("htmx:afterRequest", (event) => {
  const { successful } = event.detail;
  const form = event.target.closest("form");
  if (form && successful) dirty.delete(form);
  if (form) delete form.dataset.sent;
  say(event.target.closest("form[data-autosave]"), successful ? "saved" : "failed");
  const notice = failed();
  if (notice) notice.hidden = Boolean(successful) || event.detail.xhr?.status === 422;
});
