// Removing for good: what it says, that nothing goes before the name is typed, and that then it is in no file.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';

const planted = 'quagwortzibbel';

function filesWith(folder, word) {
  const all = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return all.map(({ parentPath, name }) => path.join(parentPath, name)).filter((file) => fs.readFileSync(file).includes(word));
}

test('a piece goes for good only when its slug is typed, while it is open too', async (t) => {
  const { page, folder, press, goTo, openSample, writeAtEnd, isSaved, drafts, text } = await openPage(t);
  await openSample();
  await writeAtEnd(` The ${planted} waits.`);
  await until('it is saved', isSaved);
  await goTo('desk');
  await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
  await press('Shift+Delete');
  const box = page.getByRole('dialog', { name: 'Remove for good' });
  await until('it says what goes', async () => /revision/.test(await box.innerText()) && /backup/.test(await box.innerText()));
  const act = box.getByRole('button', { name: 'Remove for good' });
  await page.keyboard.type('ferry-sal');
  assert.ok(await act.isDisabled(), 'not before the whole slug stands there');
  await press('Enter', 'Escape');
  await box.waitFor({ state: 'hidden' });
  assert.ok(drafts().some(({ slug }) => slug === 'ferry-sale'), 'nothing went');

  await press('Shift+Delete');
  await until('it knows what goes', async () => /revision/.test(await box.innerText()));
  await page.keyboard.type('ferry-sale');
  await press('Enter');
  const done = page.getByRole('dialog', { name: 'Removed for good' });
  await until('it says where copies may be left', async () => /snapshots of the file system/.test(await done.innerText()));
  await press('Enter');
  await done.waitFor({ state: 'hidden' });
  assert.ok(!drafts().some(({ slug }) => slug === 'ferry-sale'), 'it is gone');
  assert.deepEqual(filesWith(folder, planted), [], 'no file beside the desk has its words');
  await goTo('draft');
  assert.ok(!(await text()).includes(planted), 'nor has the page');
});

test('a note goes for good from the palette when its name is typed', async (t) => {
  const { page, folder, press, give, goTo, text } = await openPage(t);
  await goTo('sources');
  await page.getByRole('article', { name: 'Note' }).waitFor();
  await give('Drop notes here to import them', ['vale.md', `---\nsource: Nora Vale\n---\nThe ${planted} waits.\n`]);
  await until('it is shown', async () => (await text('article[aria-label="Note"]')).includes(planted));
  await press('Control+k');
  await page.keyboard.type('for good');
  await press('Enter');
  const box = page.getByRole('dialog', { name: 'Remove for good' });
  await until('it says what goes', async () => /all it ever said/.test(await box.innerText()));
  await page.keyboard.type('vale.md');
  await press('Enter');
  await page.getByRole('dialog', { name: 'Removed for good' }).getByRole('button', { name: 'Done' }).waitFor();
  await press('Enter');
  await until('it is listed no more', async () => !(await text('nav[aria-label="Notes"]')).includes('Nora Vale'));
  assert.deepEqual(filesWith(folder, planted), [], 'no file beside the desk has its words');
});

test('a confidential name is not shown for the typing', async (t) => {
  const { page, press, give, goTo, text } = await openPage(t);
  await goTo('sources');
  await page.getByRole('article', { name: 'Note' }).waitFor();
  await give('Drop notes here to import them', ['nora-vale.md', '---\nsource: Nora Vale\nconfidential: true\n---\nWe sank it.\n']);
  await until('it is shown', async () => (await text('article[aria-label="Note"]')).includes('We sank it'));
  await press('Shift+Delete');
  const box = page.getByRole('dialog', { name: 'Remove for good' });
  await until('it says what goes', async () => /all it ever said/.test(await box.innerText()));
  assert.doesNotMatch(await box.innerText(), /vale/i);
  await page.keyboard.type('remove for good');
  await press('Enter');
  await page.getByRole('dialog', { name: 'Removed for good' }).waitFor();
});
