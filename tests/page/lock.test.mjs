// The desk locked, in a browser: no word of it on the page or in a file, and the way back.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';

const planted = 'quagwortzibbel';
const passphrase = 'five grey gulls at noon';

test('a locked page shows no word, the folder keeps none, and the passphrase alone leads back', async (t) => {
  const refusals = ['desk', 'unlock', 'list_drafts', 'list_events', 'check_draft', 'indexing', 'count_quotes'];
  const { page, folder, openSample, writeAtEnd, isSaved, press, text } = await openPage(t, { refusals });
  await openSample();
  await press('Control+Shift+p');
  for (const label of ['New passphrase', 'The same again']) await page.getByLabel(label).fill(passphrase);
  await press('Enter');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  await writeAtEnd(` The ${planted} waits.`);
  await until('it is saved', isSaved);
  await writeAtEnd(' More is typed.');

  await press('Control+Shift+l');
  await page.locator('main[aria-label="locked"]').waitFor();
  await until('the page was loaded anew', () => page.evaluate(() => performance.getEntriesByType('navigation')[0].type === 'reload'));
  await page.locator('main[aria-label="locked"] input:focus').waitFor();
  const all = await page.evaluate(() => document.documentElement.outerHTML + document.title + JSON.stringify({ ...sessionStorage, ...localStorage }));
  assert.ok(!all.includes(planted) && !all.includes('ferry-sale'), 'nothing of the desk is in the page');
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name);
    if (fs.statSync(file).isFile()) assert.ok(!fs.readFileSync(file).includes(planted), `${name} has the word`);
  }
  await press('Control+k', 'Control+Shift+f');
  assert.equal(await page.locator('dialog').count(), 0, 'there is neither palette nor search');

  await page.keyboard.type('five grey gulls at nine');
  await press('Enter');
  await page.getByText('not the passphrase').waitFor();
  await page.keyboard.type(passphrase);
  await press('Enter');
  await page.locator('main[aria-label="draft"]').waitFor();
  await until('the words are back', async () => {
    await writeAtEnd('');
    return (await text('.cm-content')).includes(`The ${planted} waits. More is typed.`);
  });
});
