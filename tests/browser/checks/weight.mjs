// What a page makes a browser fetch, and how much that is.
import { gzipSync } from "node:zlib";

/** What the style sheets of a page may weigh in any theme; that of the search comes on top. */
const sheets = 8 * 1024, ofSearch = 1.25 * 1024;

// A theme of drawings has one sheet for each kind of page: for texts, for events, for all else.
const drawn = {
  post: { html: 7 * 1024, css: 5.5 * 1024, js: 2 * 1024, all: 13 * 1024 },
  schedule: { css: sheets, js: 4 * 1024, all: 30 * 1024 },
  // With the script of the search and its style.
  search: { css: sheets + ofSearch, js: 9 * 1024 },
  pictures: { css: 5.5 * 1024, js: 2 * 1024 },
  any: { css: sheets, js: 4 * 1024 },
};

const quiet = {
  post: { html: 6 * 1024, css: 6 * 1024, js: 2 * 1024, all: 13 * 1024 },
  schedule: { css: 6 * 1024, js: 2 * 1024, all: 20 * 1024 },
  // With the script of the search and its style.
  search: { css: 7.5 * 1024, js: 9 * 1024 },
  // With the style of galleries.
  pictures: { css: 6.25 * 1024, js: 2 * 1024 },
  any: { css: 6 * 1024, js: 2 * 1024 },
};

// What others make of a theme may weigh a little more.
const derived = { html: 12 * 1024, css: 7 * 1024, js: 2 * 1024 };

// With the sheet of its parent.
const child = { html: 20 * 1024, css: sheets, js: 9 * 1024 };

/** How much each kind of page of a theme may weigh. */
export function boundsOf(theme) {
  if (theme == "score") return drawn;
  if (theme == "quayside") return { post: child, schedule: child, search: { ...child, css: sheets + ofSearch }, any: child };
  return theme == "runbook" ? quiet : { post: derived, schedule: derived, any: derived };
}

/** Listens to a tab: every answer, until `weigh` is asked. */
export function listen(tab) {
  const answers = [];
  tab.on("response", answer => answers.push(answer));
  return answers;
}

/** Sizes are after gzip, as a host sends them; images count as they are. */
export async function weigh(answers, origin, page, bounds, report) {
  const sums = { html: 0, css: 0, js: 0, all: 0 };
  const seen = new Set();
  for (const answer of answers) {
    const url = answer.url(), kind = { document: "html", stylesheet: "css", script: "js" }[answer.request().resourceType()];
    if (url.startsWith("data:") || seen.has(url)) continue;
    seen.add(url);
    if (!url.startsWith(origin)) report.fault(page.kind, "a request to others", url);
    if (answer.request().resourceType() == "font") report.fault(page.kind, "a font file", url);
    if (answer.status() >= 400 && !url.endsWith("/404.html")) report.fault(page.kind, `status ${answer.status()}`, url);
    const body = await answer.body().catch(() => Buffer.alloc(0));
    const size = kind ? gzipSync(body, { level: 9 }).length : body.length;
    if (kind) sums[kind] += size;
    sums.all += size;
  }
  report.figure(page.kind, "requests", seen.size);
  for (const [sum, size] of Object.entries(sums)) report.figure(page.kind, sum == "all" ? "KiB" : sum, Number((size / 1024).toFixed(1)));
  for (const [name, most] of Object.entries(bounds[page.weight] ?? bounds.any))
    if (sums[name] > most) report.fault(page.kind, `weight of ${name}`, `${sums[name]} bytes, at most ${most}`);
}
