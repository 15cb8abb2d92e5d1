// How well the search of a built site finds what is known to be in it: node quality.mjs SITE [--queries N] [--least]
//
// Makes queries of what the site has: names with one wrong letter or without accents, two words of a title in either order,
// aliases of tools (where the site has the API), a few words of a text. Prints a table of how often the page is among the first 1, 5
// and 10 results, of the bytes (gzip) that a first query loads, and of the time once these are there. `--least` ends with status 1
// where names, tools or titles are below 0.95 at 5, or phrases below 0.85.
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

const { positionals: [site], values: flags } = parseArgs({ allowPositionals: true, options: { queries: { type: "string", default: "100" }, least: { type: "boolean" } } });
const most = Number(flags.queries), folder = join(site, "search");

// A module for Node has another ending.
const scratch = await mkdtemp(join(tmpdir(), "ssg-search-"));
const script = (await readdir(folder)).find(name => /^engine\..*js$/.test(name));
await writeFile(join(scratch, "engine.mjs"), await readFile(join(folder, script)));
const { open, words } = await import(join(scratch, "engine.mjs"));
await rm(scratch, { recursive: true });

// Both sides of the index fold words alike.
const table = JSON.parse(await readFile(new URL("../../crates/ssg-render/src/words/table.json", import.meta.url)));
for (const [text, expected] of table) if (words(text).join(" ") != expected.join(" ")) {
  console.error(`words of ${text}: ${words(text)} in place of ${expected}`);
  process.exit(1);
}

// Numbers at random, the same each time.
let seed = 7;
const random = below => {
  seed = seed + 0x6d2b79f5 | 0;
  let mixed = Math.imul(seed ^ seed >>> 15, 1 | seed);
  mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
  return ((mixed ^ mixed >>> 14) >>> 0) % below;
};
const some = list => {
  const rest = [...list], chosen = [];
  while (rest.length && chosen.length < most) chosen.push(...rest.splice(random(rest.length), 1));
  return chosen;
};

const index = JSON.parse(await readFile(join(folder, "index.json"), "utf8"));
const kinds = index.kinds.flatMap(([kind, chunks]) => Array(chunks).fill(kind));
const documents = (await Promise.all(kinds.map(async (kind, chunk) => JSON.parse(await readFile(join(folder, `rows-${chunk}.json`), "utf8"))
  .map(([path, title]) => ({ kind, path: index.base + path.slice(1), title }))))).flat();
const of = (...wanted) => documents.filter(one => wanted.includes(one.kind));
const fileOf = path => join(site, decodeURI(path.slice(index.base.length)), path.endsWith("/") ? "index.html" : "");

const misspelt = title => {
  const letters = [...title], places = letters.flatMap((letter, i) => /[a-z]/.test(letter) ? [i] : []);
  if (places.length < 4) return null;
  const at = places[random(places.length)];
  const other = String.fromCharCode(97 + random(26));
  return other == letters[at] ? misspelt(title) : letters.with(at, other).join("");
};
const plain = title => title.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const two = title => {
  const long = [...new Set(title.split(/[^\p{L}\p{N}\p{M}]+/u))].filter(word => [...word].length > 3).sort((a, b) => b.length - a.length).slice(0, 3);
  if (long.length < 2) return null;
  const first = random(long.length), second = (first + 1 + random(long.length - 1)) % long.length;
  return `${long[first]} ${long[second]}`;
};
const phrase = async ({ path }) => {
  const html = await readFile(fileOf(path), "utf8").catch(() => "");
  const main = /<main[^]*<\/main>/.exec(html)?.[0] ?? "";
  const texts = [...main.matchAll(/<p>([^]*?)<\/p>/g)].map(([, text]) => text.replace(/<[^>]+>/g, "").replace(/&[^;]+;/g, " ").trim());
  const long = texts.map(text => text.split(/\s+/)).filter(all => all.length > 9);
  if (!long.length) return null;
  const text = long[random(long.length)], from = random(text.length - 5);
  return text.slice(from, from + 5).join(" ");
};

const rows = [];
const names = of("term:speakers"), tools = of("term:tools"), titled = of("event", "talk", "post");
const make = async (name, from, query) => {
  const asked = [];
  for (const one of some(from)) {
    const text = await query(one);
    if (text && words(text).length) asked.push([text, one.path]);
  }
  if (asked.length) rows.push([name, asked]);
};
await make("people, one wrong letter", names, one => misspelt(one.title));
await make("people, without accents", names.filter(one => /[^\x00-\x7f]/.test(one.title)), one => plain(one.title));
await make("tools, one wrong letter", tools, one => misspelt(one.title));
await make("two words of a title", titled, one => two(one.title));
const known = await readFile(join(site, "api/tools.json"), "utf8").then(JSON.parse, () => ({ tools: [] }));
const aliases = known.tools.flatMap(tool => tool.aliases.map(alias => ({ alias, path: new URL(tool.url).pathname })));
await make("tools by an alias", aliases, one => one.alias);
await make("words of a text", of("post", "talk", "event"), phrase);
await make("a phrase in quotes", of("post", "talk", "event"), async one => {
  const text = await phrase(one);
  return text && `"${text.replaceAll('"', "")}"`;
});

const sizes = new Map();
const json = counted => async name => {
  const bytes = await readFile(name);
  if (!sizes.has(name)) sizes.set(name, gzipSync(bytes, { level: 9 }).length);
  counted.bytes += sizes.get(name);
  return JSON.parse(bytes);
};
const text = path => readFile(fileOf(path), "utf8");
const address = join(folder, "index.json"), warm = await open(address, { json: json({ bytes: 0 }), text });
const middle = list => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
let isEnough = true;
console.log("| query | asked | at 1 | at 5 | at 10 | KB, middle | KB, most | ms, middle | ms, most |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|");
for (const [name, asked] of rows) {
  const found = [0, 0, 0], bytes = [], times = [], missed = [];
  for (const [query, path] of asked) {
    const counted = { bytes: 0 };
    const { results } = await (await open(address, { json: json(counted), text })).find(query, { limit: 10 });
    await warm.find(query);
    const start = performance.now();
    await warm.find(query);
    times.push(performance.now() - start);
    bytes.push(counted.bytes / 1000);
    const at = results.findIndex(one => one.path == path);
    [1, 5, 10].forEach((most, i) => found[i] += at >= 0 && at < most);
    if (at < 0 || at > 4) missed.push(`${query} → ${path}`);
  }
  const share = n => (n / asked.length).toFixed(2);
  console.log(`| ${[name, asked.length, ...found.map(share), middle(bytes).toFixed(0), Math.max(...bytes).toFixed(0), middle(times).toFixed(1), Math.max(...times).toFixed(1)].join(" | ")} |`);
  if (process.env.MISSED) missed.slice(0, 12).forEach(one => console.log(`    ${one}`));
  const least = /text|phrase/.test(name) ? .85 : .95;
  isEnough &&= found[1] / asked.length >= least;
}
const files = await readdir(folder), whole = files.filter(name => name.endsWith(".json"));
let raw = 0, packed = 0;
for (const name of whole) {
  const bytes = await readFile(join(folder, name));
  raw += bytes.length;
  packed += gzipSync(bytes, { level: 9 }).length;
}
console.log(`\n${documents.length} documents; the index has ${whole.length} files, ${(raw / 1000).toFixed(0)} KB (${(packed / 1000).toFixed(0)} KB gzip); the script ${(gzipSync(await readFile(join(folder, script)), { level: 9 }).length / 1000).toFixed(1)} KB gzip`);
if (flags.least && !isEnough) process.exit(1);
