// The book's gallery: small pictures, and the chapter that shows them.

/** Most bytes of all its pictures. */
export const GALLERY_BYTES = 1536 * 1024;

/** What is seen of a page at each width, and how much smaller the gallery shows it. */
export const SIZES = [
  { width: 390, height: 844, scale: 0.5 },
  { width: 768, height: 1024, scale: 0.36 },
  { width: 1280, height: 900, scale: 0.3 },
  { width: 1920, height: 1080, scale: 0.22 },
];

/** What a tab shows, as a small WebP. */
export async function small(tab, { width, height, scale }) {
  const session = await tab.context().newCDPSession(tab);
  const y = await tab.evaluate(() => scrollY);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 55, clip: { x: 0, y, width, height, scale }, captureBeyondViewport: false });
  await session.detach();
  return Buffer.from(data, "base64");
}

/** The chapter, for pages that have a `kind`. */
export function chapter(pages) {
  const of = page => {
    const name = page.kind.replace(/\W+/g, "-"), title = page.kind[0].toUpperCase() + page.kind.slice(1);
    const row = scheme => SIZES.map(({ width }) => `![${title}, ${width} px, ${scheme}](look/${name}-${width}-${scheme}.webp)`).join("\n");
    return `## ${title}\n\n${row("light")}\n\n${row("dark")}\n`;
  };
  return `# Gallery

<!-- Written by \`just look --gallery\`; do not edit. -->

Every kind of page of the demonstration in the theme [\`score\`](themes.md#the-theme-score), as a window of 390, 768, 1280 and 1920 px shows it, light and
dark. \`just look --gallery\` takes the pictures and writes this chapter; \`just look\` takes them in full size and says which differ
from those of the run before.

${pages.map(of).join("\n")}`;
}
