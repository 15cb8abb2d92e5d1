// Contrast that axe does not get to see: every class of highlighted code on every ground that code has, the
// states, and the lines that carry meaning, in both schemes.

const pairs = [
  ["var(--ink)", "var(--paper)", 7], ["var(--muted)", "var(--paper)", 4.5], ["var(--muted)", "var(--wash)", 4.5],
  ["var(--accent)", "var(--paper)", 4.5], ["var(--accent)", "var(--wash)", 4.5], ["var(--paper)", "var(--accent)", 4.5],
  ["var(--cfp)", "var(--paper)", 4.5], ["var(--soon)", "var(--paper)", 4.5], ["var(--now)", "var(--paper)", 4.5], ["var(--gone)", "var(--paper)", 4.5],
  ["var(--rule)", "var(--paper)", 3], ["var(--rule)", "var(--wash)", 3],
];

export async function colours(tab, scheme, page, report) {
  const least = await tab.evaluate(pairs => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const paint = colours => {
      canvas.clearRect(0, 0, 1, 1);
      for (const colour of colours) { canvas.fillStyle = "#f0f"; canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    };
    const light = ([r, g, b]) => .2126 * r + .7152 * g + .0722 * b;
    const ratio = (front, grounds) => {
      const [a, b] = [light(paint([...grounds, front])), light(paint(grounds))].sort((a, b) => b - a);
      return (a + .05) / (b + .05);
    };
    const probe = document.createElement("p");
    document.querySelector("main").append(probe);
    const computed = (property, value) => { probe.style.cssText = `${property}:${value}`; return getComputedStyle(probe)[property == "color" ? "color" : "backgroundColor"]; };
    const low = [];
    let least = 99;
    const measure = (name, front, grounds, bound) => {
      const r = ratio(front, grounds);
      if (bound >= 4.5) least = Math.min(least, r);
      if (r < bound) low.push(`${name}: ${r.toFixed(2)}`);
    };
    const known = name => getComputedStyle(document.documentElement).getPropertyValue(name.slice(4, -1));
    for (const [front, ground, bound] of pairs) if (known(front) && known(ground))
      measure(`${front} on ${ground}`, computed("color", front), [computed("background-color", ground)], bound);
    const classes = new Set([...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).flatMap(rule => rule.selectorText?.match(/\.hl-[a-z]+/g) ?? []));
    probe.outerHTML = `<figure class="code probe"><pre><code>${[...classes].map(c => `<span class="${c.slice(1)}">x</span><span class="line hl"><span class="${c.slice(1)}">x</span></span>`).join("")}</code></pre></figure>`;
    const figure = document.querySelector(".probe");
    for (const span of figure.querySelectorAll("[class*='hl-']")) {
      const grounds = [];
      for (let e = span; e; e = e.parentElement) grounds.unshift(getComputedStyle(e).backgroundColor);
      measure(`.${span.className}${span.closest(".line") ? " on a marked line" : ""}`, getComputedStyle(span).color, grounds, 4.5);
    }
    figure.remove();
    return { low, least, classes: classes.size };
  }, pairs);
  if (!least.classes) report.fault(page, "colours", "the style sheet has no colours for code");
  for (const low of least.low) report.fault(page, `contrast (${scheme})`, low);
  return least.least;
}
