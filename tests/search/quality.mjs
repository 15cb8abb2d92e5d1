// How well the search of a built site finds what is known to be in it: node quality.mjs SITE [--queries N] [--least]
// [--beside SITE] [--pagefind PROGRAM]
//
// Makes queries of what the site has: names with one wrong letter or without accents, the two words of a title that are rarest in
// titles, in either order, aliases of tools (where the site has the API), words of a body, phrases of one; words and phrases are
// such as at most five texts have, so that it is known which are to be found. Prints a table of how
// often the page, or one of the same title, is among the first 1, 5 and 10 results, of the bytes (gzip) that a first query loads,
// and of the time once these are there. What is in quotes is looked up in pages, whose bytes are told apart. `--least` ends with
// status 1 where names, tools or titles are below 0.95 at 5, or words of a text and phrases below 0.85. `--beside` asks the same of the search of another build of
// this site. `--pagefind` has that program index a copy of the site, and prints its table too.
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

const { positionals: [site], values: flags } = parseArgs({ allowPositionals: true, options: { queries: { type: "string", default: "100" }, least: { type: "boolean" }, pagefind: { type: "string" }, beside: { type: "string" } } });
const most = Number(flags.queries), folder = join(site, "search");

/** The engine of a built site. A module for Node has another ending. */
async function engineOf(folder) {
  const scratch = await mkdtemp(join(tmpdir(), "ssg-search-"));
  const script = (await readdir(folder)).find(name => /^engine\..*js$/.test(name));
  await writeFile(join(scratch, "engine.mjs"), await readFile(join(folder, script)));
  const engine = await import(join(scratch, "engine.mjs"));
  await rm(scratch, { recursive: true });
  return engine;
}
const { open, words, whole } = await engineOf(folder);

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
const chunks = index.kinds.flatMap(([kind, files, counts]) => counts.map(() => ({ kind, files })));
const documents = (await Promise.all(chunks.flatMap(({ kind, files }, chunk) => Array.from({ length: files }, async (_, file) =>
  JSON.parse(await readFile(join(folder, `rows-${chunk}-${file}.json`), "utf8")).map(([path, title]) => ({ kind, path: index.base + whole(path, title).slice(1), title })))))).flat();
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
const spaced = text => text.split(/[^\p{L}\p{N}\p{M}]+/u).filter(word => [...word].length > 3);
const counted = texts => {
  const counts = new Map();
  for (const text of texts) for (const word of new Set(words(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return word => Math.max(0, ...words(word).map(one => counts.get(one) ?? 0));
};
const two = (title, inTitles) => {
  const rare = [...new Set(spaced(title))].sort((a, b) => inTitles(a) - inTitles(b) || (a < b ? -1 : 1)).slice(0, 2);
  return rare.length < 2 ? null : (random(2) ? rare : rare.reverse()).join(" ");
};
/** The body of a page: what stands in `prose`, where the theme has that. What a theme writes around it is no text of the page. */
const bodyOf = html => {
  const main = /<main[^]*<\/main>/.exec(html)?.[0] ?? "", from = main.search(/<div class="prose\b/);
  if (from < 0) return main;
  let depth = 0;
  for (const tag of main.slice(from).matchAll(/<(\/?)div\b/g)) {
    depth += tag[1] ? -1 : 1;
    if (!depth) return main.slice(from, from + tag.index);
  }
  return main;
};
const paragraphs = async path => {
  const html = await readFile(fileOf(path), "utf8").catch(() => "");
  return [...bodyOf(html).matchAll(/<p>([^]*?)<\/p>/g)].map(([, text]) => text.replace(/<[^>]+>/g, "").replace(/&[^;]+;/g, " ").trim());
};
// Which texts have a word, and the words of each.
const texts = [], having = new Map();
for (const { path } of of("event", "talk", "post")) {
  const all = words((await paragraphs(path)).join(" \n "));
  for (const word of new Set(all)) (having.get(word) ?? having.set(word, []).get(word)).push(texts.length);
  texts.push(` ${all.join(" ")} `);
}
const shared = (text, side) => {
  const all = words(text), rarest = all.toSorted((a, b) => (having.get(a)?.length ?? 0) - (having.get(b)?.length ?? 0))[0];
  return (having.get(rarest) ?? []).filter(one => side ? texts[one].includes(` ${all.join(" ")} `) : all.every(word => texts[one].includes(` ${word} `))).length;
};
/** Five words of a text that are side by side there, or with others between them that are not wanted. */
const five = async ({ path }, isWanted = () => true, side = true) => {
  const long = (await paragraphs(path)).map(text => text.split(/\s+/).filter(isWanted)).filter(all => all.length > 9);
  for (let tries = long.length && 10; tries--;) {
    const text = long[random(long.length)], from = random(text.length - 5), found = text.slice(from, from + 5).join(" ");
    if (shared(found, side) <= 5) return found;
  }
  return null;
};

const rows = [], same = new Map(documents.map(({ kind, path, title }) => [path, `${kind} ${words(title).join(" ")}`]));
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
const inTitles = counted(titled.map(one => one.title));
await make("two words of a title", titled, one => two(one.title, inTitles));
const known = await readFile(join(site, "api/tools.json"), "utf8").then(JSON.parse, () => ({ tools: [] }));
const aliases = known.tools.flatMap(tool => tool.aliases.map(alias => ({ alias, path: new URL(tool.url).pathname })));
await make("tools by an alias", aliases, one => one.alias);
// Words of more than three letters that less than one text in ten has.
const sample = await Promise.all(some(titled).map(async one => (await paragraphs(one.path)).join(" ")));
const inTexts = counted(sample);
const isTelling = word => spaced(word).length > 0 && inTexts(word) * 10 < sample.length;
await make("five telling words of a text", titled, one => five(one, isTelling, false));
await make("five words in a row", titled, one => five(one));
await make("five words in quotes", titled, async one => {
  const text = await five(one);
  return text && `"${text.replaceAll('"', "")}"`;
});

const titles = titled.map(one => ` ${words(one.title).join(" ")} `);
await make("three words of a title in quotes", titled, one => {
  const all = one.title.replaceAll('"', "").split(/\s+/), text = all.slice(1, 4).join(" ");
  const having = titles.filter(title => title.includes(` ${words(text).join(" ")} `)).length;
  return all.length > 4 && having + shared(text, true) <= 5 && `"${text}"`;
});

const sizes = new Map();
const sizeOf = (name, bytes) => sizes.get(name) ?? sizes.set(name, gzipSync(bytes, { level: 9 }).length).get(name);
const middle = list => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
let isEnough = true;

/** Prints a table of what a search finds. `first` gives the paths of ten results with the bytes that were loaded, `again` gives them once these are there. */
async function print(title, first, again) {
  console.log(`| ${title} | asked | at 1 | at 5 | at 10 | KB, middle | KB, most | KB of pages | ms, middle | ms, most |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|`);
  for (const [name, asked] of rows) {
    const found = [0, 0, 0], bytes = [], pages = [], times = [], missed = [];
    for (const [query, path] of asked) {
      const { paths, loaded, read } = await first(query);
      await again(query);
      const start = performance.now();
      await again(query);
      times.push(performance.now() - start);
      bytes.push(loaded / 1000);
      pages.push(read / 1000);
      const at = paths.findIndex(one => one == path || same.get(one) == same.get(path));
      [1, 5, 10].forEach((most, i) => found[i] += at >= 0 && at < most);
      if (at < 0 || at > 4) missed.push(`${query} → ${path}`);
    }
    const share = n => (n / asked.length).toFixed(2);
    console.log(`| ${[name, asked.length, ...found.map(share), middle(bytes).toFixed(0), Math.max(...bytes).toFixed(0), middle(pages).toFixed(0), middle(times).toFixed(1), Math.max(...times).toFixed(1)].join(" | ")} |`);
    if (process.env.MISSED) missed.slice(0, 12).forEach(one => console.log(`    ${one}`));
    isEnough &&= found[1] / asked.length >= (/five|quotes/.test(name) ? .85 : .95);
  }
}

const json = counted => async name => {
  const bytes = await readFile(name);
  counted.bytes += sizeOf(name, bytes);
  return JSON.parse(bytes);
};
const text = counted => async path => {
  const bytes = await readFile(fileOf(path));
  counted.read += sizeOf(path, bytes);
  return bytes.toString();
};
/** Asks a search. */
async function ask(title, open, folder) {
  const address = join(folder, "index.json"), none = { bytes: 0, read: 0 }, warm = await open(address, { json: json(none), text: text(none) });
  await print(title, async query => {
    const counted = { bytes: 0, read: 0 };
    const { results } = await (await open(address, { json: json(counted), text: text(counted) })).find(query, { limit: 10 });
    return { paths: results.map(one => one.path), loaded: counted.bytes, read: counted.read };
  }, query => warm.find(query));
}
await ask("query", open, folder);
const wasEnough = isEnough;
const files = await readdir(folder), parts = files.filter(name => name.endsWith(".json"));
let raw = 0, packed = 0;
for (const name of parts) {
  const bytes = await readFile(join(folder, name));
  raw += bytes.length;
  packed += gzipSync(bytes, { level: 9 }).length;
}
console.log(`\n${documents.length} documents; the index has ${parts.length} files, ${(raw / 1000).toFixed(0)} KB (${(packed / 1000).toFixed(0)} KB gzip); the script ${(gzipSync(await readFile(join(folder, files.find(name => /^engine\..*js$/.test(name)))), { level: 9 }).length / 1000).toFixed(1)} KB gzip`);
if (flags.beside) await ask("beside", (await engineOf(join(flags.beside, "search"))).open, join(flags.beside, "search"));
if (flags.pagefind) await (await import("./pagefind.mjs")).pagefind(flags.pagefind, site, index.base, print);
if (flags.least && !wasEnough) process.exit(1);
