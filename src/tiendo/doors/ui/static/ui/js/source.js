// source.html, sheets.html: the lit sentence is brought into view inside its pane, and again after htmx has put in another.

function reveal(root) {
  const lit = root.querySelector?.("#lit");
  const pane = lit?.closest("[data-source]");
  if (!pane || pane.scrollHeight <= pane.clientHeight) return;
  const offset = lit.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += offset - pane.clientHeight / 3;
}

reveal(document);
document.addEventListener("htmx:afterSettle", () => reveal(document));
// A page's picture has no height before it has come.
document.addEventListener("load", (event) => event.target.closest?.("[data-source]") && reveal(document), true);
