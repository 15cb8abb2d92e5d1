// Lighthouse's scores. Performance depends on the machine and is printed, never asserted.
import lighthouse from "lighthouse";

export async function scores(address, port, page, report) {
  const onlyCategories = ["performance", "accessibility", "best-practices", "seo"];
  const { lhr } = await lighthouse(address, { port, logLevel: "silent", output: "json", onlyCategories });
  const score = id => Math.round((lhr.categories[id].score ?? 0) * 100);
  report.figure(page, "Lighthouse", onlyCategories.map(score).join("/"));
  for (const id of onlyCategories.slice(1)) if (score(id) < 100) {
    const low = lhr.categories[id].auditRefs.map(ref => lhr.audits[ref.id]).filter(audit => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode != "informative" && !isName(audit));
    for (const audit of low) report.fault(page, `Lighthouse ${id} ${score(id)}`, `${audit.id}: ${audit.details?.items?.[0]?.node?.selector ?? audit.title}`);
  }
}

/** Whether all that an audit finds are names of tools: `Go` is a link to a language, and "go" is what it takes for an empty word. */
function isName(audit) {
  const texts = audit.details?.items?.map(item => item.text) ?? [];
  return audit.id == "link-text" && texts.length > 0 && texts.every(text => text == "Go");
}
