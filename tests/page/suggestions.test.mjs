// A file that was sent out comes back: its changes are walked by key, accepted, rejected, chosen and taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { returned, select } from './moments.mjs';
import { openPage, until } from './room.mjs';

const rows = (page) => page.locator('aside[aria-label="Suggestions"] ol .row');
const settled = (page) => page.locator('.settled b').innerText();
const current = (page) => page.locator('aside[aria-label="Suggestions"] [aria-current="true"]');
const back = 'input[type="file"][aria-label="A file that came back"]';

async function bringBack(t) {
  const desk = await openPage(t);
  const before = desk.show();
  await desk.openSample();
  await desk.goTo('compare');
  await desk.page.locator('.changes .row').first().waitFor();
  const file = returned(desk);
  await desk.page.locator(back).setInputFiles(file);
  const dialog = desk.page.getByRole('dialog', { name: 'Bring back ferry-sale-back.docx' });
  await dialog.getByText('Tracked, by Ines Eze.').waitFor();
  assert.match(await dialog.innerText(), /With its tracked changes rejected the file has the words that stand now/);
  await desk.press('Enter');
  await rows(desk.page).first().waitFor();
  assert.equal(desk.show(), before, 'the piece stays as it is');
  return { ...desk, before, file };
}

test('each suggestion shows its author and time, and is accepted, rejected and taken back by key', async (t) => {
  const { page, press, show, before } = await bringBack(t);
  assert.match(await rows(page).first().innerText(), /Ines Eze, \d+ \w+ 20\d\d/);
  const all = await page.locator('.settled progress').getAttribute('max');
  assert.equal(await settled(page), `0 of ${all} settled`);
  await press('n');
  assert.match(await current(page).innerText(), /spring → summer/);
  await press('a');
  await until('its word is in the piece', () => show() === before.replace('by the spring,”', 'by the summer,”'));
  await until('one is settled', async () => (await settled(page)) === `1 of ${all} settled`);
  await press('Control+Shift+z');
  await until('and taken back', () => show() === before);
  await until('none is settled', async () => (await settled(page)) === `0 of ${all} settled`);
  await press('Z');
  await until('all are rejected', async () => (await settled(page)) === `${all} of ${all} settled`);
  assert.equal(show(), before);
  await page.getByText('rejected', { exact: false }).first().waitFor();
  await press('n', 'u');
  await until('one is open again', async () => (await settled(page)) === `${Number(all) - 1} of ${all} settled`);
});

test('what both changed stands side by side, and is chosen by key; the draft has what was typed since', async (t) => {
  const { page, press, show, goTo, before } = await bringBack(t);
  await goTo('draft');
  await select(page, 'the spring');
  await page.keyboard.type('the autumn');
  await select(page, 'engine repairs');
  await press('End');
  await page.keyboard.type(' A late line.');
  await until('it is saved', () => show().includes('the autumn') && show().includes('A late line.'));
  await goTo('compare');
  await press('i');
  await rows(page).first().waitFor();
  await press('A');
  await page.getByText(/1 is left: the same words were changed here/).waitFor();
  await page.getByRole('region', { name: 'Both changed the same words' }).waitFor();
  assert.match(await page.locator('.both').innerText(), /Ours\s+autumn[\s\S]*Theirs\s+summer/);
  await press('2');
  await until('theirs stands', () => show().includes('by the summer,”'));
  assert.ok(show().includes('A late line.'), 'and so does what was typed since');
  assert.notEqual(show(), before);
  await goTo('draft');
  await page.locator('.cm-content').focus();
  await press('Control+z');
  await until('undo in the draft takes it out', () => show().includes('the autumn,”'));
});

test('a file is put away and brought back, and one by nobody asks who made it', async (t) => {
  const { page, press, give } = await bringBack(t);
  await press('Delete');
  await page.getByText('No file came back for this piece yet').waitFor();
  await press('Control+Shift+z');
  await rows(page).first().waitFor();
  await give('A file that came back', ['other.md', 'Nothing is left of it.\n']);
  const dialog = page.getByRole('dialog', { name: 'Bring back other.md' });
  await dialog.getByText('The file tracks no changes').waitFor();
  await dialog.getByLabel('Who made the changes').fill('Tove Lund');
  await press('Enter');
  await until('its author is said', async () => /Tove Lund/.test(await rows(page).first().innerText()));
  assert.equal(await page.getByLabel('The file that came back').locator('option').count(), 2);
});
