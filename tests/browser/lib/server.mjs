// Serves a built site on loopback, as static hosting does: gzip, `index.html`, `404.html`, and a
// lifetime for what has a fingerprint in its name.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".json": "application/json", ".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png",
  ".jpg": "image/jpeg", ".webp": "image/webp", ".txt": "text/plain; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
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
    const headers = { "content-type": type, "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache" };
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
