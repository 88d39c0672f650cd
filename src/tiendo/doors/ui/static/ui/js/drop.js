// drop.html: a plain file field that also takes files dropped on it, and says which file it holds.

function show(field) {
  const names = [...field.querySelector("input[type=file]").files].map((file) => file.name);
  const place = field.querySelector("[data-drop-name]");
  if (place) place.textContent = names.join("; ");
  field.toggleAttribute("data-filled", names.length > 0);
}

document.addEventListener("dragover", (event) => {
  const field = event.target.closest?.("[data-drop]");
  if (!field) return;
  event.preventDefault();
  field.setAttribute("data-over", "");
});

document.addEventListener("dragleave", (event) => {
  const field = event.target.closest?.("[data-drop]");
  if (field && !field.contains(event.relatedTarget)) field.removeAttribute("data-over");
});

document.addEventListener("drop", (event) => {
  const field = event.target.closest?.("[data-drop]");
  if (!field) return;
  event.preventDefault();
  field.removeAttribute("data-over");
  const input = field.querySelector("input[type=file]");
  const dropped = [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1);
  const held = new DataTransfer();
  dropped.forEach((file) => held.items.add(file));
  input.files = held.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-drop]");
  if (field) show(field);
});
