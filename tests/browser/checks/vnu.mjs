// The Nu Html Checker finds no error in any file of a site.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { relative } from "node:path";

/** Gives the number of errors; null, and a printed line, where there is no Java. */
export async function vnu(folder, site, report) {
  const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const { missing, text } = await new Promise(done => execFile("java", ["-Xss8m", "-jar", jar, "--errors-only", "--format", "json", "--skip-non-html", "--exit-zero-always", folder],
    { maxBuffer: 1 << 26 }, (failed, _, text) => done({ missing: failed?.code == "ENOENT", text })));
  if (missing) {
    console.log("skipped: vnu (java is not installed)");
    return null;
  }
  const { messages } = JSON.parse(text);
  for (const { url, lastLine, message } of messages) report.fault(site, "vnu", `${relative(folder, new URL(url).pathname)}:${lastLine}: ${message}`);
  return messages.length;
}
