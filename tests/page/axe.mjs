// What axe has against each screen and moment, and how well its words and marks can be seen; run by itself it prints a table.
// Usage: axe.mjs [SCREEN or MOMENT…]
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ENOUGH, ENOUGH_FOR_MARKS, contrasts } from './contrast.mjs';
import { goTo, moments, open, screens } from './moments.mjs';
import { launch, openTwin, showIn } from './twin.mjs';

const source = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Each way to a state of the page, by name: the six screens with the sample, then the moments. */
export const states = {
  ...Object.fromEntries(screens.map((screen) => [screen, ({ page }) => openSample(page, screen)])),
  ...moments,
};

/**
 * What axe names now, a line each with the element, and words and marks that are too faint; how many of its rules passed,
 * and the least contrast of any words and of any mark: light, then dark. All rules that are not experimental.
 */
export async function audit(page) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await showIn(page, colorScheme);
    await page.evaluate(source);
    const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const lines = violations.flatMap(({ id, nodes }) => nodes.map(({ html, any, all, none }) => `${id}: ${html.slice(0, 160)} (${[...any, ...all, ...none].map(({ message }) => message).join('; ').slice(0, 200)})`));
    const { words, marks } = await page.evaluate(contrasts);
    const below = (all, enough) => all.filter(([, ratio]) => ratio < enough).map(([what, ratio]) => `contrast ${ratio}: ${what}`);
    const faint = [...below(words, ENOUGH), ...below(marks, ENOUGH_FOR_MARKS)];
    found.push({ colorScheme, lines: [...lines, ...faint], n_passed: passes.length, least: words[0]?.[1] ?? Infinity, leastOfMarks: marks[0]?.[1] ?? Infinity });
  }
  return found;
}

async function openSample(page, screen) {
  await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
  if (screen === 'desk') return;
  await open(page);
  await page.locator('.cm-content .quote').first().waitFor();
  await goTo(page, screen);
  await page.waitForTimeout(500);
}

async function printTable(asked) {
  const browser = await launch();
  let n_violations = 0;
  console.log(`${'state'.padEnd(24)} light  dark  rules passed  least contrast, light and dark: words (${ENOUGH} is enough), marks (${ENOUGH_FOR_MARKS})`);
  for (const [name, lead] of Object.entries(states)) {
    if (asked.length > 0 && !asked.some((each) => name.startsWith(each))) continue;
    const twin = await openTwin({ browser });
    await lead(twin);
    const [light, dark] = await audit(twin.page);
    console.log(`${name.padEnd(24)} ${String(light.lines.length).padStart(5)} ${String(dark.lines.length).padStart(5)} ${String(light.n_passed).padStart(13)} ${String(light.least).padStart(15)} ${String(dark.least).padStart(6)} ${String(light.leastOfMarks).padStart(8)} ${String(dark.leastOfMarks).padStart(6)}`);
    for (const line of new Set([...light.lines, ...dark.lines])) console.log(`    ${line}`);
    n_violations += light.lines.length + dark.lines.length;
    await twin.close();
  }
  await browser.close();
  console.log(`${n_violations} violations`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await printTable(process.argv.slice(2));
