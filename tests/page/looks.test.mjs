// Stet looks as it did: pictures of each screen and of moments that are easily forgotten, held pixel by pixel against
// those kept in looks/. A picture that is meant to look different is kept anew by `make looks`, and read before it is committed.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import { bars, compare, keptFolder, look, looseBars, openStill, packed, shoot, shootAtRest } from './looks.mjs';
import { goTo, moments, open, screens } from './moments.mjs';
import { showIn } from './twin.mjs';

const schemes = ['light', 'dark'];
const sizes = [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }];

/** The moments that are kept: light, dark or both, and the commands they have refused on purpose. */
const kept = {
  // Nothing there.
  'draft-none': { shown: ['light'] },
  'check-none': { shown: ['dark'] },
  'desk-bin': { shown: ['light'] },
  'compare-none': { shown: ['dark'] },
  // Full.
  'desk-many': { shown: schemes },
  'desk-board': { shown: schemes },
  // Something went wrong.
  'draft-not-saved': { shown: schemes, refusals: ['save_draft'] },
  'desk-wreck': { shown: schemes, refusals: ['desk', 'indexing'] },
  'export-refused': { shown: ['light'], refusals: ['export'] },
  // It takes long.
  'draft-opening': { shown: ['dark'] },
  'import-reading': { shown: ['light'] },
  'sources-indexing': { shown: ['dark'] },
  // Long words, and too many of them.
  'draft-long': { shown: ['dark'] },
  'check-long': { shown: ['light'] },
  // Other languages: of the page, of the copy.
  'check-german': { shown: schemes },
  'export-german': { shown: ['light'] },
  'draft-arabic': { shown: schemes },
  'check-arabic': { shown: ['light'] },
  // Questions.
  'check-cq': { shown: ['light'] },
  settings: { shown: ['dark'] },
};
/** Their words are drawn by fonts of the machine. */
const isLoose = (name) => /arabic|long/.test(name);

test('the six screens look as they did, light and dark, at both sizes', async (t) => {
  const { page } = await openStill(t);
  const parted = [];
  await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
  for (const screen of screens) {
    if (screen === 'draft') {
      await open(page);
      await page.locator('.cm-content .quote').first().waitFor();
    }
    await goTo(page, screen);
    for (const size of sizes)
      for (const scheme of schemes) {
        await page.setViewportSize(size);
        await showIn(page, scheme);
        parted.push(await lookAt(page, `${screen}-${scheme}-${size.width}`));
      }
  }
  assertSame(parted);
});

for (const [name, { shown, refusals }] of Object.entries(kept))
  test(`${name} looks as it did, ${shown.join(' and ')}`, async (t) => {
    const desk = await openStill(t, { refusals });
    await moments[name](desk);
    const parted = [];
    for (const scheme of shown) {
      await showIn(desk.page, scheme);
      parted.push(await lookAt(desk.page, `${name}-${scheme}`));
    }
    assertSame(parted);
  });

test('no picture is kept that nobody looks at', () => {
  const looked = [
    ...screens.flatMap((screen) => sizes.flatMap(({ width }) => schemes.map((scheme) => `${screen}-${scheme}-${width}.png`))),
    ...Object.entries(kept).flatMap(([name, { shown }]) => shown.map((scheme) => `${name}-${scheme}.png`)),
  ];
  assert.deepEqual(fs.readdirSync(keptFolder).sort(), looked.sort());
});

/** What an editor would see, done to the page; the little things are little on purpose. */
const changes = {
  'a panel moved by four pixels': () => (document.querySelector('.queue').style.translate = '4px 0'),
  'a button went': () => (document.querySelector('.queue button').style.visibility = 'hidden'),
  'a sign of a row went': () => (document.querySelector('.queue .row svg').style.visibility = 'hidden'),
  'panels are a little darker': () => document.documentElement.style.setProperty('--panel', '#efece4'),
  'the accent is another': () => document.documentElement.style.setProperty('--accent', '#6a1b86'),
  'quiet ink is redder': () => document.documentElement.style.setProperty('--quiet', '#8f5b53'),
};

test('what changed is told, however small; what did not is not', async (t) => {
  const { page } = await openStill(t);
  await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
  await open(page, 'ferry-sale', 'check');
  await page.locator('.queue .row').first().waitFor();
  await page.locator('.evidence mark').first().waitFor();
  const before = PNG.sync.read(packed(await shootAtRest(page)));
  const told = {};
  for (const [what, change] of Object.entries(changes)) {
    await page.evaluate(change);
    told[what] = !compare(before, await shoot(page)).isSame;
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('[style]')) for (const name of ['translate', 'visibility', '--panel', '--accent', '--quiet']) one.style.removeProperty(name);
    });
  }
  assert.deepEqual(told, Object.fromEntries(Object.keys(changes).map((what) => [what, true])));
  const again = compare(before, await shoot(page));
  assert.ok(again.isSame, `the same page again parts from its kept picture: ${JSON.stringify({ ...again, difference: null })}`);
});

function lookAt(page, name) {
  return look(page, name, isLoose(name) ? looseBars : bars);
}

function assertSame(parted) {
  const lines = parted.filter((line) => line !== null);
  assert.ok(lines.length === 0, `${lines.length} of ${parted.length} pictures look different:\n${lines.join('\n')}`);
}
