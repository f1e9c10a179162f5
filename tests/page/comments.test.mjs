// Comments: said by key about words of the draft, which they follow; nothing that is written in one is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comment, moments, open, select } from './moments.mjs';
import { openPage, until } from './room.mjs';
import { stet } from './twin.mjs';

const commented = (page) => page.locator('.cm-content .commented').allInnerTexts();
const kept = (deskPath) => JSON.parse(stet('comments', 'ferry-sale', '--desk', deskPath, '--json'));

test('a comment is said, answered, resolved and taken away by key, each of it undone by key', async (t) => {
  const { page, press, openSample } = await openPage(t);
  await openSample();
  await comment(page, 'twelve engine repairs', 'The minutes have eleven.');
  await until('its words are marked', async () => (await commented(page)).join() === 'twelve engine repairs');
  assert.match(await page.locator('.cm-content .commented').getAttribute('title'), /The minutes have eleven\.$/);

  await page.getByLabel('Reply', { exact: true }).fill('She counts the winch.');
  await press('Control+Enter');
  await until('the answer is there', async () => (await page.getByRole('article').count()) === 2);

  await page.locator('.cm-content').focus();
  await press('Alt+r');
  await until('resolved, it is no longer marked', async () => (await commented(page)).length === 0);
  await page.getByText(/^resolved/).waitFor();
  await press('Control+Shift+Z');
  await until('and open again', async () => (await commented(page)).length === 1);

  await press('Alt+e');
  const anew = page.getByLabel('The comment in other words');
  await anew.fill('She counts the winch, she says.');
  await press('Control+Enter');
  await page.getByText('She counts the winch, she says.').waitFor();

  await page.locator('.cm-content').focus();
  await press('Alt+Shift+r');
  await until('the answer is away', async () => (await page.getByRole('article').count()) === 1);
  await press('Control+Shift+Z');
  await until('and there again', async () => (await page.getByRole('article').count()) === 2);
});

test('it follows its words through edits, other screens and the next start, and comes back with undo', async (t) => {
  const { page, press, goTo, openSample, deskPath } = await openPage(t);
  await openSample();
  await comment(page, 'twelve engine repairs', 'The minutes have eleven.');
  await page.locator('.cm-content').focus();
  await press('Control+Home');
  await page.keyboard.type('First of all. ');
  await until('it stands where its words stand', async () => (await commented(page)).join() === 'twelve engine repairs');
  await select(page, 'twelve engine repairs');
  await press('Delete');
  await page.getByText('its words are gone').waitFor();
  await press('Control+z');
  await until('with its words it is back', async () => (await commented(page)).join() === 'twelve engine repairs');
  await goTo('check');
  await goTo('draft');
  assert.deepEqual(await commented(page), ['twelve engine repairs']);
  assert.match(JSON.stringify(kept(deskPath)), /The minutes have eleven/);
  await page.reload();
  await openSample();
  await until('it is there at the next start', async () => (await commented(page)).join() === 'twelve engine repairs');
});

test('a comment that is being written is no shorter for a refusal, another piece, or Escape', async (t) => {
  const { page, press, goTo, openSample } = await openPage(t, { refusals: ['add_comment'] });
  await openSample();
  await select(page, 'eleven years');
  await press('Control+Alt+m');
  const box = page.getByLabel('Comment', { exact: true });
  await box.fill('Ten, surely.');
  await page.route('**/call', (route) =>
    route.request().postDataJSON().name === 'add_comment'
      ? route.fulfill({ status: 422, json: { code: 'diskFull', message: 'The disk is full today.' } })
      : route.continue(),
  );
  await press('Control+Enter');
  await page.getByText('The disk is full today.').waitFor();
  assert.equal(await box.inputValue(), 'Ten, surely.');
  assert.ok(await box.evaluate((field) => field === document.activeElement), 'one can go on writing');
  await page.unroute('**/call');

  await press('Escape');
  await box.waitFor({ state: 'hidden' });
  await press('Control+Shift+Z');
  assert.equal(await box.inputValue(), 'Ten, surely.');

  await page.locator('.cm-content').focus();
  await goTo('desk');
  await press('n');
  await page.locator('main[aria-label="draft"]').waitFor();
  await press('Alt+5');
  await page.getByText('Nobody has said anything').waitFor();
  await open(page);
  await press('Alt+5');
  assert.equal(await box.inputValue(), 'Ten, surely.');
  await box.focus();
  await press('Control+Enter');
  await until('it stands on the words it was begun on', async () => (await commented(page)).join() === 'eleven years');
});

test('comments wait at their words for the editor who walks from one to the next', async (t) => {
  const { page, press } = await openPage(t);
  await moments.comments({ page });
  const chosen = () => page.evaluate(() => String(getSelection()));
  const walk = [];
  for (const key of ['F9', 'F9', 'Shift+F9']) {
    await press(key);
    walk.push(await chosen());
  }
  assert.deepEqual(walk, ['more cheese than is easily explained', 'twelve engine repairs', 'more cheese than is easily explained']);
});
