// Pagefind beside, for quality.mjs: a copy of the site's pages is indexed, and its own script is asked.
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

/** Its own files are compressed already; scripts are counted as hosts send them. */
const sizeOf = bytes => {
  try {
    gunzipSync(bytes);
    return bytes.length;
  } catch {
    return Math.min(bytes.length, gzipSync(bytes, { level: 9 }).length);
  }
};

/** Indexes the pages of a site with the program and prints a table of what its search finds. */
export async function pagefind(program, site, base, print) {
  const scratch = await mkdtemp(join(tmpdir(), "ssg-pagefind-")), bundle = join(scratch, "pagefind");
  try {
    const started = performance.now();
    const { status, signal, stderr, stdout } = spawnSync(program, ["--site", site, "--root-selector", "main", "--output-path", bundle], { encoding: "utf8", maxBuffer: 1 << 28 });
    const took = ((performance.now() - started) / 1000).toFixed(1);
    if (status) return console.log(`\npagefind ended with ${status}: ${stderr || stdout}`);
    if (signal) return console.log(`\npagefind was ended by ${signal} after ${took} s`);
    console.log(`\npagefind: indexed in ${took} s`);
    // What it expects of a browser. Its script finds its files beside itself.
    globalThis.window ??= { location: new URL("https://site.example/") };
    globalThis.document ??= { querySelector: () => ({ getAttribute: () => "en" }), currentScript: null };
    let loaded = 0;
    const fetched = globalThis.fetch;
    globalThis.fetch = async (input, options) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.protocol != "file:") return fetched(input, options);
      url.search = "";
      const bytes = await readFile(url);
      loaded += sizeOf(bytes);
      return new Response(bytes);
    };
    let instance = 0;
    /** A script without memory of what was loaded: one of another name. */
    const anew = async () => {
      const script = join(bundle, `pagefind-${++instance}`, "pagefind.js");
      await cp(join(bundle, "pagefind.js"), script);
      const api = await import(pathToFileURL(script));
      await api.options({ basePath: pathToFileURL(bundle + "/").href, baseUrl: "/" });
      loaded += sizeOf(await readFile(script));
      await api.init();
      return api;
    };
    const paths = async (api, query) => {
      const { results } = await api.search(query);
      const data = await Promise.all(results.slice(0, 10).map(one => one.data()));
      return data.map(one => base + one.url.replace(/^\//, "").replace(/index\.html$/, ""));
    };
    const warm = await anew();
    await warm.search("a");
    await print("query (pagefind)", async query => {
      loaded = 0;
      const api = await anew(), found = await paths(api, query);
      await api.destroy?.();
      return { paths: found, loaded, read: 0 };
    }, query => warm.search(query));
    globalThis.fetch = fetched;
  } finally {
    await rm(scratch, { recursive: true });
  }
}
