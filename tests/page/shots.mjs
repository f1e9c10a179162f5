// A picture of each screen with the sample story, light and dark, at two sizes, into out/shots/. Usage: shots.mjs [SCREEN…]
import fs from 'node:fs';
import path from 'node:path';
import { openTwin, root } from './twin.mjs';

const folder = path.join(root, 'out/shots');
const screens = ['desk', 'draft', 'check', 'compare', 'sources', 'export'];
const asked = process.argv.slice(2);
fs.mkdirSync(folder, { recursive: true });

const twin = await openTwin();
const { page } = twin;
let n = 0;
for (const size of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }]) {
  await page.setViewportSize(size);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const [at, screen] of screens.entries()) {
      if (asked.length && !asked.includes(screen)) continue;
      if (screen !== 'desk') {
        await page.keyboard.press('Control+1');
        await page.getByRole('row', { name: /ferry-sale/ }).first().click();
        await page.keyboard.press('Enter');
        await page.locator('.cm-content').waitFor();
      }
      await page.keyboard.press(`Control+${at + 1}`);
      await page.locator(`main[aria-label="${screen}"]`).waitFor();
      await page.waitForTimeout(900);
      await page.screenshot({ path: path.join(folder, `${screen}-${colorScheme}-${size.width}.png`) });
      n++;
    }
  }
}
for (const complaint of twin.complaints) console.log(`the page complains: ${complaint}`);
await twin.close();
console.log(`${n} pictures in out/shots`);
