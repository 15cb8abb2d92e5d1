// Writes names.txt: names of months and days of every language, as Unicode CLDR has them.
//
// Run by hand with a Node that has all of ICU, after a new release of CLDR: node names.mjs > names.txt

const DAYS = [4, 5, 6, 7, 8, 9, 10]; // January 1970, from Sunday on.
const at = (month, day) => new Date(Date.UTC(1970, month, day, 12));
const FIXED = { timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" };
const DATE = { day: "numeric", year: "numeric" };

const part = (tag, options, date, type) =>
  new Intl.DateTimeFormat(tag, { ...FIXED, ...options })
    .formatToParts(date)
    .filter((one) => one.type === type)
    .map((one) => one.value)
    .join("");
// A name alone is all that is written.
const alone = (tag, options, date) => new Intl.DateTimeFormat(tag, { ...FIXED, ...options }).format(date);

const months = (make) => [...Array(12).keys()].map(make);

// A date in words, by strftime.
const words = (tag, dateStyle) => {
  const forms = { day: "%-d", month: "%B", year: "%Y", weekday: "%A" };
  const parts = new Intl.DateTimeFormat(tag, { ...FIXED, dateStyle }).formatToParts(at(4, 6));
  const number = parts.find((one) => one.type === "month" && /^\d+$/.test(one.value));
  if (number) forms.month = number.value.length > 1 ? "%m" : "%-m";
  return parts.map((one) => forms[one.type] ?? (one.type === "literal" ? one.value : "")).join("");
};

const row = (tag) => {
  const single = months((m) => alone(tag, { month: "long" }, at(m, 6)));
  // Where a date has a number, the name that stands alone is all there is.
  const named = (length) => {
    const names = months((m) => part(tag, { ...DATE, month: length }, at(m, 6), "month"));
    const numbers = names.every((name) => /^\d+$/.test(name));
    return numbers ? months((m) => alone(tag, { month: length }, at(m, 6))) : names;
  };
  const inDate = named("long");
  const day = (length) =>
    DAYS.map((d) => part(tag, { ...DATE, month: length, weekday: length }, at(0, d), "weekday"));
  const same = inDate.join("|") === single.join("|");
  const names = [inDate, same ? [] : single, named("short"), day("long"), day("short")];
  return [...names.map((list) => list.join("|")), words(tag, "long"), words(tag, "full")];
};

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const codes = letters.flatMap((a) => letters.flatMap((b) => [a + b, ...letters.map((c) => a + b + c)]));
const supported = (tags) => Intl.DateTimeFormat.supportedLocalesOf(tags);
const languages = supported(codes).filter((tag) => codes.includes(tag));
const regions = letters.flatMap((a) => letters.map((b) => (a + b).toUpperCase()));
const scripts = ["Arab", "Beng", "Cyrl", "Deva", "Hans", "Hant", "Latn", "Mong", "Mtei", "Olck", "Tfng", "Vaii"];

// English has the directives of strftime as they are.
const rows = new Map([["en", null]]);
const found = (tag) => {
  for (let rest = tag; rest; rest = rest.slice(0, Math.max(0, rest.lastIndexOf("-")))) {
    if (rows.has(rest)) return rows.get(rest);
  }
  return null;
};
const ENGLISH = row("en").slice(0, 5).join("\t");
const keep = (tag) => {
  const own = row(tag);
  const names = own.slice(0, 5).join("\t");
  // Without names of its own a language has those of the machine, or of English.
  if (names === ENGLISH || own[0].includes("M01")) return;
  if (own.join("\t") !== (found(tag) ?? []).join("\t")) rows.set(tag, own);
};
for (const tag of languages) if (tag !== "en") keep(tag);
for (const tag of [...rows.keys()]) {
  if (tag === "en") continue;
  const variants = [...scripts, ...regions].map((rest) => `${tag}-${rest}`);
  for (const variant of supported(variants)) if (new Intl.Locale(variant).toString() === variant) keep(variant);
}
rows.delete("en");
console.log(`# Facts of Unicode CLDR ${process.versions.cldr} (Unicode License v3, https://www.unicode.org/license.txt), written by names.mjs.`);
console.log("# language, months in a date, months alone (where others), short months, days from Sunday, short days, a date in words, one with its day");
const inOrder = (a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1);
for (const tag of [...rows.keys()].sort(inOrder)) console.log([tag, ...rows.get(tag)].join("\t"));
