// Keys of a page, all optional: the page works with the mouse and with Tab alone.
//
//   data-rows  a list whose rows answer keys; data-row: one row (tabindex="-1")
//     j / k    next, previous row      Enter  the row's [data-open] link
//   data-key="x"   pressing x presses this button or link; in a field, it takes the focus.
//                  In a row it answers only while the row has the focus; data-at-hand: also while no row has.
//
// WCAG 2.1.4: keys of one letter can be turned off, by the switch in the footer.

const STORE = "tiendo-keys";
const typing = (target) => target.closest("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]");
const enabled = () => localStorage.getItem(STORE) !== "off";

function step(forward) {
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")];
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement?.closest("[data-row]"));
  const next = here < 0 ? 0 : Math.min(Math.max(here + (forward ? 1 : -1), 0), rows.length - 1);
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

function press(element) {
  if (typing(element)) {
    element.focus();
    element.select?.();
  } else element.click();
}

function answer(key, row) {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const outside = [...document.querySelectorAll(wanted)].find((one) => !one.closest("[data-row]"));
  const element = row?.querySelector(wanted) ?? outside;
  if (element && !element.disabled) press(element);
  return Boolean(element);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
  const row = event.target.closest("[data-row]") ?? document.querySelector("[data-row][data-at-hand]");
  if (event.key === "Enter" && row === event.target) {
    row.querySelector("[data-open]")?.click();
    return;
  }
  if (!enabled()) return;
  if (event.key === "j" || event.key === "k") {
    if (document.querySelector("[data-rows]")) event.preventDefault();
    step(event.key === "j");
  } else if (event.key.length === 1 && answer(event.key, row)) event.preventDefault();
});

for (const holder of document.querySelectorAll("[data-keys-switch]")) {
  const box = holder.querySelector("input");
  box.checked = enabled();
  box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
  holder.hidden = false;
}
