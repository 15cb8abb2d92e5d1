// Without scripts, on paper, and in the colours that the reader forces on the page.

/** Everything that can be read with scripts can be read without, and no control is there in vain. */
export async function withoutScripts(tab, address, text, page, report) {
  await tab.goto(address);
  const plain = await tab.evaluate(() => document.querySelector("main").textContent.replace(/\s+/g, " "));
  if (plain.length < text.length) report.fault(page, "without scripts", `${text.length - plain.length} characters fewer`);
  const idle = await tab.evaluate(() => [...document.querySelectorAll("button")].filter(b => b.checkVisibility({ visibilityProperty: true })).map(b => b.className));
  if (idle.length) report.fault(page, "without scripts", `a control that does nothing: ${idle[0]}`);
}

/** A sheet of paper, on its side: black on white, and every session of the schedule with its room. */
export async function paper(tab, page, report) {
  await tab.emulateMedia({ media: "print" });
  await tab.setViewportSize({ width: 1046, height: 718 });
  const faults = await tab.evaluate(() => {
    const faults = [], shown = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const body = getComputedStyle(document.documentElement);
    if (body.backgroundColor != "rgb(255, 255, 255)" || body.color != "rgb(0, 0, 0)") faults.push(`${body.color} on ${body.backgroundColor}`);
    const menu = [...document.querySelectorAll("header nav, button, .skip")].filter(shown).filter(e => e.getBoundingClientRect().right > 0);
    if (menu.length && document.querySelector("header nav") && menu.includes(document.querySelector("header nav"))) faults.push("the navigation is printed");
    if (document.documentElement.scrollWidth > innerWidth) faults.push(`${document.documentElement.scrollWidth - innerWidth} px wider than the paper`);
    for (const box of document.querySelectorAll(".schedule *")) {
      const { width, right } = box.getBoundingClientRect();
      if (width && right > innerWidth + 1) { faults.push(`off the paper: ${box.textContent.trim().slice(0, 40)}`); break; }
    }
    for (const day of document.querySelectorAll(".schedule .day")) {
      const heads = [...day.querySelectorAll(".rooms span")].filter(shown).map(e => e.textContent.trim());
      const named = [...day.querySelectorAll(".room")].map(e => e.textContent.trim());
      const lost = named.find(room => !heads.includes(room) && ![...day.querySelectorAll(".room")].some(e => e.textContent.trim() == room && shown(e) && e.getBoundingClientRect().width > 2));
      if (lost) faults.push(`no such room on paper: ${lost}`);
    }
    return faults;
  });
  for (const fault of faults) report.fault(page, "print", fault);
  await tab.emulateMedia({ media: null });
}

/** Forced colours take backgrounds away: what is drawn, bordered or marked must not go with them. */
export async function forced(tab, page, report) {
  await tab.emulateMedia({ forcedColors: "active" });
  const faults = await tab.evaluate(() => {
    const faults = [], ground = getComputedStyle(document.documentElement).backgroundColor;
    for (const path of document.querySelectorAll("main svg path")) if (getComputedStyle(path).fill == ground) { faults.push("a chart without bars"); break; }
    for (const state of document.querySelectorAll(".state, .button, .tag")) {
      const style = getComputedStyle(state);
      if (style.borderTopStyle == "none" || style.borderTopColor == ground) { faults.push(`no border: .${state.className}`); break; }
    }
    const current = document.querySelector(".menu [aria-current]");
    if (current) {
      const style = getComputedStyle(current);
      if (style.outlineStyle == "none" && style.borderBottomColor == ground) faults.push("the current entry of the menu is not marked");
    }
    return faults;
  });
  for (const fault of faults) report.fault(page, "forced colours", fault);
  await tab.emulateMedia({ forcedColors: null });
}
