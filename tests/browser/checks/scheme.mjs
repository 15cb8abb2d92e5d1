// The switch between light and dark: it takes effect, it is remembered, and the first frame of the next page
// has the remembered colour already.

export async function scheme(browser, address, page, report) {
  const context = await browser.newContext({ colorScheme: "light" });
  const tab = await context.newPage();
  await tab.addInitScript(() => requestAnimationFrame(() => window.firstFrame = getComputedStyle(document.documentElement).backgroundColor));
  const ground = () => tab.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await tab.goto(address);
  const button = tab.locator("button.scheme");
  if (await button.count()) {
    const light = await ground();
    let dark = light;
    for (let press = 0; press < 3 && dark == light; press++) {
      await button.click();
      dark = await ground();
    }
    if (dark == light) report.fault(page, "light and dark", "the switch changes nothing");
    const said = await button.getAttribute("aria-label");
    await tab.reload();
    if (await ground() != dark) report.fault(page, "light and dark", "the choice is forgotten");
    if (await button.getAttribute("aria-label") != said) report.fault(page, "light and dark", "the button does not say what is chosen");
    const first = await tab.evaluate(() => window.firstFrame);
    if (first != dark) report.fault(page, "light and dark", `a flash: first ${first}, then ${dark}`);
  }
  await context.close();
}
