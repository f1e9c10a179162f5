// Spelling by keys alone: from one misspelling to the next, put right by number, learned, let stand, each taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';

const marked = (page) => page.locator('.cm-content .misspelt').allInnerTexts();

/** The sample with a graf before it whose first misspelling is known to the test. */
async function open(t, words, first) {
  const opened = await openPage(t);
  const { page, press, openSample } = opened;
  await openSample();
  await page.locator('.cm-content').focus();
  await press('Control+Home');
  await page.keyboard.insertText(`${words}\n\n`);
  await press('Control+Home');
  await until('its words are read', async () => (await marked(page))[0] === first);
  return opened;
}

/** What the panel lists; the text has only what is in sight. */
const listed = (page) => page.locator('.misspellings .word').allInnerTexts();
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim());

test('a misspelling is put right by number, another learned, and both are taken back by key', async (t) => {
  const { page, press, show } = await open(t, 'The boat recieved teh blorps.', 'recieved');
  assert.deepEqual((await marked(page)).slice(0, 3), ['recieved', 'teh', 'blorps']);
  await press('F6');
  await page.getByRole('button', { name: '1 received' }).waitFor();
  assert.equal(await focused(page), 'recieved', 'the focus is where numbers choose');
  await press('1');
  await until('the word is right', async () => /The boat received teh/.test(await page.locator('.cm-content').innerText()));
  await until('the next is on', async () => (await focused(page)) === 'teh');
  await page.getByRole('button', { name: '1 the' }).waitFor();
  await press('Alt+i');
  await until('it stands, and the next is on', async () => (await focused(page)) === 'blorps');
  assert.ok(!(await listed(page)).includes('teh'));
  await press('Control+Shift+Z');
  await until('no longer', async () => (await listed(page)).includes('teh'));
  await press('Alt+w');
  await until('it is known', async () => !(await listed(page)).includes('blorps'));
  await press('Control+Shift+Z');
  await until('no longer', async () => (await listed(page)).includes('blorps'));
  await press('Escape');
  await press('Control+z');
  await until('the first is as it was typed', async () => (await listed(page))[0] === 'recieved');
  await until('and kept so', () => /The boat recieved teh blorps/.test(show()));
});

test('what somebody said is changed only when the editor says so', async (t) => {
  const { page, press, show } = await open(t, '“We recieved it,” said Ines Eze.', 'recieved');
  await press('F6');
  await page.getByRole('button', { name: '1 received' }).waitFor();
  await press('1');
  await page.getByRole('dialog', { name: 'Change what was said?' }).waitFor();
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.ok((await marked(page)).includes('recieved'), 'it was asked about and left');
  await page.locator('.cm-content').focus();
  await press('Control+Home');
  await press('F6');
  await page.getByRole('button', { name: '1 received' }).waitFor();
  await press('1');
  const put = page.getByRole('button', { name: 'Put “received”' });
  await put.waitFor();
  await put.press('Enter');
  await until('now it is right', () => /“We received it,”/.test(show()));
});

test('the mark is no other’s, the browser’s own is off, and the dictionary is chosen by key', async (t) => {
  const { page, press, goTo } = await open(t, 'The colour is gray.', 'colour');
  const look = await page.locator('.cm-content .misspelt').first().evaluate((one) => {
    const { backgroundImage, textDecorationLine } = getComputedStyle(one);
    return [backgroundImage.includes('gradient'), textDecorationLine];
  });
  assert.deepEqual(look, [true, 'none'], 'dots of its own, below any line');
  assert.equal(await page.locator('.cm-content').getAttribute('spellcheck'), 'false');
  assert.ok((await marked(page)).includes('colour'));
  await press('Control+Shift+x');
  const choice = page.getByLabel('Read drafts by');
  await choice.waitFor();
  await until('the choice has the focus', () => choice.evaluate((box) => box === document.activeElement));
  // A letter chooses what begins with it.
  await press('b');
  await page.getByText('Drafts are read by en_GB').waitFor();
  await press('Escape');
  await until('it is read as British', async () => (await marked(page)).includes('gray') && !(await marked(page)).includes('colour'));
  await goTo('desk');
  await goTo('draft');
  assert.ok((await marked(page)).includes('gray'), 'and so it stays');
});
