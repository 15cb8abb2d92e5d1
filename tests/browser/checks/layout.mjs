// Nothing moves, and no page scrolls sideways.

/** Runs in the page before all else: adds up the shifts that no input caused. */
export function watchShifts() {
  window.shifts = { sum: 0, of: [] };
  new PerformanceObserver(list => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) {
      window.shifts.sum += shift.value;
      window.shifts.of.push(...shift.sources.map(s => s.node?.className || s.node?.nodeName));
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/**
 * Loads the page at `address` into `tab` and scrolls to its end, so that late images arrive; reports the shifts on
 * the way.
 *
 * What moves by the page's own doing moves each time it is loaded. On a busy machine Chromium also paints between
 * two words of a line, which moves once: a page that moved is loaded again, and the least counts.
 */
export async function shifts(tab, address, mode, page, report) {
  let least = await shiftsOnce(tab, address);
  for (let again = 0; again < 3 && Math.round(least.sum * 1000); again++) {
    const other = await tab.context().newPage(), moved = await shiftsOnce(other, address);
    if (moved.sum < least.sum) least = moved;
    await other.close();
  }
  report.figure(page, "CLS", Math.round(least.sum * 1000) / 1000);
  if (Math.round(least.sum * 1000)) report.fault(page, `layout shift (${mode})`, `${least.sum.toFixed(4)}: ${[...new Set(least.of)].join(", ")}`);
}

async function shiftsOnce(tab, address) {
  await tab.goto(address, { waitUntil: "load" });
  // Who has scrolled down before anything is found sees the foot of the page move; nobody is as fast as that.
  await tab.waitForFunction(() => {
    const search = document.querySelector("[data-search].asked");
    return !search || search.querySelector("[data-search-status]").textContent;
  });
  return tab.evaluate(async () => {
    const pause = ms => new Promise(done => setTimeout(done, ms));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) { scrollTo(0, y); await pause(20); }
    for (let wait = 0; wait < 100 && ![...document.images].every(image => image.complete); wait++) await pause(30);
    await pause(60);
    scrollTo(0, 0);
    return window.shifts;
  });
}

/** Width by width: 320 px, 200% zoom of a 1280 px window, and text of twice the size. */
export async function sideways(tab, page, report) {
  for (const [name, width, size] of [["320 px", 320, 100], ["200% zoom", 640, 100], ["text of 200%", 1280, 200]]) {
    await tab.setViewportSize({ width, height: 700 });
    const wide = await tab.evaluate(async size => {
      const root = document.documentElement;
      root.style.fontSize = size == 100 ? "" : `${size}%`;
      await new Promise(requestAnimationFrame);
      const over = root.scrollWidth - root.clientWidth;
      if (over <= 0) return null;
      const guilty = [...document.querySelectorAll("body *")].filter(e => {
        const { left, right, width } = e.getBoundingClientRect();
        return width && (right > root.clientWidth + 1 || left < -1 && getComputedStyle(e).position != "absolute");
      });
      return `${over} px, by ${guilty.slice(0, 3).map(e => `${e.nodeName.toLowerCase()}.${e.className}`).join(", ")}`;
    }, size);
    if (wide) report.fault(page, `scrolls sideways at ${name}`, wide);
    await tab.evaluate(() => document.documentElement.style.fontSize = "");
  }
}
