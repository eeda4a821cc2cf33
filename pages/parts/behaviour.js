// Copy buttons, and scrolling to the marked sentence. Installed once a session; holds nothing of any document.
(() => {
  if (window.yinjuInstalled) return;
  window.yinjuInstalled = true;

  document.documentElement.lang = "zh-CN";

  const byHand = (words) => {
    const box = document.createElement("textarea");
    box.value = words;
    box.style.position = "fixed";
    box.style.opacity = "0";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  };

  const copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      return byHand(words); // no clipboard outside https and localhost
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-copy], button[data-copy-link]");
    if (!button) return;
    const link = button.dataset.copyLink; // relative; empty for the present page
    const words = link === undefined ? button.dataset.copy : new URL(link, window.location.href).href;
    const said = button.textContent;
    if (said === "已复制") return;
    button.textContent = (await copy(words)) ? "已复制" : "复制不了";
    window.setTimeout(() => { button.textContent = said; }, 1600);
  });

  let shown = null;
  const show = () => {
    const here = window.location.pathname + window.location.search;
    const target = document.querySelector(".yj-target");
    if (!target) { if (shown !== null && shown !== here) shown = null; return; }
    if (shown === here) return;
    shown = here;
    const scroll = () => target.isConnected && target.scrollIntoView({ block: "center" });
    scroll();
    window.setTimeout(scroll, 250); // after the rest of the page has found its place
  };
  new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
  show();
})();
