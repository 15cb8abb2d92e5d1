// The sites that are looked at, and one page of each kind in them.
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { fill } from "./fill.mjs";
import { photographs } from "./photos.mjs";
import { serve } from "./server.mjs";

const here = dirname(dirname(fileURLToPath(import.meta.url)));
export const root = resolve(here, "../..");

/** The states of events hold for this instant. */
const date = "2026-11-21";

// `scripted`: shows what only a script finds. `runs`: an instant at which its programme is on. `lighthouse`: measured there too. `weight`: which bounds hold.
const demonstration = [
  { kind: "home", path: "/", lighthouse: true, search: true },
  { kind: "section", path: "/posts/" },
  { kind: "sheet 2", path: "/posts/page/2/" },
  { kind: "events", path: "/events/" },
  { kind: "post", path: "/posts/devopsdays-toronto/", lighthouse: true, weight: "post" },
  { kind: "essay", path: "/posts/ready-is-a-promise/", weight: "post" },
  { kind: "event to come", path: "/events/2027-harbour/", lighthouse: true, runs: "2027-03-18T10:52:00Z" },
  { kind: "event past", path: "/events/2018-chicago/" },
  { kind: "talk", path: "/events/2013-austin/talks/nih-syndrome-pitfall-or-paradise/" },
  { kind: "speaker", path: "/speakers/kris-buytaert/", lighthouse: true },
  { kind: "author", path: "/speakers/theo-vance/" },
  { kind: "speakers", path: "/speakers/" },
  { kind: "tool", path: "/tools/docker/", lighthouse: true },
  { kind: "tools", path: "/tools/" },
  { kind: "tools, sorted", path: "/tools/#by-count" },
  { kind: "category", path: "/categories/recaps/" },
  { kind: "categories", path: "/categories/" },
  { kind: "archive", path: "/archive/" },
  { kind: "page", path: "/about/" },
  { kind: "search", path: "/search/", weight: "search" },
  { kind: "search, found", path: "/search/?q=docker&kind=talk", weight: "search", scripted: true },
  { kind: "not found", path: "/404.html" },
];
const torture = [
  { kind: "home, full", path: "/" },
  { kind: "long title, code", path: "/posts/long/", code: true },
  { kind: "right to left", path: "/ar/posts/rtl/", rtl: true },
  { kind: "home, Arabic", path: "/ar/", rtl: true },
  { kind: "text, Arabic", path: "/ar/posts/notes/", rtl: true },
  { kind: "posts, Arabic", path: "/ar/posts/", rtl: true },
  { kind: "events, Arabic", path: "/ar/events/", rtl: true },
  { kind: "event, Arabic", path: "/ar/events/2026-one-room/", rtl: true },
  { kind: "nine rooms, Arabic", path: "/ar/events/2027-nine-rooms/", rtl: true },
  { kind: "talk, Arabic", path: "/ar/events/2026-one-room/talks/panel/", rtl: true },
  { kind: "speaker, Arabic", path: "/ar/speakers/ftm-lzhr-bnt-mhmd/", rtl: true },
  { kind: "speakers, Arabic", path: "/ar/speakers/", rtl: true },
  { kind: "tools, Arabic", path: "/ar/tools/", rtl: true },
  { kind: "tool, Arabic", path: "/ar/tools/kubernetes/", rtl: true },
  { kind: "categories, Arabic", path: "/ar/categories/", rtl: true },
  { kind: "archive, Arabic", path: "/ar/archive/", rtl: true },
  { kind: "page, Arabic", path: "/ar/colophon/", rtl: true },
  { kind: "home, Chinese", path: "/zh/" },
  { kind: "text, Chinese", path: "/zh/posts/rtl/" },
  { kind: "no date", path: "/posts/undated/" },
  { kind: "no text", path: "/posts/empty/" },
  { kind: "plain page", path: "/colophon/" },
  { kind: "nine rooms", path: "/events/2027-nine-rooms/" },
  { kind: "forty sessions", path: "/events/2026-forty/", weight: "schedule" },
  { kind: "one room", path: "/events/2026-one-room/" },
  { kind: "cancelled", path: "/events/2026-washed-out/" },
  { kind: "panel of 12", path: "/events/2026-one-room/talks/panel/" },
  { kind: "Arabic name", path: "/speakers/ftm-lzhr-bnt-mhmd/" },
  { kind: "all people", path: "/speakers/" },
];
const least = [
  { kind: "home, least", path: "/" },
  { kind: "only post", path: "/posts/first/" },
  { kind: "only archive", path: "/archive/" },
];

// Of a program that can process photographs.
const pictures = [
  { kind: "photographs", path: "/posts/hall/", lighthouse: true, weight: "pictures" },
  { kind: "home, photographs", path: "/" },
  { kind: "section, covers", path: "/posts/" },
  { kind: "post, its cover", path: "/posts/wide/" },
  { kind: "post beside covers", path: "/posts/words/" },
  { kind: "events, covers", path: "/events/" },
  { kind: "event, its cover", path: "/events/2026-lake/" },
  { kind: "event to come, its cover", path: "/events/2027-harbour/" },
  { kind: "portrait", path: "/speakers/ada-lund/" },
];

/** What pictures are taken of: pages of the demonstration, and an event while it is on. `at` is the instant that holds. */
export function looks() {
  const shown = demonstration.filter(page => !["sheet 2", "tools, sorted", "search, found"].includes(page.kind));
  return [
    { site: "demonstration", pages: shown },
    { site: "demonstration", at: "2027-03-18T10:52:00Z", pages: [
      { kind: "event on now", path: "/events/2027-harbour/" },
      { kind: "programme, now", path: "/events/2027-harbour/", anchor: ".slot.now" },
      { kind: "home, event on now", path: "/" },
    ] },
  ];
}

/** One page of each kind and state; the few that show what a derived theme changes for `reduced`. */
export function matrix(reduced) {
  const some = list => reduced ? list.filter(page => ["home", "events", "post", "event to come", "talk", "speaker", "tool", "tools", "archive", "not found", "long title, code", "right to left", "nine rooms", "home, least", "photographs", "section, covers"].includes(page.kind)) : list;
  return [["demonstration", some(demonstration)], ["torture", some(torture)], ["least", some(least)], ["pictures", some(pictures)]].map(([site, pages]) => ({ site, pages }));
}

/**
 * Builds `site` with the theme, as of the day `on`, and serves it; gives its folder, the server, and where the theme's files are. Null where it
 * is a site of photographs and the program cannot process these.
 */
export async function open(site, theme, scratch, binary, on = date) {
  const source = join(scratch, `${theme}-${site}-${on}-source`), folder = join(scratch, `${theme}-${site}-${on}`);
  await mkdir(source, { recursive: true });
  await cp(join(root, "themes"), join(source, "themes"), { recursive: true });
  if (site == "demonstration") {
    for (const part of ["content", "data", "static"]) await cp(join(root, part), join(source, part), { recursive: true });
    const config = (await readFile(join(root, "ssg.toml"), "utf8")).replace('name = "score"', `name = "${theme}"`);
    await writeFile(join(source, "ssg.toml"), config);
  } else {
    await cp(join(here, site == "torture" ? "site" : site), source, { recursive: true });
    await writeFile(join(source, "ssg.toml"), (await readFile(join(source, "ssg.toml"), "utf8")).replace('"THEME"', `"${theme}"`));
    if (site == "torture") await fill(source);
    if (site == "pictures") await photographs(source);
  }
  const server = await serve(folder);
  const run = promisify(execFile);
  await run(binary, ["build", "-r", source, "-o", folder, "-u", `${server.origin}/`, "--date", on, "--no-cache", "-q"])
    .catch(failed => { server.close(); throw new Error(`${site} does not build:\n${failed.stderr}`); });
  if (site == "pictures" && !(await readdir(join(folder, "posts/hall"))).some(name => name.endsWith(".webp"))) {
    server.close();
    return null;
  }
  return { folder, ...server };
}
