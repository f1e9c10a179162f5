// Comparing: what changed between two states, one change taken back, a whole revision restored.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';
import { stet } from './twin.mjs';

const current = (page) => page.locator('.changes [aria-current="true"]');
const substance = async (page) => Number((await page.locator('.changes .counts').innerText()).match(/^(\d+) of substance/)?.[1]);

async function openCompare(t) {
  const desk = await openPage(t);
  await desk.openSample();
  await desk.goTo('compare');
  await desk.page.locator('.changes .row').first().waitFor();
  return desk;
}

test('changes are walked by key, in one text and side by side', async (t) => {
  const { page, press, text } = await openCompare(t);
  assert.match(await text('[aria-label="The text, changes marked"]'), /We maywill sell/, 'words are marked, not letters');
  const rows = page.locator('.changes ol .row');
  await press('n');
  assert.equal(await rows.nth(0).getAttribute('aria-current'), 'true');
  await press('n', 'n', 'p');
  assert.equal(await rows.nth(1).getAttribute('aria-current'), 'true');
  await press('t');
  await until('the texts stand side by side', () => page.getByRole('button', { name: /Side by side/ }).and(page.locator('[aria-pressed="true"]')).count());
  const [left, right] = await Promise.all([page.locator('del', { hasText: 'may' }).first().boundingBox(), page.locator('ins', { hasText: 'will' }).first().boundingBox()]);
  assert.ok(left.x + left.width < right.x, 'the old words stand left of the new');
  await press('t');
  assert.equal(await page.locator('[aria-pressed="true"]').count(), 0);
});

test('one change is taken back, and the taking back is taken back', async (t) => {
  const { page, press, show } = await openCompare(t);
  const before = show();
  const n = await substance(page);
  await press('n');
  assert.match(await current(page).innerText(), /may → will/);
  await press('r');
  await until('the old word is in the piece', () => show().includes('“We may sell it by the spring,”'));
  assert.equal(show().replace('We may sell', 'We will sell'), before, 'and nothing else has changed');
  await until('one change fewer', async () => (await substance(page)) === n - 1);
  await press('Control+Shift+z');
  await until('it is as it was', () => show() === before);
  await until('and listed again', async () => (await substance(page)) === n);
});

test('a whole graf and all of a class are taken back by key, each at once', async (t) => {
  const { page, press, show } = await openCompare(t);
  const before = show();
  await press('n');
  const title = await current(page).locator('b').innerText();
  const button = page.getByRole('button', { name: /^All .* back/ });
  assert.match(await button.innerText(), /All \w+ back/, `it names the class of ${title}`);
  await press('c');
  await until('the piece has changed', () => show() !== before);
  await until('nothing of the class is listed', async () => !(await page.locator('.changes ol').innerText()).includes(title));
  await press('Control+Shift+z');
  await until('one key brings it all back', () => show() === before);
  await page.locator('.changes ol .row').first().waitFor();
  await press('n', 'g');
  await page.getByText('The graf is as it was.').waitFor();
  assert.notEqual(show(), before, 'the graf has changed');
  await press('Control+Shift+z');
  await until('and is back', () => show() === before);
});

test('what changed since it was read, since a name, and since yesterday, by key', async (t) => {
  const { page, press, text, goTo, writeAtEnd, show } = await openCompare(t);
  await press('l');
  await until('it says what to do first', async () => /press m when you have/.test(await text('body')));
  await press('m');
  await until('it is kept as read', async () => /read/.test(await text('.ribbon')));
  await goTo('draft');
  await writeAtEnd(' A late line.');
  await until('it is saved', () => show().includes('A late line.'));
  await goTo('compare');
  await page.getByRole('slider').focus();
  await press('Home');
  await until('the oldest is compared', async () => (await page.getByRole('slider').getAttribute('aria-valuenow')) === '0');
  await press('l');
  await until('only the late line is new', async () => (await page.locator('ins').count()) === 1 && /A late line/.test(await page.locator('ins').first().innerText()));
  await press('s');
  await until('the name before it', async () => (await page.locator('ins').count()) > 1);
});

test('a whole revision is restored, and that is taken back', async (t) => {
  const { page, press, show, text, goTo, deskPath } = await openCompare(t);
  const before = show();
  const oldest = JSON.parse(stet('log', 'ferry-sale', '--desk', deskPath, '--json')).revisions.at(-1);
  const old = stet('show', 'ferry-sale', '--revision', String(oldest.id), '--desk', deskPath);
  await page.getByRole('slider').focus();
  await press('Home');
  await until('the oldest is picked', async () => (await page.getByRole('slider').getAttribute('aria-valuenow')) === '0');
  await press('Shift+R');
  assert.match(await text('dialog[open]'), /“created”/, 'it names what it puts back');
  await page.getByRole('button', { name: 'Restore it' }).click();
  await until('the old text stands', () => show() === old);
  await goTo('draft');
  await until('also in the window', async () => !(await text('.cm-content')).includes('newsletter'));
  await goTo('compare');
  await press('Control+Shift+z');
  await until('it is as it was', () => show() === before);
});

test('a revision is named, and everything between two revisions can be seen', async (t) => {
  const { page, press, deskPath, writeAtEnd, goTo, text, show } = await openCompare(t);
  await press('Control+Shift+s');
  await page.getByLabel('Name', { exact: true }).fill('read by the lawyer');
  await press('Enter');
  await until('it is in the log', () => JSON.parse(stet('log', 'ferry-sale', '--desk', deskPath, '--json')).revisions.some(({ name }) => name === 'read by the lawyer'));
  await goTo('draft');
  await writeAtEnd(' A late line.');
  await until('it is saved', () => show().includes('A late line.'));
  await goTo('compare');
  await page.getByRole('slider').focus();
  await press('End');
  await until('only the late line differs', async () => /^[01] of substance/.test(await text('.changes .counts')) && /A late line/.test(await page.locator('ins').first().innerText()));
  assert.match(await text('.ribbon'), /read by the lawyer/);
});

test('the draft is compared with a file', async (t) => {
  const { page, give, text, show } = await openCompare(t);
  await give('A file to compare with', ['back.md', show().replace('eighteen minutes', 'eighty minutes')]);
  await until('the one word is shown', async () => (await page.locator('del', { hasText: 'eighty' }).count()) && (await page.locator('ins', { hasText: 'eighteen' }).count()));
  assert.match(await text('.ribbon'), /back\.md/);
});

test('each sentence says which revision gave it its words, and leads to what that revision changed', async (t) => {
  const { page, press, text, goTo, writeAtEnd, show } = await openCompare(t);
  await goTo('draft');
  await writeAtEnd(' A late line.');
  await until('it is saved', () => show().includes('A late line.'));
  await goTo('compare');
  await press('b');
  const blame = page.getByRole('region', { name: 'Which revision gave each sentence its words' });
  const late = blame.getByRole('button', { name: /A late line\..*typed since the last revision/ });
  await late.waitFor();
  assert.match(await text('.blame'), /now/, 'the margin says so too');
  await press('j', 'j', 'k');
  const first = blame.getByRole('button').first();
  assert.equal(await first.evaluate((button) => button === document.activeElement), true, 'keys walk the sentences');
  await press('Enter');
  await page.locator('.changes .row').first().waitFor();
  assert.equal(await blame.count(), 0, 'the changes of that revision are shown');
  await press('b');
  await blame.waitFor();
  await press('b');
  await page.locator('.changes').waitFor();
});
