// The check: the whole queue by key, and a cq that follows its words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';

const current = (page) => page.locator('.queue [aria-current="true"]');
const counts = async (page) => {
  const words = await page.locator('.queue .counts').innerText();
  const of = (heap) => Number(words.match(new RegExp(`(\\d+) ${heap}`))?.[1] ?? 0);
  return { wrong: of('wrong'), open: of('open'), stale: of('stale'), right: of('right') };
};

async function openCheck(t) {
  const desk = await openPage(t);
  await desk.openSample();
  await desk.goTo('check');
  await current(desk.page).waitFor();
  return desk;
}

/** Steps down the queue to the first row that says something. */
async function stepTo(page, words) {
  for (let n = 0; n < 30; n++) {
    if (words.test(await current(page).innerText())) return;
    await page.keyboard.press('j');
  }
  assert.fail(`no quote in the queue says ${words}`);
}

async function closed(page) {
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
}

async function signCq(page, reason) {
  await page.keyboard.press('c');
  await page.getByLabel('Why it is right as it stands').fill(reason);
  await page.getByLabel('Who checked it').fill('SB');
  await page.keyboard.press('Enter');
  await closed(page);
}

test('the queue is walked down and up by key, worst first', async (t) => {
  const { page, press } = await openCheck(t);
  const rows = page.locator('.queue ol button');
  const n = await rows.count();
  const seen = [];
  for (let at = 0; at < n; at++) {
    assert.equal(await rows.nth(at).getAttribute('aria-current'), 'true', `row ${at} is next`);
    assert.ok(await current(page).evaluate((row) => {
      const box = row.getBoundingClientRect();
      const list = row.closest('ol').getBoundingClientRect();
      return box.bottom > list.top && box.top < list.bottom;
    }), 'the row is in sight');
    seen.push(await current(page).innerText());
    await press('j');
  }
  assert.match(seen[0], /may|sell it by the spring/, 'the alarm comes first');
  for (let at = n - 1; at > 0; at--) await press('k');
  assert.equal(await rows.first().getAttribute('aria-current'), 'true');
  const { wrong } = await counts(page);
  assert.ok(wrong > 2, 'the sample has quotes that are wrong');
});

test('w puts the source’s words in, and they can be taken back', async (t) => {
  const { page, press, show } = await openCheck(t);
  const before = await counts(page);
  const body = show();
  await stepTo(page, /sell it by the spring/);
  await press('w');
  await until('one fewer is wrong', async () => (await counts(page)).wrong === before.wrong - 1);
  await until('the words are kept', () => show().includes('“We may sell it by the spring,”') || show().includes('we may sell it by the spring'));
  assert.match(await current(page).innerText(), /sell it by the spring/, 'the quote stays selected');
  await press('Control+z');
  await until('they are taken back', async () => (await counts(page)).wrong === before.wrong && show() === body);
});

test('m sets the missing marks', async (t) => {
  const { page, press, show } = await openCheck(t);
  await stepTo(page, /You can love a ferry/);
  await press('m');
  await until('the marks are in the piece', () => /[“"]You can love a ferry and still count\.?[”"]/.test(show()));
  assert.match(await current(page).innerText(), /You can love a ferry/);
});

test('s skips what is right, o opens the note at the passage, e the draft at the quote', async (t) => {
  const { page, press, goTo, text } = await openCheck(t);
  const { wrong, open, stale } = await counts(page);
  const seen = new Set();
  for (let n = 0; n < wrong + open + stale; n++) {
    seen.add(await current(page).innerText());
    await press('s');
  }
  assert.equal(seen.size, wrong + open + stale, 'each that needs an editor is met once');
  assert.equal(await current(page).innerText(), [...seen][0], 'and then the first again');
  await stepTo(page, /no plan B/);
  await press('o');
  await page.locator('main[aria-label="sources"]').waitFor();
  await until('the passage is marked', async () => /no plan B/.test(await text('article[aria-label="Note"] mark')));
  await goTo('check');
  assert.match(await current(page).innerText(), /no plan B/, 'the quote is still the one at hand');
  await press('e');
  await page.locator('main[aria-label="draft"]').waitFor();
  await until('the quote is in sight and selected', async () => /no plan B/.test(await text('.cm-content .is-selected')));
  await until('its words are selected, ready to be changed', async () => /^There is no plan B/.test(await page.evaluate(() => getSelection().toString())));
});

test('a cq asks for a reason, is shown, and is taken back', async (t) => {
  const { page, press, text } = await openCheck(t);
  await stepTo(page, /tie up every boat/);
  const before = await counts(page);
  await press('c');
  await page.getByLabel('Why it is right as it stands').press('Enter');
  assert.match(await text('dialog[open] [role="alert"]'), /Say why/);
  await press('Escape');
  await closed(page);
  await signCq(page, 'heard it on the tape');
  await until('one more is right', async () => (await counts(page)).right === before.right + 1);
  await stepTo(page, /no plan B/).catch(() => undefined);
  await page.locator('.queue button', { hasText: 'tie up every boat' }).click();
  assert.match(await current(page).innerText(), /cq SB/);
  assert.match(await text('.middle'), /heard it on the tape/);
  await press('u');
  await until('it is taken back', async () => (await counts(page)).right === before.right);
  assert.doesNotMatch(await current(page).innerText(), /cq SB/);
});

test('a cq goes stale when the words change, and comes back on undo', async (t) => {
  const { page, press, goTo, text } = await openCheck(t);
  await stepTo(page, /tie up every boat/);
  await signCq(page, 'heard it on the tape');
  const row = page.locator('.queue button', { hasText: 'boat in the harbour' });
  await until('it is cq', async () => /cq SB/.test(await row.innerText()));
  const before = await counts(page);
  await row.click();
  await press('e');
  await page.locator('.cm-content .is-selected').first().waitFor();
  await press('ArrowRight', 'ArrowRight', 'ArrowRight');
  await page.keyboard.type('x');
  await until('the mark in the draft is stale', () => page.locator('.cm-content .is-stale').count());
  await goTo('check');
  await until('the check says stale', async () => (await counts(page)).stale === before.stale + 1);
  assert.match(await text('.queue'), /1 stale/);
  await goTo('draft');
  await page.locator('.cm-content').focus();
  await press('Control+z');
  await until('it is no longer stale', async () => (await page.locator('.cm-content .is-stale').count()) === 0);
  await goTo('check');
  await until('the cq holds again', async () => /cq SB/.test(await row.innerText()));

  await row.click();
  await press('e');
  await page.locator('.cm-content .is-selected').first().waitFor();
  await press('ArrowRight', 'ArrowRight', 'ArrowRight');
  await page.keyboard.type('x');
  await until('stale once more', () => page.locator('.cm-content .is-stale').count());
  await goTo('check');
  await stepTo(page, /stale|words changed|boat in the harbour/);
  await row.click();
  await press('r');
  await until('accepted as it stands', async () => (await counts(page)).stale === before.stale);
});

test('an edit elsewhere leaves a cq, one that touches it says why, and undo brings it back', async (t) => {
  const { page, press, goTo, text, writeAtEnd } = await openCheck(t);
  await stepTo(page, /tie up every boat/);
  await signCq(page, 'heard it on the tape');
  const row = page.locator('.queue button', { hasText: 'boat in the harbour' });
  const rowSays = (words) => async () => words.test(await row.innerText());
  await until('it is cq', rowSays(/cq SB/));

  await goTo('draft');
  await writeAtEnd(' The band played on.');
  await goTo('check');
  await until('the words elsewhere are read', async () => !/stale/.test(await text('.queue .counts')));
  assert.match(await row.innerText(), /cq SB/, 'an edit elsewhere leaves it');

  await row.click();
  await press('e');
  await page.locator('.cm-content .is-selected').first().waitFor();
  await press('ArrowRight');
  await page.keyboard.type(' whatever');
  await goTo('check');
  await until('it is stale and says why', rowSays(/stale · the words changed/));
  await row.click();
  await until('so does the finding', async () => /Stale: the words changed\./.test(await text('.middle')));
  await goTo('draft');
  await page.locator('.cm-content').focus();
  await press('Control+z');
  await goTo('check');
  await until('it holds again', rowSays(/cq SB/));
});

test('a changed note makes a cq stale, and its old words bring it back', async (t) => {
  const { page, press, goTo } = await openCheck(t);
  await stepTo(page, /no plan B/);
  await signCq(page, 'heard it on the tape');
  const row = page.locator('.queue button', { hasText: 'no plan B' });
  const rowSays = (words) => async () => words.test(await row.innerText());
  await until('it is cq', rowSays(/cq SB/));
  const changeNote = async (from, to) => {
    await row.click();
    await press('o');
    await page.locator('article[aria-label="Note"]').waitFor();
    await press('e');
    const words = page.locator('main[aria-label="sources"] textarea').last();
    await words.fill((await words.inputValue()).replace(from, to));
    await press('Control+Enter');
    await page.locator('article[aria-label="Note"]').waitFor();
    await goTo('check');
  };
  await changeNote('no plan B', 'no real plan B');
  await until('it says that the note changed', rowSays(/stale · the note changed/));
  await changeNote('no real plan B', 'no plan B');
  await until('it holds again', rowSays(/cq SB/));
});

test('p asks what may pass, with the first choice at hand', async (t) => {
  const { page, press } = await openCheck(t);
  await press('p');
  await until('the first choice has the focus', () => page.evaluate(() => document.activeElement?.tagName === 'SELECT'));
  assert.equal(await page.evaluate(() => document.activeElement.labels[0].innerText), 'Fillers left out');
});
