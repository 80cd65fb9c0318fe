{ // <form data-keep="/…/feedback/{id}">: what is typed is kept by itself, as a draft on the server. While that
  // cannot be reached, or its writer is signed out, this browser holds what is not kept yet.
  // <form data-keep="" data-slot="…">: this browser holds it until it is sent.
  const PREFIX = "not-kept:";
  const form = document.querySelector("form[data-keep]");
  if (form) {
    const said = form.querySelector("[data-kept]");
    // One for each writer and reader: who signs in next in this browser never meets another's words.
    const slot = PREFIX + (form.dataset.slot ?? `${form.dataset.writer}:${form.elements.to.value}`);
    const AFTER_A_PAUSE = 1200, AT_THE_LATEST = 6000, AGAIN = 4000;
    let waiting = 0, first = 0, sending = false, changed = false;

    const fields = () => {
      const all = new URLSearchParams();
      for (const [name, value] of new FormData(form)) all.append(name, value);
      return all;
    };
    const hold = (sent) => { try { localStorage.setItem(slot, JSON.stringify({ keep: form.dataset.keep, fields: fields().toString(), sent })); } catch { /* a full or closed store: the page still holds it */ } };
    const letGo = () => { try { localStorage.removeItem(slot); } catch { /* as above */ } };
    const say = (words, href) => {
      said.textContent = words;
      if (!href) return;
      const link = Object.assign(document.createElement("a"), { href, target: "_blank", textContent: "Sign in in another window" });
      said.append(" ", link);
    };
    const later = (wait) => { clearTimeout(waiting); waiting = setTimeout(send, wait); };

    async function send(leaving) {
      clearTimeout(waiting);
      if (!changed || (sending && leaving !== true)) return;
      if (!form.dataset.keep) {
        changed = false; first = 0;
        hold();
        say("Held in this browser until you send it.");
        form.dispatchEvent(new Event("kept"));
        return;
      }
      sending = true; changed = false; first = 0;
      try {
        const answer = await fetch(`${form.dataset.keep}/draft`, { method: "POST", body: fields(), keepalive: leaving === true, redirect: "manual" });
        if (answer.status === 401 || answer.type === "opaqueredirect") {
          hold(); changed = true;
          say("You are signed out. What you type is held in this browser until you are back.", "/sign-in");
          return later(AGAIN);
        }
        if (!answer.ok) throw new Error(String(answer.status));
        const kept = await answer.json();
        letGo();
        form.dataset.keep = kept.path;
        form.elements.id.value = kept.id;
        form.action = `${kept.path}/edit`;
        history.replaceState(null, "", form.action);
        say(kept.is_copy ? `This draft is open in another window too. What you type here is kept as a draft of its own, at ${kept.at}.` : `Kept at ${kept.at}. Only you can read it.`);
        if (!changed) form.dispatchEvent(new Event("kept"));
      } catch {
        hold(); changed = true;
        say("Not kept yet: See Also cannot be reached. What you type is held in this browser, and we try again.");
        later(AGAIN);
      } finally {
        sending = false;
        if (changed) later(AGAIN);
      }
    }

    const typed = () => {
      changed = true;
      first ||= Date.now();
      later(Date.now() - first > AT_THE_LATEST ? 0 : AFTER_A_PAUSE);
    };
    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("submit", () => { clearTimeout(waiting); hold(true); changed = false; });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") { if (changed) hold(); send(true); } else if (changed) send(); });

    // What an earlier window could not have kept comes back.
    let held = null;
    try { held = JSON.parse(localStorage.getItem(slot)); } catch { /* nothing to bring back */ }
    const isHere = held && (held.keep === form.dataset.keep || form.action.endsWith("/new"));
    if (document.querySelector(".errors")) {
      // Shown again with mistakes: kept as it is meanwhile.
      changed = true;
      send();
    } else if (isHere) {
      // With the window's own mark, so that what was kept since is not written over.
      for (const [name, value] of new URLSearchParams(held.fields)) {
        const field = form.elements[name];
        if (field && name !== "do" && !(field instanceof RadioNodeList)) field.value = value;
        // Typed in another format: it goes along until that comes back.
        else if (!field && name.includes("-")) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      }
      form.dataset.keep = held.keep;
      changed = true;
      send();
    }
  }
}
