{ // Running sum: <form data-sum="60"> with inputs [data-minutes] and <output data-sum-out>.
  for (const form of document.querySelectorAll("form[data-sum]")) {
    const out = form.querySelector("[data-sum-out]") || form.querySelector("output");
    if (!out) continue;
    const limit = parseInt(form.dataset.sum, 10);
    const show = () => {
      let sum = 0;
      for (const box of form.querySelectorAll("[data-minutes]")) {
        const text = box.value.trim();
        if (/^\d{1,4}$/.test(text)) sum += Number(text);
      }
      const strong = document.createElement("strong");
      strong.textContent = limit ? `${sum} of ${limit} minutes` : `${sum} minutes`;
      out.replaceChildren(strong);
      if (limit && sum !== limit) {
        const rest = document.createElement("span");
        rest.className = "hint";
        rest.textContent = sum > limit ? `${sum - limit} more than planned` : `${limit - sum} left`;
        out.append(" ", rest);
      }
      out.classList.toggle("run-over", sum > limit);
    };
    form.addEventListener("input", (event) => {
      if (event.target.matches("[data-minutes]")) show();
    });
  }
}
