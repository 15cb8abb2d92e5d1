// Serves a built site on loopback, as static hosting does: gzip, `index.html`, `404.html`, and the headers
// that `_headers` names, the policy of content among them.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".json": "application/json", ".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png",
  ".jpg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif", ".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
};

/**
 * Starts a server for `folder` on a free port.
 *
 * Gives `{ origin, close }`. Images are held back a little, so that a page that moves when they arrive is
 * seen to move.
 */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    let file = join(folder, path), status = 200;
    const found = await stat(file).catch(() => null);
    if (found?.isDirectory()) file = join(file, "index.html");
    let body = await readFile(file).catch(() => null);
    if (!body) {
      status = 404;
      file = join(folder, "404.html");
      body = await readFile(file).catch(() => Buffer.from("not found"));
    }
    const type = types[extname(file)] ?? "application/octet-stream";
    const headers = { "cache-control": "no-cache", ...await named(folder, path), "content-type": type };
    if (/^text|json|xml/.test(type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
      body = gzipSync(body, { level: 9 });
      headers["content-encoding"] = "gzip";
    }
    if (type.startsWith("image/")) await new Promise(done => setTimeout(done, 200));
    response.writeHead(status, { ...headers, "content-length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

// What `_headers` says of a path: rules in the order of the file, `*` for anything.
async function named(folder, path) {
  const headers = {};
  let holds = false;
  for (const line of (await readFile(join(folder, "_headers"), "utf8").catch(() => "")).split("\n")) {
    const field = /^\s+([\w-]+): (.*)$/.exec(line);
    if (field && holds) headers[field[1].toLowerCase()] = field[2];
    else if (!field && line.trim()) holds = new RegExp(`^${line.trim().replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(path);
  }
  return headers;
}
