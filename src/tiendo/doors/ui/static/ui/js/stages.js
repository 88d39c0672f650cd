// stages.html: says the stage a job has come to, once for each, to those who listen instead of looking.

let said = "";

document.addEventListener("htmx:afterSettle", () => {
  const place = document.querySelector("[data-stages-say]");
  const now = document.querySelector("#stages [aria-current=step], #stages .stage-failed, #stages .stage:last-child");
  const words = now?.textContent.replace(/\s+/g, " ").trim() ?? "";
  if (!place || words === said) return;
  said = words;
  place.textContent = words;
});
