// Everything here is a convenience: without it links are links and the system's colours hold.
(d => {
  const root = d.documentElement, own = d.currentScript.dataset, button = d.querySelector(".scheme");
  const modes = ["", "light", "dark"];
  let mode = Math.max(0, modes.indexOf(root.style.colorScheme));
  const show = () => {
    button.textContent = button.dataset.names.split("|")[mode];
    button.setAttribute("aria-label", button.dataset.label + ": " + button.textContent);
  };
  if (button) {
    show();
    button.onclick = () => {
      mode = (mode + 1) % 3;
      root.style.colorScheme = modes[mode];
      try { localStorage.scheme = modes[mode]; } catch {}
      show();
    };
  }
  if (navigator.clipboard) for (const figure of d.querySelectorAll("figure.code")) {
    const copy = d.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = own.copy;
    copy.onclick = async () => {
      const code = figure.querySelector("code").cloneNode(true);
      for (const mark of code.querySelectorAll(".code-mark")) mark.remove();
      await navigator.clipboard.writeText(code.textContent);
      copy.textContent = own.copied;
      setTimeout(() => copy.textContent = own.copy, 2000);
    };
    figure.append(copy);
  }
  const find = d.querySelector("a.find");
  if (find) {
    const open = e => {
      e.preventDefault();
      const own = d.querySelector("main [data-search] input");
      own ? own.focus() : import(find.dataset.script).then(m => m.show(find.href)).catch(() => location.href = find.href);
    };
    find.onclick = e => e.button || e.metaKey || e.ctrlKey || e.shiftKey || open(e);
    d.addEventListener("keydown", e => {
      const typing = e.target.closest("input,textarea,select,[contenteditable]");
      if (e.key == "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey || e.key == "k" && (e.ctrlKey || e.metaKey)) open(e);
    });
  }
  d.addEventListener("click", e => {
    const a = e.target.closest("a[data-embed]");
    if (!a || e.button || e.metaKey || e.ctrlKey || e.shiftKey) return;
    e.preventDefault();
    const frame = d.createElement("iframe");
    frame.src = a.dataset.embed;
    frame.title = a.textContent.replace("▶", "").trim();
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    a.replaceWith(frame);
    frame.focus();
  });
})(document);
