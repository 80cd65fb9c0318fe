{ // A page shown again with mistakes: take the reader to the summary.
  const summary = document.querySelector(".errors");
  if (summary) {
    summary.focus();
    // A link in the summary goes to the field itself, with its label in view.
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const field = link && document.getElementById(link.getAttribute("href").slice(1));
      if (!field) return;
      event.preventDefault();
      const item = field.closest(".item") || field;
      const target = field.matches("fieldset") ? field.querySelector("input, select, textarea") || field : field;
      item.scrollIntoView({ block: "start" });
      target.focus({ preventScroll: true });
    });
  }
}
