// axe-core finds nothing: WCAG 2.2 A and AA, and its best practices, with every disclosure open. What does not
// depend on colours is the same in the dark and is not looked for there again.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const ofColour = ["color-contrast", "link-in-text-block"];

export async function axe(tab, mode, page, report) {
  const rules = mode.includes("dark") ? { type: "rule", values: ofColour } : { type: "tag", values: tags };
  await tab.evaluate(() => { document.querySelectorAll("details").forEach(details => details.open = true); scrollTo(0, 0); });
  await tab.evaluate(source);
  const violations = await tab.evaluate(async rules => {
    const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(node => `${node.target.join(" ")} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""}`) }));
  }, rules);
  report.count(page, "axe", violations.length);
  for (const { id, nodes } of violations)
    report.fault(page, `axe ${id} (${mode})`, `${nodes[0]}${nodes.length > 1 ? ` and ${nodes.length - 1} more` : ""}`);
}
