// The way out: what is seen is what goes out, and the gate asks first.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';

const preview = '.preview .out';
/** Words that stand in the notes alone; the last is a name nobody may read. */
const secret = /expect the twelfth|a spare that does not float|link to the timetable|fenders|Renner/;

async function openExport(t, options) {
  const desk = await openPage(t, options);
  await desk.openSample();
  await desk.goTo('export');
  await desk.page.locator('.gate h2').waitFor();
  return desk;
}

/** All that the preview shows, also what is drawn in a root of its own. */
const shown = (page) => page.locator(preview).evaluate((box) => {
  const sheet = box.querySelector('.sheet');
  return sheet?.shadowRoot?.textContent ?? sheet?.textContent ?? '';
});

test('each of the five targets is previewed by its key', async (t) => {
  const { page, press, text } = await openExport(t);
  const names = { 1: /\.md$/, 2: /\.html$/, 3: /\.txt$/, 4: /\.docx$/, 5: /\.html$/ };
  for (const [key, name] of Object.entries(names)) {
    await press(key);
    await until(`target ${key} is previewed`, async () => name.test(await text('.preview header b')) && /Ferry line up for sale/.test(await shown(page)));
    if (key !== '5') assert.doesNotMatch(await shown(page), secret, `target ${key} shows no words of the notes`);
    else assert.doesNotMatch(await shown(page), /Renner/, 'the proof never names a confidential source');
    assert.match(await page.getByLabel('Written to').inputValue(), name);
  }
  await until('the proof has its evidence', async () => /we may sell it by the spring/i.test(await shown(page)));
  await press('v');
  await until('as it is written', async () => /<html/.test(await shown(page)));
});

test('a piece is offered as it last went out, and where, also after a start', async (t) => {
  const { page, press, folder, goTo, openSample, text } = await openExport(t);
  const place = path.join(folder, 'print');
  fs.mkdirSync(place);
  await press('3');
  await until('plain text is shown', async () => (await text('.preview header b')).endsWith('.txt'));
  await page.getByLabel('Written to').fill(path.join(place, 'ferry.txt'));
  await page.getByLabel('Let it pass because').fill('legal cleared it');
  await page.getByLabel('Who sends it out').fill('SB');
  await press('Control+Enter');
  await until('it is written', () => fs.existsSync(path.join(place, 'ferry.txt')));
  await page.reload();
  await openSample();
  await goTo('export');
  await until('plain text is offered again', async () => page.getByRole('radio', { name: /^Plain text/ }).isChecked());
  await until('in its place', async () => (await page.getByLabel('Written to').inputValue()) === path.join(place, 'ferry-sale.txt'));
});

test('of a package it is said that it is shown as it will read', async (t) => {
  const { page, press, text } = await openExport(t);
  await page.getByRole('region', { name: 'Exactly what goes out' }).waitFor();
  for (const [key, ending] of [['4', 'docx'], ['6', 'odt'], ['7', 'epub'], ['p', 'pdf'], ['o', 'pdf']]) {
    await press(key);
    await until('the target is shown', async () => (await text('.preview header b')).endsWith(ending));
    await page.getByRole('region', { name: 'How it will read' }).waitFor();
    assert.match(await text('.preview header'), /not how it is set/);
  }
  await press('2');
  await page.getByRole('region', { name: 'Exactly what goes out' }).waitFor();
});

test('what is exported is what was previewed, with no words of the notes', async (t) => {
  const { page, press, folder, text } = await openExport(t);
  for (const [key, ending] of [['1', 'md'], ['2', 'html'], ['3', 'txt'], ['4', 'docx'], ['5', 'html']]) {
    await press('Escape');
    await page.locator(preview).focus();
    await press(key);
    const file = path.join(folder, `out${key}.${ending}`);
    await until('the target is shown', async () => (await text('.preview header b')).endsWith(ending) && (await page.getByRole('radio').nth(key - 1).isChecked()));
    await until('the gate has answered', async () => /holds? it back/.test(await text('.gate h2')));
    await page.waitForTimeout(300);
    const seen = await shown(page);
    await page.getByLabel('Written to').fill(file);
    await page.getByLabel('Let it pass because').fill('legal cleared it');
    await page.getByLabel('Who sends it out').fill('SB');
    await press('Control+Enter');
    await until(`${ending} is written`, () => fs.existsSync(file));
    await until('and said so', async () => (await text('.gate')).includes(`Written: ${file}`));
    const written = fs.readFileSync(file);
    if (key === '1' || key === '3') assert.equal(written.toString(), seen, 'what was seen is what is in the file');
    assert.ok(written.length > 500, 'the file has the piece');
    if (key !== '5') assert.doesNotMatch(written.toString(), secret, `${ending} has no words of the notes`);
    assert.doesNotMatch(written.toString(), /Renner|stet-page-|legal cleared it/, 'no confidential name, no path, no history');
  }
});

test('the gate asks why, and records who let it pass', async (t) => {
  const { page, press, folder, text } = await openExport(t);
  const file = path.join(folder, 'out.md');
  await page.getByLabel('Written to').fill(file);
  await press('Control+Enter');
  await until('it asks why', async () => /Say why/.test(await text('.gate [role="alert"]')));
  await page.getByLabel('Let it pass because').fill('   ');
  await press('Control+Enter');
  assert.match(await text('.gate [role="alert"]'), /Say why/, 'blanks are no reason');
  await page.getByLabel('Let it pass because').fill('legal cleared it');
  await page.getByLabel('Who sends it out').fill('');
  await press('Control+Enter');
  assert.match(await text('.gate [role="alert"]'), /Say who/);
  assert.ok(!fs.existsSync(file), 'nothing went out');
  await page.getByLabel('Who sends it out').fill('SB');
  await press('Control+Enter');
  await until('it is written', () => fs.existsSync(file));
  await until('it is recorded', async () => /SB.*legal cleared it|legal cleared it.*SB/s.test(await text('.gate ol.passes, .gate section')));
});

test('each reason of the gate leads to its place', async (t) => {
  const { page, press, goTo, text } = await openExport(t);
  const kinds = await page.locator('.reasons li > :first-child').allInnerTexts();
  for (const kind of ['alarm', 'wrong', 'TK']) assert.ok(kinds.includes(kind), `${kind} holds it back`);
  await press('g');
  await page.locator('main[aria-label="check"]').waitFor();
  assert.match(await text('.queue [aria-current="true"]'), /sell it by the spring|repairs/, 'the first reason');
  await goTo('export');
  await page.locator('.reasons li', { hasText: 'TK' }).getByRole('button').click();
  await page.locator('main[aria-label="draft"]').waitFor();
  await until('the TK is selected', async () => (await page.evaluate(() => getSelection().toString())) === 'TK');
});

test('a file that is there is asked about', async (t) => {
  const { page, press, folder } = await openExport(t, { refusals: ['export'] });
  const file = path.join(folder, 'out.txt');
  fs.writeFileSync(file, 'mine');
  await press('3');
  await until('the text is offered', async () => /\.txt$/.test(await page.getByLabel('Written to').inputValue()));
  await page.getByLabel('Written to').fill(file);
  await page.getByLabel('Let it pass because').fill('legal cleared it');
  await page.getByLabel('Who sends it out').fill('SB');
  await press('Control+Enter');
  await page.locator('dialog[open]').waitFor();
  await press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  assert.equal(fs.readFileSync(file, 'utf8'), 'mine', 'left as it was');
  assert.equal(await page.getByLabel('Let it pass because').inputValue(), 'legal cleared it', 'the reason is still there');
  await page.getByLabel('Written to').focus();
  await press('Control+Enter');
  await page.getByRole('button', { name: 'Replace it' }).click();
  await until('it is replaced', () => fs.readFileSync(file, 'utf8').includes('Ferry line up for sale'));
});

test('a place that cannot be written to is said, and nothing is lost', async (t) => {
  const { page, press, text } = await openExport(t, { refusals: ['export'] });
  await page.getByLabel('Written to').fill('/nowhere/at/all/out.md');
  await page.getByLabel('Let it pass because').fill('legal cleared it');
  await page.getByLabel('Who sends it out').fill('SB');
  await press('Control+Enter');
  await until('it says so', async () => /nowhere/.test(await text('.gate [role="alert"]')));
  assert.equal(await page.getByLabel('Let it pass because').inputValue(), 'legal cleared it');
});

test('plain text is set in lines and with straight quotes by key, and so it goes out from then on', async (t) => {
  const { page, press, folder, text } = await openExport(t);
  await press('3');
  await until('plain text is shown', async () => /\.txt$/.test(await text('.preview header b')) && /“/.test(await shown(page)));
  await page.locator(preview).focus();
  await press('w');
  await until('its lines are short', async () => Math.max(...(await shown(page)).split('\n').map((line) => line.length)) <= 72);
  await press('q');
  await until('its quotes are straight', async () => /"/.test(await shown(page)) && !/[“”’—]/.test(await shown(page)));
  await press('1');
  await until('Markdown is shown', async () => /\.md$/.test(await text('.preview header b')));
  assert.match(await shown(page), /“/, 'of plain text alone');
  assert.equal(await page.getByRole('button', { name: /Lines of 72/ }).count(), 0);
  await press('3');
  await until('it is remembered', async () => /\.txt$/.test(await text('.preview header b')) && !/“/.test(await shown(page)));
  const file = path.join(folder, 'out.txt');
  const seen = await shown(page);
  await page.getByLabel('Written to').fill(file);
  await page.getByLabel('Let it pass because').fill('legal cleared it');
  await page.getByLabel('Who sends it out').fill('SB');
  await press('Control+Enter');
  await until('it is written', () => fs.existsSync(file));
  assert.equal(fs.readFileSync(file, 'utf8'), seen);
});
