{ // Ask before leaving <form data-guard> once something in it was changed.
  const changed = new Set();
  const guard = (event) => event.preventDefault();
  const update = () => {
    if (changed.size) addEventListener("beforeunload", guard);
    else removeEventListener("beforeunload", guard);
  };
  for (const form of document.querySelectorAll("form[data-guard]")) {
    const mark = () => { changed.add(form); update(); };
    form.addEventListener("input", mark);
    form.addEventListener("change", mark);
    // Some forms keep themselves.
    form.addEventListener("kept", () => { changed.delete(form); update(); });
    form.addEventListener("reset", () => { changed.delete(form); update(); });
  }
  // Any form that is sent leaves the page on purpose.
  addEventListener("submit", () => { changed.clear(); update(); });
}
