{ // Counts [data-clock] by the second against the server's clock. It asks for nothing, so it goes on without a network.
  const clock = document.querySelector("[data-clock]");
  if (clock) {
    const [figure, words] = clock.children;
    const { until, now, before, after } = clock.dataset;
    const behind = Number(now) - Date.now();
    const show = () => {
      const left = Math.ceil((Number(until) - Date.now() - behind) / 1000);
      const [all, over] = [Math.abs(left), left < 0];
      const [minutes, seconds] = [Math.floor(all / 60), String(all % 60).padStart(2, "0")];
      // What was forgotten for hours is not counted by the second.
      figure.textContent = minutes < 600 ? `${minutes}:${seconds}` : minutes;
      words.textContent = (minutes < 600 ? "" : "minutes ") + (over ? after : before);
      clock.classList.toggle("over", over);
    };
    show();
    setInterval(show, 500);
    // A phone on the table stays awake, where it can be asked to.
    const stay = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
    document.addEventListener("visibilitychange", () => { show(); stay(); });
    stay();
  }
}
