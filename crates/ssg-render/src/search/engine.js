// Search in the index that the build wrote; the format, the markup and this interface are told in the book's page on search.
const ALIKE = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th", ς: "σ" };
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const unspaced = new RegExp(`[${UNSPACED}]`, "u"), parts = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const LETTER = "\\p{Alphabetic}\\p{N}";
const run = new RegExp(`[${LETTER}]{1,2}[+#]{1,2}(?![${LETTER}+#])|[${LETTER}]+`, "gu");
// What the signs `A–Z a–z 0–9 - _` stand for.
const BITS = new Uint8Array(128);
for (let bits = 0; bits < 64; bits++) BITS[bits + (bits < 26 ? 65 : bits < 52 ? 71 : bits < 62 ? -4 : bits < 63 ? -17 : 32)] = bits;

/** A text as the index has it: without case, width and marks. */
export const fold = text => text.toLowerCase().normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "")
  .replace(/[^ -~]/g, letter => ALIKE[letter] ?? letter).normalize("NFC");

/** A path of a row: what stands for its last part follows from the title. */
export const whole = (path, title) => path.replace("<", () => fold(title).match(/[a-z0-9]+/g)?.join("-") + "/");

/** The words of a text. */
export function words(text) {
  const all = [];
  for (const [one] of fold(text).matchAll(run)) for (const part of one.match(parts)) {
    const letters = unspaced.test(part) ? [...part] : [];
    if (letters.length < 2) all.push(part);
    for (let i = 1; i < letters.length; i++) all.push(letters[i - 1] + letters[i]);
  }
  return all;
}

/** Groups of files with words, and how many letters decide in which a word is. */
const GROUPS = { names: 3, ends: 4, texts: 5, filters: 1e3 };
const encoder = new TextEncoder();
function fileOf(word, group, files) {
  const letters = [...word], count = group != "filters" && unspaced.test(letters[0]) ? 1 : GROUPS[group];
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(letters.slice(0, count).join(""))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return `${group}-${hash % files}.json`;
}

function wordsFrom(text) {
  const all = [], items = text ? text.split(" ") : [];
  let letters = [];
  for (let i = 0; i + 1 < items.length; i += 2) {
    letters = letters.slice(0, BITS[items[i].charCodeAt(0)]).concat([...items[i].slice(1)]);
    all.push([letters.join(""), items[i + 1]]);
  }
  return all;
}

/** Documents that have a word, how much it weighs in each, and how many there are, which may be more. */
function postings(text) {
  const numbers = [], weights = [];
  const start = text.indexOf(".") + 1, low = BITS[text.charCodeAt(start)], end = text.length * 6;
  let at = start * 6 + 6, number = 0;
  const bits = many => {
    let value = 0;
    while (many--) { value = value * 2 + (BITS[text.charCodeAt(at / 6)] >> 5 - at % 6 & 1); at++; }
    return value;
  };
  while (at < end) {
    let high = 0;
    while (at < end && bits(1)) high++;
    if (at >= end) break;
    number += high * 2 ** low + bits(low);
    numbers.push(number++);
    weights.push(bits(3));
  }
  return { numbers, weights, count: +text.slice(0, start && start - 1) || numbers.length };
}

/** Edits from one word to another, two letters in the wrong order being one; `most + 1` stands for more. Where the word may go
 * on, only as much of `b` counts as is nearest. */
function edits(a, b, most, goesOn) {
  if (a.length - b.length > most || !goesOn && b.length - a.length > most) return most + 1;
  let before, last = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return goesOn ? Math.min(...last) : last[b.length];
}

/** Whether a text has words side by side. */
const spaced = text => ` ${words(text).join(" ")} `, hasPhrase = (text, phrase) => spaced(text).includes(spaced(phrase));

const ask = as => async url => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer[as]();
};

const unescape = text => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name] ?? "'");

/** The text of a page's `main`. */
const textOf = html => unescape((/<main[^]*<\/main>/.exec(html)?.[0] ?? html).replace(/<(script|style|template)\b[^]*?<\/\1>|<[^>]+>/g, " "));

/** Opens the index at an address. `json` and `text` read files, by default over the network. */
export async function open(address, { json = ask("json"), text = ask("text") } = {}) {
  const index = await json(address);
  if (index.version != 2) throw new Error(`${address}: version ${index.version}`);
  const folder = address.slice(0, address.lastIndexOf("/") + 1), files = new Map(), frequent = index.common.map(list => new Set(list.split(" "))), [common] = frequent;
  const once = (name, make) => {
    if (!files.has(name)) files.set(name, make().catch(error => { files.delete(name); throw error; }));
    return files.get(name);
  };
  const load = (name, read = value => value) => once(name, () => json(folder + name).then(read));
  const page = path => once(path, () => text(path)).catch(() => "");
  const chunks = index.kinds.flatMap(([kind, of, counts]) => counts.map(count => ({ kind, each: Math.ceil(count / of) })));
  const size = index.kinds.reduce((sum, [, , counts]) => counts.reduce((a, b) => a + b, sum), 0);
  const groups = Object.keys(GROUPS);
  let read = 0;
  const entries = name => load(name, text => (read += text.length, wordsFrom(text)));
  const shard = (word, group) => entries(fileOf(word, group, index.shards[groups.indexOf(group)]));
  const row = async number => {
    const chunk = number % chunks.length, { kind, each } = chunks[chunk], at = Math.floor(number / chunks.length);
    // About as much as so many letters of words.
    const rows = await load(`rows-${chunk}-${Math.floor(at / each)}.json`, rows => (read += 3e3, rows));
    const [path, title, year, marks, event, people, summary = ""] = rows[at % each] ?? [];
    return path && { kind, path: index.base + whole(path, title).slice(1), title, year, event, people, summary, video: !!(marks & 1), slides: !!(marks & 2) };
  };

  /** Words of the index that may be meant by one: each with how far it counts, and its postings in names and in texts. What is
   * quoted means itself. */
  async function meant(word, goesOn, isQuoted) {
    const letters = [...word], isUnspaced = unspaced.test(word), short = letters.length < (isUnspaced ? 1 : 2), found = new Map();
    // A letter, and the first ones of a word that is being typed, are looked for in names alone.
    const inTexts = !common.has(word) && (isUnspaced || letters.length > (goesOn ? 2 : 1));
    const [names, texts] = await Promise.all([shard(word, "names"), inTexts ? shard(word, "texts") : []]);
    const add = (other, factor, group, text) => {
      if (!found.has(other)) found.set(other, { word: other, factor });
      found.get(other)[group] = text;
    };
    for (const [group, list] of [["names", names], ["texts", texts]]) for (const [other, text] of list) {
      if (other == word) add(other, 1, group, text);
      else if (isQuoted) continue;
      else if (word.length > 3 && word == other + "s") add(other, .9, group, text);
      else if (!short && other.startsWith(word)) add(other, (goesOn ? .9 : .5) * (word.length / other.length) ** .5, group, text);
    }
    const known = found.size || common.has(word), all = [...found.values()];
    if (letters.length < 4 || isUnspaced || isQuoted) return all;
    const most = letters.length > 7 ? 2 : 1;
    const near = (list, group) => {
      for (const [stored, text] of list) {
        const other = group == "ends" ? [...stored.slice(1)].reverse().join("") : stored;
        if (all.some(one => one.word == other)) continue;
        const far = edits(word, other, most, goesOn && group != "ends");
        if (far && far <= most) add(other, (known ? .2 : .5) / far, group == "texts" ? group : "names", text);
      }
    };
    near(names, "names");
    if (!known) {
      near(texts, "texts");
      // How it begins may be what is wrong: a few files are looked through, of many the one of names by their ends.
      if (index.shards[1]) near(await shard("<" + letters.reverse().join(""), "ends"), "ends");
      else for (let i = 0; i < index.shards[0]; i++) near(await entries(`names-${i}.json`), "names");
    }
    return [...found.values()];
  }

  /** Documents that have some words of a query of so many, best first, and the words that were meant. */
  async function weighed(asked, length, open, narrow, quoted) {
    const scores = new Map(), marked = new Set();
    let known = 0, needed = 0, counted = 0;
    const all = await Promise.all(asked.map(word => meant(word, word == open, quoted.has(word))));
    all.forEach((found, i) => {
      if (!found.length) return;
      const own = new Map();
      // Where not all texts with a word are known, none is said to lack it.
      let isCut = common.has(asked[i]);
      for (const { word, factor, names, texts } of found) {
        const lists = [names, texts].map(text => text ? postings(text) : { numbers: [], weights: [], count: 0 });
        const rare = Math.log(1 + size / (lists[0].count + lists[1].count + .5)) * factor;
        if (factor == 1) isCut ||= lists.some(({ count, numbers }) => count > numbers.length);
        lists.forEach(({ numbers, weights }, isText) => numbers.forEach((number, at) => {
          const weight = weights[at], score = rare * (isText ? (weight + 2) / 8 : 3 / (1 + weight * .08));
          if (!(own.get(number)?.[0] >= score)) own.set(number, [score, !isText, word, !isText && factor == 1 && weight + 1, score / (isText ? 1 : 6)]);
        }));
      }
      // Nor is what has the words asked to have a letter besides.
      const isWord = asked[i].length > 1 || asked.length < 2;
      counted++;
      known += isWord;
      needed += isWord && !isCut;
      for (const [number, [score, isName, word, ofName, ofText]] of own) {
        const sum = scores.get(number) ?? scores.set(number, { score: 0, count: 0, needed: 0, names: 0, exact: 0, ofName: 0, ofText: 0 }).get(number);
        sum.score += score; sum.ofText += ofText; sum.count += isWord; sum.needed += isWord && !isCut; sum.names += isWord && isName;
        if (ofName) { sum.exact++; sum.ofName = ofName; }
        marked.add(word);
      }
    });
    for (const [taxonomy, slug] of Object.entries(narrow)) {
      const word = `${slug}=${taxonomy}`, text = (await shard(word, "filters")).find(([one]) => one == word)?.[1];
      const these = new Set(text ? postings(text).numbers : []);
      if (!asked.length && !scores.size) for (const number of these) scores.set(number, { score: 0, count: 0, needed: 0, names: 0 });
      for (const number of scores.keys()) if (!these.has(number)) scores.delete(number);
    }
    const ranked = [...scores].map(([number, sum]) => {
      const kind = chunks[number % chunks.length].kind, part = needed ? sum.needed / needed : known ? sum.count / known : 1;
      let likes = kind.startsWith("term:") ? 1.15 : kind == "event" ? 1.1 : 1;
      if (sum.names == known) likes *= 1.5;
      // What is called as it is asked for, word by word.
      if (sum.exact == counted && sum.ofName == counted + length - asked.length) likes *= 1.3;
      return { number, kind, all: part == 1, ofText: sum.ofText * part ** 2, score: sum.score * likes * part ** 2 };
    });
    // What has all words, where there is such; else what has some of them.
    const some = ranked.some(one => one.all) && known > 1 ? ranked.filter(one => one.all) : ranked;
    return { some: some.sort((a, b) => b.score - a.score || a.number - b.number), marked };
  }

  /**
   * Finds documents. `limit` is how many results are wanted, `kind`, `year`, `video` and `narrow` ({ tools: "docker" }) filter.
   * Gives `{ count, kinds, words, results }`: of how many documents which kinds are, which words were meant, and the best.
   */
  async function find(query, { limit = 10, kind, year, video, narrow = {} } = {}) {
    const phrases = [...query.matchAll(/"([^"]+)"/g)].map(([, phrase]) => phrase).filter(phrase => words(phrase).length > 1);
    let asked = words(query);
    const quoted = new Set(phrases.flatMap(words));
    const open = /[^\s"]$/.test(query) && asked.at(-1), { length } = asked;
    const isLetter = word => word.length < 2 && word < "~", letters = asked.filter(isLetter);
    if (letters.length < length) asked = asked.filter(word => !isLetter(word));
    // Common words tell little where there are others.
    const telling = asked.filter(word => !common.has(word));
    if (telling.length > 1) asked = telling;
    // So many are enough, of a sentence without spaces too.
    asked = [...new Set(asked)].slice(0, 10);
    // Letters tell of names, and in a short query alone.
    const initials = length < 4 && letters.length < length && !phrases.length ? letters : [];
    // Of many words the three that fewest texts have are looked for, and more where these are not enough, as long as not too much
    // was loaded: for somebody who types, the words before are there.
    const rank = word => frequent.findIndex(one => one.has(word)) >>> 0;
    asked.sort((a, b) => rank(b) - rank(a) || b.length - a.length);
    let some, marked;
    const before = read;
    for (let many = 3; ; many++) {
      ({ some, marked } = await weighed([...asked.slice(0, many), ...initials], length, open, narrow, quoted));
      if (many >= asked.length || some.length < 11 || read - before > 34e3) break;
    }
    // A phrase stands in a name or in a text: where names weigh much, and where they weigh little.
    if (phrases.length) {
      const byText = some.toSorted((a, b) => b.ofText - a.ofText);
      some = [...new Set(some.flatMap((one, i) => [one, byText[i]]))];
    }
    const counts = {};
    for (const one of some) counts[one.kind] = (counts[one.kind] ?? 0) + 1;
    const chosen = kind ? some.filter(one => one.kind == kind) : some, results = [], batch = phrases.length ? 5 : limit;
    let looked = 0;
    const fits = async one => {
      if (!one || year && one.year != year || video && !one.video) return;
      const lacking = phrases.filter(phrase => !hasPhrase(`${one.title} ${one.summary}`, phrase));
      if (!lacking.length) return one;
      if (++looked > 20) return;
      const body = textOf(await page(one.path));
      return lacking.every(phrase => hasPhrase(body, phrase)) && one;
    };
    for (let at = 0; at < chosen.length && results.length < limit && looked < 20 && at < 400 && !(phrases.length && read - before > 66e3); at += batch) {
      const found = (await Promise.all(chosen.slice(at, at + batch).map(one => row(one.number).then(fits)))).filter(one => one);
      // Behind five pages in a row without the phrase others are unlikely to have it.
      if (phrases.length && results.length && !found.length) break;
      results.push(...found);
    }
    results.splice(limit);
    // Of a long query the pages of the first tell how many of its words they have, and how many side by side. Their excerpts are
    // of the same pages.
    if (!phrases.length && length > 3) {
      const all = words(query), first = await Promise.all(results.slice(0, 12).map(async one => {
        const body = spaced(textOf(await page(one.path)));
        return [one, all.filter(word => body.includes(` ${word} `)).length + all.filter((word, i) => i && body.includes(` ${all[i - 1]} ${word} `)).length];
      }));
      results.splice(0, 12, ...first.sort(([, a], [, b]) => b - a).map(([one]) => one));
    }
    return { count: chosen.length, kinds: counts, words: [...marked], results };
  }

  /** What a document's page says around the first of some words; where it has none, what it says of itself. */
  async function excerpt({ path }, meant) {
    const html = await page(path), body = textOf(html).replace(/\s+/g, " ");
    let at = 0;
    for (const [part, is] of marks(body, meant)) {
      if (is) {
        const from = at < 70 ? 0 : body.indexOf(" ", at - 70) + 1;
        return (from ? "… " : "") + body.slice(from, from + 220).replace(/\S*$/, "…");
      }
      at += part.length;
    }
    return unescape(/<meta name="description" content="([^"]*)"/.exec(html)?.[1] ?? "");
  }
  return { index, find, excerpt };
}

/** A text in parts, each with whether it is one of the words that were looked for. */
export function marks(text, meant) {
  const runs = text.match(/[\p{Alphabetic}\p{N}\p{M}]+|[^\p{Alphabetic}\p{N}\p{M}]+/gu) ?? [], all = [];
  for (const one of runs) {
    const own = words(one);
    if (!own.some(word => unspaced.test(word))) {
      all.push([one, own.some(word => meant.includes(word))]);
      continue;
    }
    const letters = [...one];
    letters.forEach((letter, i) => all.push([letter, [letters[i - 1] + letter, letter + letters[i + 1], letter].some(pair => meant.includes(fold(pair)))]));
  }
  return all.reduce((joined, [part, is]) => {
    const last = joined.at(-1);
    if (last && last[1] == is) last[0] += part; else joined.push([part, is]);
    return joined;
  }, []);
}

/** Brings a form of search to life: `root` has the markup that the book describes. */
export function mount(root, { inOverlay = false } = {}) {
  const part = name => root.querySelector(`[data-search-${name}]`), form = root.querySelector("form"), input = form.elements.q;
  const list = part("results"), status = part("status"), pattern = part("result"), texts = part("texts").dataset;
  const names = Object.fromEntries(texts.kinds.split("|").map((name, i, all) => [name, all[i + 1]]));
  const say = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const elements = new WeakMap();
  let opened, asked = 0, active = -1, options = [];
  list.id ||= "search-results";
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": false, "aria-controls": list.id, "aria-autocomplete": "list", autocomplete: "off" })) input.setAttribute(name, value);
  root.classList.add("live");
  for (const filters of root.querySelectorAll("[data-search-filters]")) filters.hidden = false;
  const address = new URL(location.href), narrow = {};
  if (!inOverlay) for (const [name, value] of address.searchParams) {
    const fields = form.elements[name];
    if (!fields) narrow[name] = value;
    else if (fields.type == "checkbox") fields.checked = true;
    else fields.value = value;
  }
  const choose = at => {
    options[active]?.setAttribute("aria-selected", false);
    active = at;
    const option = options[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", true);
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const fill = (element, name, value, meant) => {
    const slot = element.querySelector(`[data-slot=${name}]`);
    if (!slot) return;
    slot.hidden = !value;
    if (typeof value == "string" || typeof value == "number")
      slot.replaceChildren(...marks(String(value), meant).map(([text, is]) => is ? Object.assign(document.createElement("mark"), { textContent: text }) : text));
  };
  const show = ({ results, words, kinds, count }, query) => {
    const groups = new Map();
    for (const one of results) (groups.get(one.kind) ?? groups.set(one.kind, []).get(one.kind)).push(one);
    options = [];
    list.replaceChildren(...[...groups].map(([kind, some]) => {
      const group = document.createElement("div"), name = names[kind] ?? kind.replace("term:", "");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", name);
      group.append(Object.assign(document.createElement("div"), { className: "kind", textContent: name, ariaHidden: "true" }));
      for (const one of some) {
        const option = pattern.content.firstElementChild.cloneNode(true);
        option.id = `${list.id}-${options.length}`;
        option.href = one.path;
        for (const [name, value] of Object.entries({ ...one, year: one.year || "" })) fill(option, name, value, words);
        option.setAttribute("aria-selected", false);
        options.push(option);
        elements.set(one, option);
        group.append(option);
      }
      return group;
    }));
    for (const field of form.querySelectorAll("[data-count]")) field.textContent = (field.dataset.count ? kinds[field.dataset.count] : Object.values(kinds).reduce((a, b) => a + b, 0)) || "";
    input.setAttribute("aria-expanded", options.length > 0);
    list.hidden = !options.length;
    status.textContent = query.trim() ? say(options.length ? texts.found : texts.none, { count, query }) : "";
    choose(-1);
  };
  const search = async () => {
    const query = input.value, own = ++asked, data = new FormData(form);
    if (!inOverlay) {
      const params = new URLSearchParams([...data, ...Object.entries(narrow)].filter(([, value]) => value));
      history.replaceState(history.state, "", `${address.pathname}${params.size ? "?" : ""}${params}`);
    }
    root.classList.toggle("asked", !!query.trim());
    try {
      const { find, excerpt } = await (opened ??= open(root.dataset.index));
      const found = query.trim() || Object.keys(narrow).length ? await find(query, { limit: inOverlay ? 12 : 40, kind: data.get("kind"), year: +data.get("year"), video: data.has("video"), narrow }) : { results: [], words: [], kinds: {}, count: 0 };
      if (own != asked) return;
      show(found, query);
      // Where neither name nor summary has the words, the page tells where they stand. Its room is kept, so that nothing moves.
      const lacking = found.results.filter(one => !one.summary && !one.kind.startsWith("term:") || !marks(`${one.title} ${one.summary}`, found.words).some(([, is]) => is)).slice(0, 8);
      for (const one of lacking) {
        const slot = elements.get(one).querySelector("[data-slot=summary]");
        slot?.classList.add("awaited");
        if (slot) slot.hidden = false;
      }
      await new Promise(done => setTimeout(done, 150));
      for (const one of lacking) {
        const words = own == asked && await excerpt(one, found.words);
        if (own == asked) fill(elements.get(one), "summary", words || one.summary || "", found.words);
      }
    } catch (error) {
      opened = null;
      if (own == asked) status.textContent = texts.failed;
      console.error(error);
    }
  };
  form.addEventListener("input", search);
  form.addEventListener("submit", event => {
    const option = options[active];
    if (option) { event.preventDefault(); location.href = option.href; }
    else if (!inOverlay) { event.preventDefault(); search(); }
  });
  input.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || !step || !options.length) return;
    event.preventDefault();
    choose(active < 0 && step < 0 ? options.length - 1 : active + step >= options.length ? -1 : active + step);
  });
  search();
  return { input, clear: () => choose(-1) };
}

let overlay;
/** Opens the search over the page, with the markup of the page of search at `address`. */
export async function show(address) {
  if (!overlay) {
    const page = new DOMParser().parseFromString(await ask("text")(address), "text/html");
    const root = document.importNode(page.querySelector("[data-search]"), true);
    const dialog = Object.assign(document.createElement("dialog"), { className: "search-overlay", ariaLabel: root.querySelector("form").getAttribute("aria-label") });
    for (const sheet of page.querySelectorAll("link[data-search-style]")) await new Promise(done => {
      const own = document.importNode(sheet);
      own.onload = own.onerror = done;
      document.head.append(own);
    });
    dialog.append(root);
    document.body.append(dialog);
    // A field of search takes Escape for itself first.
    dialog.addEventListener("keydown", event => {
      if (event.key != "Escape" || event.isComposing) return;
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener("click", event => event.target == dialog && dialog.close());
    root.querySelector("[data-search-close]")?.addEventListener("click", () => dialog.close());
    overlay = { dialog, ...mount(root, { inOverlay: true }) };
  }
  if (!overlay.dialog.open) overlay.dialog.showModal();
  overlay.clear();
  overlay.input.focus();
  overlay.input.select();
}
