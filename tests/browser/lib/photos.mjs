// Photographs without a camera: hills before a sky, with texture and noise, as PNG. The same for the same seed.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { png } from "./png.mjs";

/** Writes the photographs of the site of pictures below its folder. */
export async function photographs(site) {
  const hall = "content/posts/2026-01-02-hall/";
  const all = {
    [hall + "hall.png"]: [1600, 1067], [hall + "a-hall.png"]: [900, 600], [hall + "b-stage.png"]: [600, 800],
    [hall + "c-tower.png"]: [500, 900], [hall + "d-panorama.png"]: [1400, 400], [hall + "e-door.png"]: [600, 600],
    [hall + "f-crowd.png"]: [1200, 800], "content/posts/2026-02-03-wide/wide.png": [1800, 700],
    "content/events/2026-lake/lake.png": [1600, 1000], "content/events/2027-harbour/harbour.png": [1400, 1050],
    "static/waves.png": [1000, 667], "static/ada.png": [700, 900],
  };
  await mkdir(join(site, "static"), { recursive: true });
  for (const [i, [path, [width, height]]] of Object.entries(all).entries()) await writeFile(join(site, path), photograph(width, height, i + 1));
  await writeFile(join(site, "static/mark.png"), screenshot(512, 512));
  await writeFile(join(site, "static/mark.svg"), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#246" d="M0 0h8v8H0z"/></svg>\n');
  await writeFile(join(site, hall, "screen.png"), screenshot(640, 360));
}

function photograph(width, height, seed) {
  let dice = seed * 7919;
  const noise = () => ((dice = (Math.imul(dice, 1664525) + 1013904223) >>> 0) >>> 24) / 255 - 0.5;
  const sky = [[120, 170, 215], [225, 170, 120], [90, 105, 140]][seed % 3], near = [[60, 90, 50], [85, 70, 60], [40, 70, 85]][seed % 3];
  const hill = (x, n) => 0.45 + n * 0.13 + 0.08 * Math.sin(x * (3 + n) + seed * (n + 1)) + 0.03 * Math.sin(x * 17 + n * seed);
  return png(width, height, (x, y) => {
    const u = x / width * 3, v = y / height;
    let n = 3;
    while (n >= 0 && v < hill(u, n)) n--;
    const grain = noise() * 22, glow = n < 0 ? 45 * v : 0, part = n < 0 ? 0 : 0.4 + 0.2 * n;
    return [0, 1, 2].map(c => Math.max(0, Math.min(255, Math.round(sky[c] * (1 - part) + near[c] * part + glow + grain))));
  });
}

const screenshot = (width, height) => png(width, height, (x, y) => y % 20 > 6 && y % 20 < 14 && x % 300 < 180 && x > 30 ? [90, 220, 120] : [20, 24, 30]);
