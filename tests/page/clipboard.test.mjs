// The clipboard has what was selected, and nothing else: no line nobody chose, no name that is held back.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';
import { stet } from './twin.mjs';

const source = 'Quavolirex Renner';
const note = `---
source: ${source}
kind: call
said: 2026-11-10
confidential: true
aliases: a harbour pilot, Zibbeltorn
---
The north berth has been unsafe for a year.
`;
const piece = `# The berth

“The north berth has been unsafe for a year,” a harbour pilot said. <!-- ask Wumpelhark -->

The county waits.
`;
const context = { permissions: ['clipboard-read', 'clipboard-write'] };

function prepare(deskPath, folder) {
  const write = (name, text) => (fs.writeFileSync(path.join(folder, name), text), path.join(folder, name));
  stet('import', write('berth.md', piece), '--desk', deskPath);
  stet('import', write('call.md', note), '--notes', '--desk', deskPath);
}

/** What a paste would bring, of every kind. */
const clipboard = (page) =>
  page.evaluate(async () => {
    const items = await navigator.clipboard.read();
    const texts = items.flatMap((item) => item.types.map(async (type) => [type, await (await item.getType(type)).text()]));
    return Object.fromEntries(await Promise.all(texts));
  });

test('what is copied of a draft is what was selected, as plain text', async (t) => {
  const { page, press } = await openPage(t, { prepare, context });
  await page.getByRole('row', { name: 'berth' }).first().waitFor();
  await press('Enter');
  await page.locator('.cm-content .quote').first().waitFor();
  await page.locator('.cm-content').focus();
  await press('Control+Home', 'ArrowRight', 'Control+Shift+ArrowRight', 'Control+Shift+ArrowRight', 'Control+c');
  await until('the two words are copied', async () => (await clipboard(page))['text/plain']?.trim() === 'The north');
  assert.deepEqual(Object.keys(await clipboard(page)), ['text/plain'], 'no second form says more');
  // The caret alone, in the graf with the comment: nothing is selected, so nothing is copied or cut.
  await press('ArrowRight', 'Control+c', 'Control+x');
  assert.equal((await clipboard(page))['text/plain'].trim(), 'The north', 'what was copied before is still there');
  assert.match(await page.locator('.cm-content').innerText(), /Wumpelhark/, 'and nothing went');
});

test('a whole screen selected and copied names no confidential source', async (t) => {
  const { page, press, goTo, text } = await openPage(t, { prepare, context });
  await page.getByRole('row', { name: 'berth' }).first().waitFor();
  await press('Enter');
  await page.locator('.cm-content .quote').first().waitFor();
  let nWords = 0;
  for (const screen of ['check', 'compare', 'sources', 'export', 'desk']) {
    await goTo(screen);
    if (screen === 'check') await until('its evidence is shown', async () => /unsafe for a year[^]*unsafe for a year/.test(await text('main')));
    await page.evaluate(() => document.activeElement?.blur());
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await press('Control+a', 'Control+c');
    const copied = await clipboard(page);
    nWords += (copied['text/plain'] ?? '').split(/\s+/).length;
    for (const [type, words] of Object.entries(copied))
      for (const token of ['Quavolirex', 'Renner', 'Zibbeltorn']) assert.ok(!words.includes(token), `${screen} as ${type} has ${token}`);
  }
  assert.ok(nWords > 100, 'whole screens were copied');
});
