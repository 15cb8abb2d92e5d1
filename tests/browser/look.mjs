// Pictures of every page: node look.mjs [--theme NAME] [--only KIND] [--gallery]
//
// Builds the demonstration with SSG_BIN (target/debug/ssg) and takes each kind of page at four widths, light and dark, as
// target/look/THEME/KIND-WIDTH-SCHEME.png. Where a picture of an earlier run is there and differs, that one is kept below
// before/ and the share of pixels that changed is printed: a difference to look at, no fault. With --gallery the book's
// chapter and its small pictures are written anew, too.
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { find, launch } from "./lib/browser.mjs";
import { chapter, GALLERY_BYTES, small, SIZES } from "./lib/gallery.mjs";
import { looks, open, root } from "./lib/sites.mjs";

const { values: flags } = parseArgs({ options: {
  theme: { type: "string", default: "score" },
  only: { type: "string" },
  gallery: { type: "boolean", default: false },
} });
if (flags.gallery && flags.only) throw new Error("the gallery is of all pages: leave out --only");
const chromium = find();
if (!chromium) {
  console.log("skipped: the browser (there is no chromium in PATH)");
  process.exit(0);
}
const binary = resolve(process.env.SSG_BIN ?? join(root, "target/debug/ssg"));
const scratch = await mkdtemp(join(tmpdir(), "ssg-look-"));
const pictures = join(root, "target/look", flags.theme), book = join(root, "docs/src");
const { browser } = await launch(chromium);
const comparing = await (await browser.newContext()).newPage();
let count = 0, changed = 0;

try {
  await mkdir(join(pictures, "before"), { recursive: true });
  if (flags.gallery) {
    await rm(join(book, "look"), { recursive: true, force: true });
    await mkdir(join(book, "look"));
  }
  const all = [];
  for (const { site, at, pages } of looks()) {
    const some = pages.filter(page => !flags.only || page.kind == flags.only);
    if (!some.length) continue;
    const served = await open(site, flags.theme, scratch, binary, at?.slice(0, 10));
    for (const size of SIZES) for (const scheme of ["light", "dark"]) await take(served, some, size, scheme, at);
    all.push(...some);
    served.close();
  }
  console.log(`${count} pictures in ${pictures}, ${changed} differ from the run before`);
  if (flags.gallery) {
    await writeFile(join(book, "gallery.md"), chapter(all));
    let bytes = 0;
    for (const name of await readdir(join(book, "look"))) bytes += (await readFile(join(book, "look", name))).length;
    console.log(`the book's gallery: ${Math.round(bytes / 1024)} KiB`);
    if (bytes > GALLERY_BYTES) throw new Error(`the gallery has ${bytes} bytes, at most ${GALLERY_BYTES}`);
  }
} finally {
  await browser.close();
  await rm(scratch, { recursive: true, force: true });
}

/** The pages at one width in one scheme; `at` is what the clock of the page says, where that matters. */
async function take(served, pages, size, scheme, at) {
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: scheme, reducedMotion: "reduce", timezoneId: "Europe/Brussels" });
  if (at) await context.clock.setFixedTime(new Date(at));
  for (const page of pages) {
    const tab = await context.newPage(), name = `${page.kind.replace(/\W+/g, "-")}-${size.width}-${scheme}`;
    await tab.goto(served.origin + page.path, { waitUntil: "load" });
    if (page.anchor) await tab.evaluate(anchor => document.querySelector(anchor)?.scrollIntoView({ block: "center" }), page.anchor);
    if (flags.gallery) await writeFile(join(book, "look", `${name}.webp`), await small(tab, size));
    await keep(name, await tab.screenshot({ fullPage: true }));
    await tab.close();
  }
  await context.close();
}

/** Writes a picture and says whether it differs from the one that was there. */
async function keep(name, picture) {
  const file = join(pictures, `${name}.png`), before = await readFile(file).catch(() => null);
  count++;
  if (before && !before.equals(picture)) {
    const share = await comparing.evaluate(difference, [before.toString("base64"), picture.toString("base64")]);
    if (share) {
      changed++;
      console.log(`${name}: ${share}`);
      await rename(file, join(pictures, "before", `${name}.png`));
    }
  }
  await writeFile(file, picture);
}

/** Runs in a page: how much two pictures differ, in words; null where no pixel does. */
async function difference(both) {
  const [a, b] = await Promise.all(both.map(async data => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  }));
  if (a.width != b.width || a.height != b.height) return `${a.width} × ${a.height} px before, ${b.width} × ${b.height} now`;
  let other = 0;
  for (let i = 0; i < a.data.length; i += 4) if (a.data[i] != b.data[i] || a.data[i + 1] != b.data[i + 1] || a.data[i + 2] != b.data[i + 2]) other++;
  return other ? `${(other * 400 / a.data.length).toFixed(2)}% of the pixels differ` : null;
}
