// Copy buttons, charts as pictures, and scrolling to the marked sentence. Installed once a session; holds nothing of any document.
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

  // A chart as a picture: drawn anew on white, in the fonts of this browser, at twice its size.
  const picture = (chart, name) => {
    const rows = [...chart.querySelectorAll(".yj-bar-row")];
    const [row, left, bar, right, top] = [30, 220, 520, 160, 60];
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    canvas.width = (left + bar + right) * 2;
    canvas.height = (top + rows.length * row + 20) * 2;
    pen.scale(2, 2);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    const fonts = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
    const write = (words, x, y, look, align) => {
      pen.font = `${look} ${fonts}`;
      pen.textAlign = align;
      pen.fillStyle = "#222a35";
      pen.fillText(words, x, y);
    };
    write(chart.querySelector("figcaption").textContent, 20, 34, "600 17px", "left");
    rows.forEach((each, n) => {
      const y = top + n * row;
      const long = (bar * Number(each.dataset.share)) / 100;
      write(each.querySelector(".yj-bar-name").textContent, left - 12, y + 16, "14px", "right");
      pen.fillStyle = pen.strokeStyle = "#23426b";
      pen.lineWidth = 1.5;
      if (each.dataset.kind === "done") pen.fillRect(left, y + 3, long, 18);
      else pen.strokeRect(left + 1, y + 4, Math.max(long - 2, 1), 16);
      write(each.querySelector(".yj-bar-value").textContent, left + long + 10, y + 16, "14px", "left");
    });
    const link = document.createElement("a");
    link.download = name;
    link.href = canvas.toDataURL("image/png");
    link.click();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-png]");
    const chart = button?.closest(".yj-chart");
    if (chart) picture(chart, button.dataset.png);
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
