// Stars, filters, the reader's zone and what is on now. Without it the programme is whole; what is starred stays in this browser.
(d => {
  const chips = d.querySelector(".chips");
  if (!chips) return;
  const own = chips.dataset, key = "stars:" + own.event, all = (q, e = d) => [...e.querySelectorAll(q)];
  const slots = all(".slot[data-s]"), talks = slots.filter(s => s.querySelector("h4"));
  const link = s => s.querySelector("h4 a"), name = s => (link(s) || {}).pathname;
  const room = s => (s.querySelector(".room") || {}).textContent || "";
  const from = s => Date.parse(s.dataset.s), to = s => Date.parse(s.dataset.e || s.dataset.s);

  // The bar of a day on narrow screens has its drawing again; blocks of both lead to talks.
  const drawn = all(".days-drawn .score");
  all(".mini").forEach((mini, day) => {
    if (!drawn[day]) return;
    mini.append(drawn[day].cloneNode(true));
    for (const title of all("title", mini)) title.remove();
  });
  const blocks = {};
  for (const a of all(".score a")) (blocks[a.getAttribute("href")] ||= []).push(a);
  const mark = (s, as, yes) => {
    s.classList.toggle(as, yes);
    for (const a of blocks[name(s)] || []) a.classList.toggle(as, yes);
  };

  let stars = new Set(), filter = "";
  try { stars = new Set(JSON.parse(localStorage[key] || "[]")); } catch {}
  const rooms = chips.querySelector("select"), save = chips.querySelector(".ics");
  const show = () => {
    for (const s of talks) {
      const mine = stars.has(name(s)), star = s.querySelector(".star");
      if (star) { star.textContent = mine ? "★" : "☆"; star.setAttribute("aria-pressed", mine); }
      const hit = (!filter || (filter === "*" ? mine : s.dataset.t === filter)) && (!rooms || !rooms.value || room(s).startsWith(rooms.value) || s.classList.contains("all"));
      s.classList.toggle("dim", !hit);
      s.classList.toggle("hit", !!filter && hit);
    }
    for (const b of all("[data-f]", chips)) b.setAttribute("aria-pressed", b.dataset.f === filter);
    chips.querySelector("[data-f='*'] span").textContent = stars.size;
    save.hidden = filter !== "*" || !stars.size;
  };
  for (const s of talks) {
    if (!name(s)) continue;
    const star = d.createElement("button");
    star.type = "button";
    star.className = "star";
    star.setAttribute("aria-label", own.star + ": " + s.querySelector("h4").textContent.trim());
    star.onclick = () => {
      const n = name(s);
      stars.has(n) ? stars.delete(n) : stars.add(n);
      try { localStorage[key] = JSON.stringify([...stars]); } catch {}
      show();
    };
    s.querySelector(".b").append(star);
  }
  chips.onclick = e => {
    const b = e.target.closest("[data-f]");
    if (b) { filter = b.dataset.f; show(); }
  };
  if (rooms) rooms.onchange = show;

  // What is starred, as a calendar.
  save.onclick = () => {
    const utc = time => new Date(time).toISOString().replace(/[-:]|\.\d+/g, ""), text = t => t.trim().replace(/\s+/g, " ").replace(/[\\,;]/g, "\\$&");
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ssg//score//EN"];
    for (const s of talks.filter(s => stars.has(name(s)))) lines.push("BEGIN:VEVENT", `UID:${utc(from(s))}${name(s)}@${location.host}`, "DTSTAMP:" + utc(Date.now()), "DTSTART:" + utc(from(s)), "DTEND:" + utc(to(s)), "SUMMARY:" + text(link(s).textContent), "LOCATION:" + text(room(s)), "URL:" + link(s).href, "END:VEVENT");
    const a = d.createElement("a");
    a.href = URL.createObjectURL(new Blob([...lines, "END:VCALENDAR"].map(l => l.replace(/.{24}(?=.)/gu, "$&\r\n ") + "\r\n"), { type: "text/calendar" }));
    a.download = own.event + ".ics";
    a.click();
  };

  // Hours by the reader's clock: each is moved by what lies between the zones on its day.
  const zone = d.querySelector(".zone"), days = all(".day").map(day => [day, all(".slot[data-s]", day)]).filter(day => day[1].length);
  const between = s => (from(s) - Date.parse(s.dataset.s.slice(0, 19) + "Z")) / 60000 - new Date(from(s)).getTimezoneOffset();
  const two = n => String(n).padStart(2, "0");
  if (zone && days.some(day => between(day[1][0]))) {
    const words = zone.parentElement.firstElementChild, there = words.textContent;
    zone.classList.add("on");
    zone.onclick = () => {
      const here = zone.getAttribute("aria-pressed") === "false";
      zone.setAttribute("aria-pressed", here);
      words.textContent = here ? zone.dataset.in.replace("{zone}", Intl.DateTimeFormat().resolvedOptions().timeZone) : there;
      for (const [day, some] of days) for (const e of all(".at,.hrs,.till,.times span", day)) {
        e.dataset.was ??= e.textContent;
        e.textContent = here ? e.dataset.was.replace(/(\d\d):(\d\d)/g, (_, h, m) => {
          const t = +h * 60 + +m + between(some[0]), day = Math.floor(t / 1440);
          return two(Math.floor(t / 60) - day * 24) + ":" + two(t - Math.floor(t / 60) * 60) + (day ? (day > 0 ? " +" : " −") + Math.abs(day) : "");
        }) : e.dataset.was;
      }
    };
  }

  // What is on now: framed, what is over is pale, and a line with the time; on the days of the event alone.
  const line = d.createElement("p"), go = d.querySelector(".hero a[href='#sc-schedule']");
  line.className = "line";
  line.id = "sc-now";
  line.ariaHidden = "true";
  const now = () => {
    const t = Date.now(), runs = slots.length && slots.some(s => from(s) <= t) && slots.some(s => t < to(s));
    line.remove();
    for (const s of slots) {
      const on = runs && from(s) <= t && t < to(s);
      mark(s, "now", on);
      mark(s, "over", runs && to(s) <= t);
      on ? s.setAttribute("aria-current", "time") : s.removeAttribute("aria-current");
    }
    if (runs) for (const [day, some] of days) {
      if (from(some[0]) > t || !some.some(s => t < to(s))) continue;
      const grid = day.querySelector(".grid"), top = grid.getBoundingClientRect().top, box = s => s.getBoundingClientRect();
      let y;
      if (getComputedStyle(grid).display === "block") {
        const next = some.find(s => from(s) > t);
        y = (next ? box(next).top - 8 : box(grid).bottom) - top;
      } else {
        const points = some.flatMap(s => [[from(s), box(s).top], [to(s), box(s).bottom]]).sort((a, b) => a[0] - b[0]);
        const a = points.findLast(p => p[0] <= t), b = points.find(p => p[0] > t);
        y = a[1] + (b[1] - a[1]) * (t - a[0]) / (b[0] - a[0]) - top;
      }
      line.style.top = y + "px";
      line.dataset.t = own.now + " " + new Date(t).toLocaleTimeString("en-GB", { timeZone: own.zone, hour: "2-digit", minute: "2-digit" });
      grid.append(line);
      if (go) go.hash = line.id;
      break;
    }
  };
  show();
  now();
  setInterval(now, 20000);
  new ResizeObserver(now).observe(d.querySelector(".programme"));

  // On narrow screens the bar's drawing lights what is in sight.
  const sight = new IntersectionObserver(seen => { for (const e of seen) mark(e.target, "seen", e.isIntersecting); }, { rootMargin: "-130px 0px -60% 0px" });
  for (const s of talks) sight.observe(s);
  chips.hidden = false;
})(document);
