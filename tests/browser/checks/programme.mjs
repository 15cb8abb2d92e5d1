// What a script adds to a programme: what is on now, the reader's hours, filters, stars and their calendar.
import { readFile } from "node:fs/promises";
import { watchShifts } from "./layout.mjs";

const widths = [1280, 390];

/** The programme at `address` while it runs, at the instant `at`, read in New York. */
export async function programme(browser, address, at, page, report) {
  for (const width of widths) {
    const fault = (rule, seen) => report.fault(page, `${rule} (${width})`, seen);
    const context = await browser.newContext({ viewport: { width, height: 800 }, timezoneId: "America/New_York", reducedMotion: "reduce" });
    await context.addInitScript(watchShifts);
    await context.clock.setFixedTime(new Date(at));
    const tab = await context.newPage();
    await tab.goto(address, { waitUntil: "load" });
    if (!await tab.locator(".chips[data-now]").count()) return context.close();
    await running(tab, at, fault);
    await hours(tab, fault);
    if (width == widths[0]) {
      await rooms(tab, fault);
      await stars(tab, fault);
    }
    await context.clock.setFixedTime(new Date(Date.parse(at) - 7 * 86400000));
    await tab.reload({ waitUntil: "load" });
    const early = await tab.evaluate(() => document.querySelectorAll(".line, .now, .over").length);
    if (early) fault("now, on another day", `${early} marks`);
    await context.close();
  }
}

/** What runs is framed, named and told to readers of screens; the line lies within it and moves nothing. */
async function running(tab, at, fault) {
  const faults = await tab.evaluate(async at => {
    const faults = [], t = Date.parse(at), line = document.querySelectorAll(".programme .line");
    await new Promise(done => setTimeout(done, 300));
    if (line.length != 1) return [`${line.length} lines`];
    const runs = [...document.querySelectorAll(".slot[data-s]")].filter(s => Date.parse(s.dataset.s) <= t && t < Date.parse(s.dataset.e));
    if (!runs.length) return ["nothing runs"];
    for (const slot of runs) {
      const block = slot.querySelector(".b");
      if (slot.getAttribute("aria-current") != "time") faults.push("what runs has no aria-current");
      if (getComputedStyle(block).outlineStyle != "solid") faults.push("what runs has no frame");
      if (!/\w/.test(getComputedStyle(block, "::after").content)) faults.push("what runs has no word");
    }
    const y = line[0].getBoundingClientRect().top, boxes = runs.map(s => s.getBoundingClientRect());
    const end = innerWidth > 740 ? Math.max(...boxes.map(b => b.bottom)) : Math.max(...boxes.map(b => b.bottom)) + 40;
    if (y < Math.min(...boxes.map(b => b.top)) || y > end) faults.push(`the line is at ${Math.round(y)}, what runs from ${Math.round(Math.min(...boxes.map(b => b.top)))} to ${Math.round(end)}`);
    if (!/ \d\d:\d\d$/.test(line[0].dataset.t)) faults.push(`the line says ${line[0].dataset.t}`);
    if (window.shifts.sum) faults.push(`layout shift ${window.shifts.sum}`);
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px`);
    return faults;
  }, at);
  for (const seen of faults) fault("now", seen);
}

/** The reader's hours come and go with the button. */
async function hours(tab, fault) {
  const first = () => tab.evaluate(() => document.querySelector(".slot .hrs").textContent);
  const there = await first();
  await tab.locator(".zone").click();
  const here = await first();
  const hour = text => Number(text.slice(0, 2));
  if ((hour(there) - hour(here) + 24) % 24 < 4) fault("hours of the reader", `${there} is ${here} in New York`);
  if (!await tab.evaluate(() => document.querySelector(".zone").parentElement.firstElementChild.textContent.includes("America/New_York"))) fault("hours of the reader", "the zone is not named");
  await tab.locator(".zone").click();
  if (await first() != there) fault("hours of the reader", `${there} comes back as ${await first()}`);
}

/** A room leaves its sessions and those of all rooms. */
async function rooms(tab, fault) {
  const select = tab.locator(".chips select");
  if (!await select.count()) return;
  await select.selectOption({ index: 1 });
  const seen = await tab.evaluate(() => {
    const room = document.querySelector(".chips select").value;
    const lit = [...document.querySelectorAll(".slot[data-s]:not(.dim)")].filter(s => s.querySelector("h4"));
    return { dim: document.querySelectorAll(".slot.dim").length, others: lit.filter(s => !s.classList.contains("all") && s.querySelector(".room").textContent != room).length };
  });
  if (!seen.dim || seen.others) fault("filter by room", JSON.stringify(seen));
  await select.selectOption({ index: 0 });
}

/** A star is kept, and what is starred is one calendar. */
async function stars(tab, fault) {
  await tab.locator(".slot .star").first().click();
  await tab.locator(".chips [data-f='*']").click();
  const waiting = tab.waitForEvent("download", { timeout: 5000 }).catch(() => null);
  await tab.locator(".chips .ics").click();
  const file = await waiting, text = file ? await readFile(await file.path(), "utf8") : "";
  const of = name => text.split("\r\n").filter(line => line.startsWith(name)).length;
  if (of("BEGIN:VEVENT") != 1 || of("DTSTART:") != 1 || of("UID:") != 1 || !text.endsWith("END:VCALENDAR\r\n")) fault("calendar of stars", text.slice(0, 300) || "no file");
  if (text.split("\r\n").some(line => Buffer.byteLength(line) > 75 && /^[\x20-\x7e]*$/.test(line))) fault("calendar of stars", "a line of more than 75 bytes");
  await tab.reload({ waitUntil: "load" });
  if (await tab.locator(".star[aria-pressed=true]").count() != 1) fault("stars", "not kept");
}
