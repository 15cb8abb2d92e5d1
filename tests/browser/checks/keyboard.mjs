// The tab key: the skip link first, then everything that can be used, in the order of the document, each
// seen to be focused and not hidden behind something that sticks.

/** `most` bounds the presses on long pages. */
export async function keyboard(tab, mode, most, page, report) {
  const expected = await tab.evaluate(() => {
    // Links in a drawing, which stand below it as well, are for pointers.
    const usable = ":is(a[href],button,input,select,textarea,summary,[tabindex='0'],iframe):not([tabindex='-1'])";
    return [...document.querySelectorAll(usable)].filter(e => e.checkVisibility({ visibilityProperty: true })
      // Of a group of choices one is reached by the key.
      && !(e.type == "radio" && !e.checked) && !e.disabled && !(e.closest("details:not([open])") && !e.matches("summary"))).length;
  });
  await tab.evaluate(() => { 
    window.visited = [];
    // From the top, also where the address names a place in the page.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
  });
  for (let n = 0; n < Math.min(expected, most) + 1; n++) {
    await tab.keyboard.press("Tab");
    const seen = await tab.evaluate(() => {
      const e = document.activeElement;
      if (!e || e == document.body || window.visited.includes(e)) return null;
      const faults = [], before = window.visited.at(-1), style = getComputedStyle(e);
      // Where the style sheet changes the order, it says so to the keyboard too.
      const flows = before && [before, e].every(x => x.closest("ol,ul") && getComputedStyle(x.closest("ol,ul")).readingFlow == "flex-visual");
      if (flows && e.getBoundingClientRect().top < before.getBoundingClientRect().top - 1) faults.push("order differs from what is seen");
      if (before && !flows && !(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push("order differs from the document's");
      if (!window.visited.length && e.getAttribute("href")?.[0] != "#") faults.push("the skip link is not first");
      if (style.outlineStyle == "none" || parseFloat(style.outlineWidth) < 1.5) faults.push("focus is not visible");
      let over;
      const seen = [...e.getClientRects()].some(box => {
        const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)], [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
        return right > left && bottom > top && [[.5, .5], [.1, .2], [.9, .8], [.1, .8], [.9, .2]].some(([x, y]) => {
          const hit = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
          over = hit;
          return hit && (e.contains(hit) || hit.contains(e));
        });
      });
      if (!seen) faults.push(`focused, and hidden${over ? ` by ${over.nodeName.toLowerCase()}.${over.className}` : ""}`);
      window.visited.push(e);
      return faults.map(fault => [fault, `${e.nodeName.toLowerCase()}.${e.className} “${e.textContent.trim().slice(0, 30)}”`]);
    });
    if (!seen) break;
    for (const [fault, where] of seen) report.fault(page, `keyboard: ${fault} (${mode})`, where);
  }
  const reached = await tab.evaluate(() => window.visited.length);
  report.figure(page, "keys", reached);
  if (reached < Math.min(expected, most)) report.fault(page, `keyboard: not everything is reached (${mode})`, `${reached} of ${expected}`);
}
