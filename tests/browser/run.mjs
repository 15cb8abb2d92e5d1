// Looks at built sites in a real browser: node run.mjs [--theme NAME]... [--only KIND] [--no-lighthouse]
//
// Builds the demonstration and two sites of edge cases with SSG_BIN (target/debug/ssg), serves them on loopback,
// and looks at one page of each kind. The first theme is looked at in full, the others at fewer pages. Prints a
// table and the faults; ends with status 1 where there is one. A site of photographs, which are drawn, is built with
// SSG_PICTURES_BIN, else with SSG_BIN, and passed over where that program cannot process any.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { axe } from "./checks/axe.mjs";
import { colours } from "./checks/colours.mjs";
import { keyboard } from "./checks/keyboard.mjs";
import { shifts, sideways, watchShifts } from "./checks/layout.mjs";
import { scores } from "./checks/lighthouse.mjs";
import { forced, paper, withoutScripts } from "./checks/modes.mjs";
import { programme } from "./checks/programme.mjs";
import { scheme as switching } from "./checks/scheme.mjs";
import { search } from "./checks/search.mjs";
import { vnu } from "./checks/vnu.mjs";
import { boundsOf, listen, weigh } from "./checks/weight.mjs";
import { find, launch } from "./lib/browser.mjs";
import { Report } from "./lib/report.mjs";
import { matrix, open, root } from "./lib/sites.mjs";

const { values: flags } = parseArgs({ options: {
  theme: { type: "string", multiple: true, default: ["score"] },
  only: { type: "string" },
  "no-lighthouse": { type: "boolean", default: false },
} });
const chromium = find();
if (!chromium) {
  console.log("skipped: the browser (there is no chromium in PATH)");
  process.exit(0);
}
const binary = resolve(process.env.SSG_BIN ?? join(root, "target/debug/ssg"));
const binaryOfPictures = process.env.SSG_PICTURES_BIN ? resolve(process.env.SSG_PICTURES_BIN) : binary;
const scratch = await mkdtemp(join(tmpdir(), "ssg-browser-"));
const { browser, port } = await launch(chromium);
let faults = 0;

try {
  for (const [index, theme] of flags.theme.entries()) faults += await look(theme, index > 0);
} finally {
  await browser.close();
  await rm(scratch, { recursive: true, force: true });
}
process.exit(faults ? 1 : 0);

async function look(theme, reduced) {
  const report = new Report(), started = Date.now(), errors = {};
  for (const { site, pages } of matrix(reduced)) {
    const some = pages.filter(page => !flags.only || page.kind == flags.only);
    if (!some.length) continue;
    const served = await open(site, theme, scratch, site == "pictures" ? binaryOfPictures : binary);
    if (!served) {
      console.log("skipped: the site of photographs (this program was built without the cargo feature `pictures`)");
      continue;
    }
    const checked = flags.only ? null : vnu(served.folder, site, report);
    // Two at a time: the slow one of each width beside the other.
    for (const scheme of ["light", "dark"]) await Promise.all([1280, 390].map(width => inMode(width, scheme, some, served, theme, report)));
    errors[site] = await checked;
    if (!flags["no-lighthouse"] && !reduced)
      for (const page of some.filter(page => page.lighthouse)) await scores(served.origin + page.path, port, page.kind, report);
    served.close();
  }
  console.log(`\n## ${theme}\n\n${report.table()}\n\nvnu: ${Object.entries(errors).map(([site, n]) => `${site} ${n ?? "–"}`).join(", ")} errors. ${Math.round((Date.now() - started) / 1000)} s.`);
  for (const fault of report.lines()) console.log(`fault: ${fault}`);
  console.log(report.faults.size ? `${report.faults.size} faults` : "no fault");
  return report.faults.size;
}

/** All pages at one width in one scheme; what does not depend on these is looked at in one of them only. */
async function inMode(width, scheme, pages, served, theme, report) {
  const mode = `${width} ${scheme}`, first = width == 1280 && scheme == "light", small = width == 390 && scheme == "light";
  const size = { viewport: { width, height: 800 }, colorScheme: scheme };
  const context = await browser.newContext(size);
  const bare = first ? await browser.newContext({ ...size, javaScriptEnabled: false }) : null;
  const bareTab = await bare?.newPage();
  await context.addInitScript(watchShifts);
  for (const page of pages) {
    const tab = await context.newPage(), answers = listen(tab), address = served.origin + page.path, name = page.kind;
    tab.on("console", said => said.type() == "error" && /Content Security Policy/.test(said.text()) && report.fault(name, "refused by the site's own policy", said.text().slice(0, 200)));
    tab.on("pageerror", error => report.fault(name, `script (${mode})`, error.message));
    if (first || small) await shifts(tab, address, mode, name, report);
    else await tab.goto(address, { waitUntil: "load" });
    if (first) {
      await weigh(answers, served.origin, page, boundsOf(theme), report);
      const text = await tab.evaluate(() => { const main = document.querySelector("main").cloneNode(true); main.querySelectorAll("button").forEach(b => b.remove()); return main.textContent.replace(/\s+/g, " "); });
      if (!page.scripted) await withoutScripts(bareTab, address, text, name, report);
    }
    if (first && page.kind == "home") await switching(browser, address, name, report);
    if (first && page.runs) await programme(browser, address, page.runs, name, report);
    if (page.rtl && await tab.evaluate(() => document.documentElement.dir) != "rtl") report.fault(name, "direction", "html has no dir=rtl");
    if (first || small) await keyboard(tab, mode, first ? 400 : 150, name, report);
    if (page.code && width == 1280) await colours(tab, scheme, name, report);
    await axe(tab, mode, name, report);
    if (small) {
      await sideways(tab, name, report);
      await forced(tab, name, report);
      await paper(tab, name, report);
    }
    // Last: it leads away.
    if (page.search && await tab.locator("a[data-script]").count()) await search(tab, mode, name, report);
    await tab.close();
  }
  await context.close();
  await bare?.close();
}
