// Where an editor was: caret, scroll, panel and screen outlive another screen, another piece, and a restart.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';
import { stet } from './twin.mjs';

const graf = (n) => `Graf ${n} says what the town heard of the ferry on Monday, and what it made of it since, at some length.`;
const long = `---\nslug: ferry-before\nhed: The first story\n---\n${Array.from({ length: 60 }, (_, n) => graf(n + 1)).join('\n\n')}\n`;

/** A long piece open on Draft, the outline beside it, the caret behind *Graf 12*, scrolled to somewhere else. */
async function openLong(t) {
  const desk = await openPage(t);
  const { page, press } = desk;
  await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
  const file = path.join(desk.folder, 'before.md');
  fs.writeFileSync(file, long);
  stet('import', file, '--desk', desk.deskPath);
  await page.reload();
  await page.getByRole('row', { name: 'ferry-before' }).first().click();
  await press('Enter');
  await page.locator('main[aria-label="draft"]').waitFor();
  await press('Alt+3');
  await page.getByRole('button', { name: /Graf 12 says/ }).click();
  await press('Home');
  for (let n = 0; n < 'Graf 12'.length; n++) await press('ArrowRight');
  const box = page.locator('.draft > .page');
  await box.hover();
  await page.mouse.wheel(0, 900);
  const top = () =>
    page.evaluate(() => {
      const edge = document.querySelector('.draft > .page').getBoundingClientRect().top;
      const line = [...document.querySelectorAll('.page .cm-line:not(.between)')].find((one) => one.getBoundingClientRect().bottom > edge + 8);
      return [line?.textContent.split(' ').slice(0, 2).join(' '), line?.getBoundingClientRect().top - edge];
    });
  await until('it is scrolled past the caret', async () => Number((await top())[0]?.slice(5)) > 12);
  await page.waitForTimeout(200);
  const [place, below] = await top();
  return {
    ...desk,
    /** The same graf is at the top, to a few pixels: a letter of the hed may be drawn later than the words. */
    isThere: async () => {
      const [now, at] = await top();
      return now === place && Math.abs(at - below) < 5;
    },
    tab: () => page.getByRole('tab', { selected: true }).innerText(),
    /** Typed at the caret: where that is. */
    async typesAtCaret(words) {
      await press('Enter');
      await page.keyboard.type(words);
      await until(`${words} stands at the caret`, async () => (await page.locator('.page .cm-content').innerText()).includes(`Graf 12${words}`));
    },
  };
}

test('Draft, Sources, Draft: the panel, the caret and what was in sight are as they were', async (t) => {
  const { goTo, isThere, tab, typesAtCaret } = await openLong(t);
  await goTo('sources');
  await goTo('draft');
  await until('the same graf is at the top', isThere);
  assert.equal(await tab(), 'Outline');
  await typesAtCaret('!');
});

test('a start leads back to the piece, its panel, its caret and what was in sight; so does opening it again', async (t) => {
  const { page, press, goTo, isThere, tab, typesAtCaret } = await openLong(t);
  await page.reload();
  await page.locator('main[aria-label="draft"]').waitFor();
  await until('the same graf is at the top', isThere);
  assert.equal(await tab(), 'Outline');
  assert.equal(await page.getByLabel('Slug').inputValue(), 'ferry-before');
  const kept = await page.evaluate(() => localStorage.getItem('stet-whereabouts'));
  assert.ok(!/ferry-before|Graf/.test(kept), 'no word of the piece is kept');

  await goTo('desk');
  await page.getByRole('row', { name: 'ferry-sale' }).first().click();
  await press('Enter');
  await page.locator('.cm-content .quote').first().waitFor();
  assert.equal(await page.locator('.draft > .page').evaluate((box) => box.scrollTop), 0, 'another piece begins at its top');
  await goTo('desk');
  await page.getByRole('row', { name: 'ferry-before' }).first().click();
  await press('Enter');
  await until('the same graf is at the top again', isThere);
  await typesAtCaret('?');
});

test('a start leads back to the screen, also with a piece open behind it, and Draft has its place then', async (t) => {
  const { page, goTo, isThere } = await openLong(t);
  await goTo('check');
  await page.waitForTimeout(400);
  await page.reload();
  await page.locator('main[aria-label="check"]').waitFor();
  await goTo('draft');
  await until('the same graf is at the top', isThere);
});
