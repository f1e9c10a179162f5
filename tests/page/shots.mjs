// Pictures for eyes, into out/shots/: each screen with the sample story, light and dark, at two sizes; and the moments of
// moments.mjs, light and dark. Usage: shots.mjs [SCREEN or MOMENT…]
import fs from 'node:fs';
import path from 'node:path';
import { goTo, moments, open, screens } from './moments.mjs';
import { launch, openTwin, root } from './twin.mjs';

const folder = path.join(root, 'out/shots');
const asked = process.argv.slice(2);
const isAsked = (name) => asked.length === 0 || asked.some((each) => name.startsWith(each));
fs.mkdirSync(folder, { recursive: true });

const browser = await launch();
let n = 0;
async function shoot(page, name) {
  // The pointer would leave its own trace.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(900);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  n++;
}
function tellOf(twin, name) {
  for (const complaint of twin.complaints) console.log(`${name}: the page complains: ${complaint}`);
}

if (screens.some(isAsked)) {
  const twin = await openTwin({ browser });
  const { page } = twin;
  for (const size of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const screen of screens.filter(isAsked)) {
        await (screen === 'desk' ? goTo(page, screen) : open(page, 'ferry-sale', screen));
        await shoot(page, `${screen}-${colorScheme}-${size.width}`);
      }
    }
  }
  tellOf(twin, 'screens');
  await twin.close();
}
for (const [name, go] of Object.entries(moments)) {
  if (!isAsked(name)) continue;
  const twin = await openTwin({ browser });
  try {
    await go(twin);
    for (const colorScheme of ['light', 'dark']) {
      await twin.page.emulateMedia({ colorScheme });
      await shoot(twin.page, `${name}-${colorScheme}`);
    }
  } catch (cause) {
    console.log(`${name}: no picture: ${cause.message}`);
    process.exitCode = 1;
  }
  tellOf(twin, name);
  await twin.close();
}
await browser.close();
console.log(`${n} pictures in out/shots`);
