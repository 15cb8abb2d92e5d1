// The machine's own Chromium; no browser is downloaded.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { createServer } from "node:net";
import { chromium } from "playwright-core";

/** Path of Chromium: `CHROMIUM`, or the first of its names in `PATH`; null where there is none. */
export function find() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const paths = process.env.CHROMIUM ? [process.env.CHROMIUM] : names.flatMap(name => folders.map(folder => join(folder, name)));
  for (const path of paths) {
    try { accessSync(path, constants.X_OK); return path; } catch {}
  }
  return null;
}

/** Starts it, once for all checks; `port` is where Lighthouse finds it. */
export async function launch(executablePath) {
  const port = await freePort();
  const args = [`--remote-debugging-port=${port}`];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return { browser: await chromium.launch({ executablePath, args }), port };
}

const freePort = () => new Promise(done => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});
