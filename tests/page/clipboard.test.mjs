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

The county waits for TK boats.
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

test('a piece is copied with its form once the gate lets it pass, and the copy is recorded', async (t) => {
  const { page, press, goTo, text } = await openPage(t, { prepare, context });
  await page.getByRole('row', { name: 'berth' }).first().waitFor();
  await press('Enter');
  await goTo('export');
  await page.locator('.gate h2').waitFor();
  await page.evaluate(() => navigator.clipboard.writeText('before'));
  await page.locator('.preview .out').focus();
  await press('c');
  await until('it asks why', async () => /Say why/.test(await text('.gate [role="alert"]')));
  assert.equal((await clipboard(page))['text/plain'], 'before', 'nothing is copied without a reason');
  await page.getByLabel('Let it pass because').fill('legal cleared it');
  await page.getByLabel('Who sends it out').fill('SB');
  await page.getByRole('button', { name: /^Copy/ }).click();
  await until('it says so', () => page.getByText('The piece is on the clipboard').count());
  const copied = await clipboard(page);
  assert.match(copied['text/html'], /<h1[^>]*>The berth<\/h1>[^]*<p[^>]*>“The north berth/);
  assert.match(copied['text/plain'], /^The berth\n\n“The north berth[^]*The county waits for TK boats\.\n$/);
  for (const words of Object.values(copied)) assert.doesNotMatch(words, /Wumpelhark|Quavolirex|Zibbeltorn/, 'no comment, no name');
  await until('it is in the history', async () => /exported to the clipboard, let pass by SB: legal cleared it/.test(await text('.gate')));
});

test('what is pasted from a page keeps its form, in one step that is taken back', async (t) => {
  const { page, press, show } = await openPage(t, { prepare, context });
  await page.getByRole('row', { name: 'berth' }).first().waitFor();
  await press('Enter');
  await page.locator('.cm-content .quote').first().waitFor();
  const before = show('berth');
  await page.evaluate(async () => {
    const html = '<h2>What it cost</h2><p><b>Twelve</b> repairs, <a href="https://example.org/a">the council said</a>.</p>';
    const form = { 'text/html': new Blob([html], { type: 'text/html' }), 'text/plain': new Blob(['What it cost'], { type: 'text/plain' }) };
    await navigator.clipboard.write([new ClipboardItem(form)]);
  });
  await page.locator('.cm-content').focus();
  await press('Control+End', 'Enter', 'Control+v');
  await until('the form is there', () => show('berth').includes('## What it cost\n\n**Twelve** repairs, [the council said](https://example.org/a).'));
  await press('Control+z', 'Control+z');
  await until('one undo takes it back', () => show('berth') === before);
});
