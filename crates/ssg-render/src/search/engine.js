// Search in the index that the build wrote; the format, the markup and this interface are told in the book's page on search.
const ALIKE = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th", ς: "σ" };
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const unspaced = new RegExp(`[${UNSPACED}]`, "u"), parts = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const LETTER = "\\p{Alphabetic}\\p{N}";
const run = new RegExp(`[${LETTER}]{1,2}[+#]{1,2}(?![${LETTER}+#])|[${LETTER}]+`, "gu");
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BITS = Object.fromEntries([...SIGNS].map((sign, bits) => [sign, bits]));

/** A text as the index has it: without case, width and marks. */
export const fold = text => text.toLowerCase().normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "")
  .replace(/[ßæœøđðłıþς]/g, letter => ALIKE[letter]).normalize("NFC");

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

const encoder = new TextEncoder();
function shardOf(word, shards) {
  const letters = [...word], count = unspaced.test(letters[0]) ? 1 : letters[0] == "<" ? 4 : 3;
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(letters.slice(0, count).join(""))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % shards;
}

function shardFrom(text) {
  const all = [], items = text ? text.split(" ") : [];
  let letters = [];
  for (let i = 0; i + 1 < items.length; i += 2) {
    letters = letters.slice(0, BITS[items[i][0]]).concat([...items[i].slice(1)]);
    all.push([letters.join(""), items[i + 1]]);
  }
  return all;
}

function postings(text) {
  const numbers = [], weights = [];
  let number = 0;
  for (let i = 0; i < text.length;) {
    let step = 0, scale = 1, digit;
    do { digit = BITS[text[i++]]; step += (digit & 31) * scale; scale *= 32; } while (digit > 31);
    numbers.push(number += step);
    weights.push(BITS[text[i++]]);
  }
  return { numbers, weights };
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
const hasPhrase = (text, phrase) => ` ${words(text).join(" ")} `.includes(` ${words(phrase).join(" ")} `);

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
  if (index.version != 1) throw new Error(`${address}: version ${index.version}`);
  const folder = address.slice(0, address.lastIndexOf("/") + 1), files = new Map();
  const load = (name, read = value => value) => {
    if (!files.has(name)) files.set(name, json(folder + name).then(read).catch(error => { files.delete(name); throw error; }));
    return files.get(name);
  };
  const kinds = [], size = index.kinds.reduce((sum, [, , count]) => sum + count, 0);
  for (const [kind, chunks] of index.kinds) for (let i = 0; i < chunks; i++) kinds.push(kind);
  const shard = word => load(`words-${shardOf(word, index.shards)}.json`, shardFrom);
  const row = async number => {
    const chunk = number % kinds.length, rows = await load(`rows-${chunk}.json`);
    const [path, title, year, marks, event, people, summary = ""] = rows[Math.floor(number / kinds.length)] ?? [];
    return path && { kind: kinds[chunk], path: index.base + path.slice(1), title, year, event, people, summary, video: !!(marks & 1), slides: !!(marks & 2) };
  };

  /** Words of the index that may be meant by one, each with how far it counts. */
  async function meant(word, goesOn) {
    const all = await shard(word), found = [], letters = [...word], short = letters.length < (unspaced.test(word) ? 1 : 2);
    for (const [other, text] of all) {
      if (other == word) found.push([other, text, 1]);
      else if (word.length > 3 && word == other + "s") found.push([other, text, .9]);
      else if (!short && other.startsWith(word) && !other.includes("=")) found.push([other, text, (goesOn ? .9 : .5) * (word.length / other.length) ** .5]);
    }
    const known = found.length;
    if (letters.length < 4 || unspaced.test(word)) return found;
    const most = letters.length > 7 ? 2 : 1;
    const near = (list, turned) => {
      for (const [stored, text] of list) {
        if (stored.startsWith("<") != turned || stored.includes("=")) continue;
        const other = turned ? [...stored.slice(1)].reverse().join("") : stored;
        if (found.some(([one]) => one == other)) continue;
        const far = edits(word, other, most, goesOn && !turned);
        if (far && far <= most) found.push([other, text, (known ? .2 : .5) / far, known]);
      }
    };
    near(all, false);
    // How it begins may be what is wrong: a few shards are looked through, of many the one of names by their ends.
    if (!known && index.shards > 4) near(await shard("<" + letters.reverse().join("")), true);
    else if (!known) for (let i = 0; i < index.shards; i++) near(await load(`words-${i}.json`, shardFrom), false);
    return found;
  }

  /**
   * Finds documents. `limit` is how many results are wanted, `kind`, `year`, `video` and `narrow` ({ tools: "docker" }) filter.
   * Gives `{ count, kinds, words, results }`: of how many documents which kinds are, which words were meant, and the best.
   */
  async function find(query, { limit = 10, kind, year, video, narrow = {} } = {}) {
    const phrases = [...query.matchAll(/"([^"]+)"/g)].map(([, phrase]) => phrase).filter(phrase => words(phrase).length > 1);
    let asked = words(query);
    if (asked.some(word => word.length > 1)) asked = asked.filter(word => word.length > 1 || word > "~");
    const scores = new Map(), marked = new Set();
    const isOpen = /[^\s"]$/.test(query);
    let known = 0;
    const all = await Promise.all(asked.map((word, i) => meant(word, isOpen && i == asked.length - 1)));
    for (const found of all) {
      if (!found.length) continue;
      known++;
      const own = new Map();
      for (const [word, text, factor, namesOnly] of found) {
        const { numbers, weights } = postings(text), rare = Math.log(1 + size / (numbers.length + .5)) * factor;
        for (let i = 0; i < numbers.length; i++) {
          const number = numbers[i], weight = weights[i], isName = weight > 31;
          if (namesOnly && !isName) continue;
          const score = rare * ((weight & 31) + 4) * (isName ? 2 : 1);
          if (!(own.get(number)?.[0] >= score)) own.set(number, [score, isName, word]);
        }
      }
      for (const [number, [score, isName, word]] of own) {
        const sum = scores.get(number) ?? scores.set(number, [0, 0, 0]).get(number);
        sum[0] += score; sum[1]++; sum[2] += isName;
        marked.add(word);
      }
    }
    for (const [taxonomy, slug] of Object.entries(narrow)) {
      const word = `${slug}=${taxonomy}`, text = (await shard(word)).find(([one]) => one == word)?.[1] ?? "";
      const these = new Set(postings(text).numbers);
      if (!asked.length && !scores.size) for (const number of these) scores.set(number, [0, 0, 0]);
      for (const number of scores.keys()) if (!these.has(number)) scores.delete(number);
    }
    const ranked = [...scores].map(([number, [score, count, names]]) => {
      const kind = kinds[number % kinds.length];
      const likes = (kind.startsWith("term:") ? 1.15 : kind == "event" ? 1.1 : 1) * (names == known ? 1.5 : 1);
      return { number, kind, all: count == known, score: score * likes * (known ? (count / known) ** 2 : 1) };
    });
    // What has all words, where there is such; else what has some of them.
    const some = ranked.some(one => one.all) && known > 1 ? ranked.filter(one => one.all) : ranked;
    some.sort((a, b) => b.score - a.score || a.number - b.number);
    const counts = {};
    for (const one of some) counts[one.kind] = (counts[one.kind] ?? 0) + 1;
    const chosen = kind ? some.filter(one => one.kind == kind) : some, results = [];
    let looked = 0;
    for (let at = 0; at < chosen.length && results.length < limit && looked < 400;) {
      const next = chosen.slice(at, at += limit), rows = await Promise.all(next.map(one => row(one.number)));
      for (const one of rows) {
        looked++;
        if (!one || results.length == limit || year && one.year != year || video && !one.video) continue;
        const lacking = phrases.filter(phrase => !hasPhrase(`${one.title} ${one.summary}`, phrase));
        if (lacking.length) {
          if ((looked += 15) > 400) break;
          const body = await text(one.path).then(textOf, () => "");
          if (!lacking.every(phrase => hasPhrase(body, phrase))) continue;
        }
        results.push(one);
      }
    }
    return { count: chosen.length, kinds: counts, words: [...marked], results };
  }

  /** What a document's page says around the first of some words; where it has none, what it says of itself. */
  async function excerpt({ path }, meant) {
    const html = await text(path).catch(() => ""), body = textOf(html).replace(/\s+/g, " ");
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
