// Stars, filters and the line of now. Without it the programme is whole; what is starred stays in this browser.
(d => {
  const chips = d.querySelector(".chips");
  if (!chips) return;
  const key = "stars:" + chips.dataset.event, slots = [...d.querySelectorAll(".slot[data-s]")];
  let stars = new Set();
  try { stars = new Set(JSON.parse(localStorage[key] || "[]")); } catch {}
  const name = s => (s.querySelector("h4 a") || {}).pathname;
  let filter = "";
  const show = () => {
    for (const s of slots) {
      const mine = stars.has(name(s)), star = s.querySelector(".star");
      if (star) { star.textContent = mine ? "★" : "☆"; star.setAttribute("aria-pressed", mine); }
      const hit = !filter || (filter === "*" ? mine : s.dataset.t === filter);
      s.classList.toggle("dim", !hit);
      s.classList.toggle("hit", !!filter && hit);
    }
    for (const b of chips.children) b.setAttribute("aria-pressed", b.dataset.f === filter);
    chips.lastElementChild.lastElementChild.textContent = stars.size;
  };
  for (const s of slots) {
    if (!name(s)) continue;
    const star = d.createElement("button");
    star.type = "button";
    star.className = "star";
    star.setAttribute("aria-label", chips.dataset.star + ": " + s.querySelector("h4").textContent.trim());
    star.onclick = () => {
      const n = name(s);
      stars.has(n) ? stars.delete(n) : stars.add(n);
      try { localStorage[key] = JSON.stringify([...stars]); } catch {}
      show();
    };
    s.querySelector(".b").append(star);
  }
  chips.onclick = e => {
    const b = e.target.closest("button");
    if (b) { filter = b.dataset.f; show(); }
  };
  chips.hidden = false;
  show();
  const now = () => {
    const t = Date.now();
    for (const s of slots) s.classList.toggle("now", Date.parse(s.dataset.s) <= t && t < Date.parse(s.dataset.e));
  };
  now();
  setInterval(now, 60000);
})(document);
