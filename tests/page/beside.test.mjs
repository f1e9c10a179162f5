// Two pieces side by side: one is edited, the other is read; they change over, each on its side and at its place.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';
import { stet } from './twin.mjs';

const graf = (n) => `Graf ${n} says what the town heard of the ferry on Monday, and what it made of it since, at some length.`;
const long = `---\nslug: ferry-before\nhed: The first story\n---\n${Array.from({ length: 60 }, (_, n) => graf(n + 1)).join('\n\n')}\n`;
const hebrew = '---\nslug: ferry-he\nhed: המעבורת תפליג\n---\nקוראים יקרים, המעבורת תפליג גם בחורף הזה.\n';

/** The sample open on Draft, with a long piece and a Hebrew one on its desk. */
async function openPair(t, options = {}) {
  const desk = await openPage(t, options);
  const { page, press } = desk;
  await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
  const files = Object.entries({ 'before.md': long, 'he.md': hebrew }).map(([name, text]) => {
    const file = path.join(desk.folder, name);
    fs.writeFileSync(file, text);
    return file;
  });
  stet('import', ...files, '--desk', desk.deskPath);
  await page.reload();
  await page.getByRole('row', { name: 'ferry-sale' }).first().click();
  await press('Enter');
  await page.locator('.cm-content .quote').first().waitFor();
  return {
    ...desk,
    column: page.locator('.beside'),
    written: page.locator('.page .cm-content'),
    async openBeside(name) {
      await press('Alt+b');
      await page.getByRole('combobox', { name: 'Open a piece beside' }).waitFor();
      await page.getByRole('option', { name }).first().waitFor();
      await page.keyboard.type(name);
      await press('Enter');
      await page.locator('.beside .cm-content').waitFor();
    },
    /** The slugs from left to right; the one that is edited has its place in the bar. */
    sides: () =>
      page.evaluate(() =>
        [...document.querySelectorAll('.draft > .page, .draft > .beside')]
          .sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left)
          .map((one) => (one.matches('.page') ? 'edited' : one.querySelector('strong').textContent)),
      ),
    bar: () => page.getByLabel('Slug').inputValue(),
    /** The graf at the top of what scrolls. */
    topOf: (css) =>
      page.evaluate((css) => {
        const edge = document.querySelector(css).getBoundingClientRect().top;
        const line = [...document.querySelectorAll(`${css} .cm-line:not(.between)`)].find((one) => one.getBoundingClientRect().bottom > edge + 8);
        return line?.textContent.split(' ').slice(0, 2).join(' ');
      }, css),
  };
}

test('by keys alone: a piece is put beside, read, copied from, changed over with, and closed', async (t) => {
  const { page, press, openBeside, sides, bar, column, written, show, isSaved } = await openPair(t);
  const before = show('ferry-before');
  await openBeside('ferry-before');
  assert.deepEqual(await sides(), ['edited', 'ferry-before']);
  assert.equal(await page.getByRole('region', { name: 'Beside: ferry-before' }).count(), 1);

  await press('Alt+a', 'Control+Home', 'Shift+End');
  await page.keyboard.type('nothing of this goes in');
  assert.match(await page.evaluate(() => getSelection().toString()), /^Graf 1 says/, 'what is chosen stays chosen');
  assert.equal((await column.innerText()).includes('nothing of this'), false);

  await press('Control+c', 'Alt+a', 'Control+End', 'Control+v');
  await until('what is copied there goes in here', async () => /Graf 1 says[^\n]*$/.test((await written.innerText()).trim()));
  await press('Control+z');
  await page.keyboard.type(' As told before.');
  await press('Alt+o');
  await until('the sides are kept', async () => (await sides()).join() === 'ferry-sale,edited');
  assert.equal(await bar(), 'ferry-before');
  await until('what was typed is on the desk', () => show().trimEnd().endsWith('As told before.'));
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('New. ');
  await until('the keys go to the piece that is edited now', async () => (await written.innerText()).startsWith('New. Graf 1'));
  await until('it is saved', isSaved);

  await press('Alt+a', 'Enter');
  await until('Enter in the column changes back', async () => (await sides()).join() === 'edited,ferry-before');
  await press('Control+z');
  await until('undo is that of the piece', async () => !(await written.innerText()).includes('As told before.'));
  await press('Alt+o');
  await until('over again', async () => (await bar()) === 'ferry-before');
  await press('Control+z');
  await until('and of the other', () => show('ferry-before') === before);
  await press('Alt+a', 'Escape');
  await column.waitFor({ state: 'detached' });
  await page.keyboard.type('On. ');
  await until('one writes on', async () => (await written.innerText()).includes('On. '));
});

test('each piece comes back to the place it was scrolled to, and a double click puts the caret where it was made', async (t) => {
  const { page, press, openBeside, sides, topOf, column } = await openPair(t);
  await openBeside('ferry-before');
  await column.locator('.words').hover();
  await page.mouse.wheel(0, 2400);
  await until('it is scrolled', async () => /^Graf (1\d|2\d)$/.test(await topOf('.beside .words')));
  await page.waitForTimeout(200);
  const top = await topOf('.beside .words');
  await column.locator('.cm-line', { hasText: `Graf ${Number(top.slice(5)) + 3} ` }).dblclick({ position: { x: 40, y: 10 } });
  await until('changed over', async () => (await sides()).join() === 'ferry-sale,edited');
  await until('at the same place', async () => (await topOf('.draft > .page')) === top);
  assert.equal(await page.evaluate(() => getSelection().isCollapsed), true);
  await page.keyboard.type('!');
  const typed = page.locator('.page .cm-line', { hasText: '!' });
  await until('the caret is where the click was, and no word is lost', async () => (await typed.innerText()).replace('!', '') === graf(Number(top.slice(5)) + 3));
  await press('Alt+o');
  await until('and back', async () => (await sides()).join() === 'edited,ferry-before');
  await until('at its place again', async () => (await topOf('.beside .words')) === top);
});

test('it stands there after a start, is read anew, and goes with the bin', async (t) => {
  const { page, press, openBeside, column, goTo, deskPath, folder } = await openPair(t);
  await openBeside('ferry-before');
  await page.reload();
  await column.getByText('The first story').waitFor();

  await goTo('desk');
  const file = path.join(folder, 'later.md');
  fs.writeFileSync(file, 'Words from elsewhere.\n');
  stet('import', file, '--into', 'ferry-before', '--desk', deskPath);
  await goTo('draft');
  await column.getByText('Words from elsewhere.').waitFor();

  await goTo('desk');
  await page.getByRole('row', { name: 'ferry-before' }).first().click();
  await press('Delete');
  await page.getByRole('row', { name: 'ferry-before' }).first().waitFor({ state: 'detached' });
  await goTo('draft');
  await page.locator('.page .cm-content').waitFor();
  assert.equal(await column.count(), 0);
});

test('a change over that is refused leaves both as they are', async (t) => {
  const { page, press, openBeside, sides, written } = await openPair(t, { refusals: ['save_draft'] });
  await openBeside('ferry-before');
  await page.route('**/call', async (route) => {
    if (route.request().postDataJSON().name !== 'save_draft') return route.fallback();
    return route.fulfill({ status: 422, contentType: 'application/json', body: JSON.stringify({ code: 'diskFull', message: 'The disk is full.' }) });
  });
  await written.focus();
  await page.keyboard.type('Kept here. ');
  await press('Alt+o');
  await page.getByText('The disk is full').first().waitFor();
  assert.deepEqual(await sides(), ['edited', 'ferry-before']);
  assert.ok((await written.innerText()).includes('Kept here.'));
});

test('a piece written from the right is read from the right', async (t) => {
  const { openBeside, column } = await openPair(t);
  await openBeside('ferry-he');
  const line = column.locator('.cm-line').first();
  assert.equal(await line.evaluate((one) => getComputedStyle(one).direction), 'rtl');
  assert.equal(await column.locator('.hed').evaluate((one) => getComputedStyle(one).direction), 'rtl');
});

test('in narrower windows the panel gives way, then one piece to the other, and nothing is out of reach', async (t) => {
  const { page, press, openBeside, column, written } = await openPair(t);
  await openBeside('ferry-before');
  const panel = page.locator('aside[aria-label="Beside the draft"]');
  const words = column.locator('.words');
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(await panel.isVisible(), true, 'at 1280 there is room for all');

  await page.setViewportSize({ width: 1100, height: 800 });
  await panel.waitFor({ state: 'hidden' });
  await press('Alt+3');
  await panel.waitFor();
  assert.equal(await words.isVisible(), false, 'the panel has its place, its head stays');
  assert.equal(await column.getByText('ferry-before').isVisible(), true);
  await press('Alt+a');
  await words.waitFor();
  assert.equal(await panel.isVisible(), false);

  for (const size of [{ width: 700, height: 700 }, { width: 320, height: 640 }]) {
    await page.setViewportSize(size);
    await written.waitFor({ state: 'hidden' });
    assert.equal(await words.isVisible(), true, 'it stands over the other');
    assert.equal(await width(), size.width);
    await column.getByRole('button', { name: 'Back to ferry-sale' }).click();
    await written.waitFor();
    assert.equal(await width(), size.width);
    await page.keyboard.type('x');
    await press('Backspace', 'Alt+a');
    await words.waitFor();
  }
  await press('Alt+o');
  await until('what is edited is seen', () => written.isVisible());
  assert.match(await written.innerText(), /Graf 1 says/);
  await press('Alt+a', 'Escape', 'Control+Home');
  await page.keyboard.type('Alone. ');
  await until('one writes on in what stood under it', async () => (await written.innerText()).startsWith('Alone. Graf 1'));
});
