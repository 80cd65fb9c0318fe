{ // A form that keeps itself (keep-draft.js) was sent and has arrived: its answer is this page, so this browser lets
  // go of what it held.
  if (!document.querySelector("[data-keep], [data-carries]")) {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("not-kept:") && JSON.parse(localStorage.getItem(key)).sent) localStorage.removeItem(key);
      }
    } catch { /* no store, nothing held */ }
  }
}
