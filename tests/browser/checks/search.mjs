// The search over a page: it opens with a key and by its link, is a combobox, finds, leads on, closes, and axe finds nothing in it.
// What it loads before it is opened and with the first query is bounded.
import { gzipSync } from "node:zlib";
import { axe } from "./axe.mjs";

const most = { opened: 8 * 1024, found: 60 * 1024 };

export async function search(tab, mode, page, report) {
  const fault = (rule, what) => report.fault(page, `search: ${rule} (${mode})`, what);
  const loaded = { opened: 0, found: 0 }, reads = [];
  const count = answer => reads.push(answer.body().then(body => {
    const name = new URL(answer.url()).pathname, size = gzipSync(body, { level: 9 }).length;
    if (/\.(js|css)$/.test(name)) loaded.opened += size;
    else if (/search\/.*\.json$/.test(name)) loaded.found += size;
  }, () => {}));
  tab.on("response", count);
  await tab.evaluate(() => scrollTo(0, 0));
  await tab.keyboard.press("/");
  const field = tab.locator("dialog[open] [role=combobox]");
  await field.waitFor({ timeout: 5000 }).catch(() => {});
  if (!await field.count()) return fault("does not open", "no combobox in a dialog after `/`");
  if (!await field.evaluate(element => element == document.activeElement)) fault("focus", "the field is not focused");
  await axe(tab, mode, page, report);
  await tab.keyboard.type("kubernets", { delay: 10 });
  const options = tab.locator("dialog [role=option]");
  await options.first().waitFor({ timeout: 5000 }).catch(() => {});
  if (!await options.count()) return fault("finds nothing", "no option for `kubernets`");
  await tab.waitForTimeout(400);
  await Promise.all(reads);
  tab.off("response", count);
  for (const [part, size] of Object.entries(loaded)) if (size > most[part]) fault(`loads too much (${part})`, `${size} bytes, at most ${most[part]}`);
  report.figure(page, "search KiB", ((loaded.opened + loaded.found) / 1024).toFixed(1));
  await tab.keyboard.press("ArrowDown");
  const active = await field.getAttribute("aria-activedescendant");
  const chosen = await tab.locator("dialog [role=option][aria-selected=true]").getAttribute("id").catch(() => null);
  if (!active || active != chosen) fault("choice", `the field names ${active}, chosen is ${chosen}`);
  if (await field.getAttribute("aria-expanded") != "true") fault("choice", "the field is not expanded");
  if (!await tab.locator("dialog [role=status]").textContent()) fault("status", "nothing is said of the results");
  await axe(tab, mode, page, report);
  const box = await tab.locator("dialog[open]").boundingBox(), width = tab.viewportSize().width;
  if (box.x < 0 || box.x + box.width > width + 1) fault("sideways", `from ${box.x} to ${box.x + box.width} of ${width}`);
  await tab.keyboard.press("Escape");
  if (await tab.locator("dialog[open]").count()) fault("does not close", "the dialog is open after Escape");
  await tab.locator("a.find").click();
  await field.waitFor({ timeout: 5000 }).catch(() => {});
  await tab.waitForTimeout(100);
  await tab.keyboard.press("ArrowDown");
  await Promise.all([tab.waitForURL(/tools\/kubernetes/, { timeout: 5000 }).catch(() => fault("does not lead on", tab.url())), tab.keyboard.press("Enter")]);
}
