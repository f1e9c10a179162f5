// Comparing: what changed between two states, one change taken back, a whole revision restored.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';
import { stet } from './twin.mjs';

const current = (page) => page.locator('.changes [aria-current="true"]');
const substance = async (page) => Number((await page.locator('.changes .counts').innerText()).match(/^(\d+) of substance/)?.[1]);

async function openCompare(t, options) {
  const desk = await openPage(t, options);
  await desk.openSample();
  await desk.goTo('compare');
  await desk.page.locator('.changes .row').first().waitFor();
  return desk;
}

test('in a window of 320 pixels Compare goes past no edge, and its list stands below the text, merging too', async (t) => {
  const { page, press } = await openCompare(t);
  await page.setViewportSize({ width: 320, height: 640 });
  const isBelow = async (label) => {
    const [text, list] = await Promise.all([page.getByRole('region', { name: label }).boundingBox(), page.locator('.changes').boundingBox()]);
    return text.y + text.height <= list.y + 1;
  };
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await until('the list is below', () => isBelow('The text, changes marked'));
  assert.equal(await width(), 320);
  await press('w');
  await page.getByLabel('Theirs', { exact: true }).selectOption({ index: 1 });
  await until('the list is below in a merge', () => isBelow('The merged text'));
  assert.equal(await width(), 320);
});

test('changes are walked by key, in one text and side by side', async (t) => {
  const { page, press, text } = await openCompare(t);
  assert.match(await text('[aria-label="The text, changes marked"]'), /We maywill sell/, 'words are marked, not letters');
  const rows = page.locator('.changes ol .row');
  await press('n');
  assert.equal(await rows.nth(0).getAttribute('aria-current'), 'true');
  await press('n', 'n', 'p');
  assert.equal(await rows.nth(1).getAttribute('aria-current'), 'true');
  await press('t');
  await until('the texts stand side by side', () => page.getByRole('radio', { name: 'Side by side', checked: true }).count());
  const [left, right] = await Promise.all([page.locator('del', { hasText: 'may' }).first().boundingBox(), page.locator('ins', { hasText: 'will' }).first().boundingBox()]);
  assert.ok(left.x + left.width < right.x, 'the old words stand left of the new');
  await press('t');
  assert.equal(await page.getByRole('radio', { name: 'In one text', checked: true }).count(), 1);
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
  await page.getByRole('button', { name: /^Take all \w+ back/ }).waitFor();
  await press('c');
  await until('the piece has changed', () => show() !== before);
  await until('nothing of the class is listed', async () => !(await page.locator('.changes ol').innerText()).includes(title));
  await press('Control+Shift+z');
  await until('one key brings it all back', () => show() === before);
  await page.getByText(/^Taken back: /).waitFor();
  await until('and it is listed again', async () => (await page.locator('.changes ol').innerText()).includes(title));
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
  await until('the old text stands', () => show() === old);
  await until('it names what it put back', async () => /“created” is back/.test(await text('.toasts')));
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

test('the tools of Compare take two rows at most, and press nothing', async (t) => {
  const { page, press } = await openCompare(t);
  await press('n');
  const heights = await page.evaluate(() => ['.toolbar', '.acts'].map((css) => document.querySelector(css).getBoundingClientRect().height));
  assert.ok(heights.every((height) => height < 48), `one row each, not ${heights}`);
  const spills = await page.evaluate(() => [...document.querySelectorAll('.toolbar button, .acts button')].filter((one) => one.getBoundingClientRect().right > one.closest('.toolbar, .acts').getBoundingClientRect().right).length);
  assert.equal(spills, 0, 'no button runs over');
  const menu = page.getByRole('button', { name: 'Compare with', exact: true });
  await menu.focus();
  await press('Enter', 'ArrowDown', 'ArrowDown', 'Enter');
  await until('the named revision is compared', async () => /sent to legal/.test(await page.locator('.ribbon').innerText()));
  assert.equal(await page.getByRole('menu').count(), 0);
  await press('Enter', 'Escape');
  assert.equal(await page.getByRole('menu').count(), 0, 'Escape closes it');
});

test('changes are listed by substance or as the text has them, by key', async (t) => {
  const { page, press } = await openCompare(t);
  const rows = page.locator('.changes ol .row b');
  const bySubstance = await rows.allInnerTexts();
  await press('n');
  const chosen = await current(page).innerText();
  await press('v');
  await page.getByRole('radio', { name: 'In order', checked: true }).waitFor();
  assert.notDeepEqual(await rows.allInnerTexts(), bySubstance);
  assert.equal(await current(page).innerText(), chosen, 'the same change is selected');
  const ops = await page.locator('.changes ol .row b').count();
  await press(...Array(ops).fill('p'));
  const tops = [];
  for (let n = 0; n < ops; n++) {
    tops.push(await page.evaluate(() => document.querySelector('.graf.current').offsetTop));
    await press('n');
  }
  assert.deepEqual(tops, tops.toSorted((a, b) => a - b), 'from the top of the text to its end');
  await press('v');
  assert.deepEqual(await rows.allInnerTexts(), bySubstance);
});

const grafs = [
  'The county sells its ferry after forty years on the sound. Nobody on the island could remember a winter without the boat. The council votes in the spring of next year.',
  'The harbour office was built by the fishermen in stone and slate. It stands on the quay.',
  'The crossing takes eighteen minutes and saves an hour by road.',
];

/** A piece with an older revision, and Compare on it. */
async function openPair(t, older, newer) {
  const desk = await openPage(t, {
    prepare: (deskPath, folder) => {
      const [old, now] = ['old.md', 'now.md'].map((name) => path.join(folder, name));
      fs.writeFileSync(old, `---\nslug: pair\n---\n${older}\n`);
      fs.writeFileSync(now, `---\nslug: pair\n---\n${newer}\n`);
      stet('import', old, '--desk', deskPath);
      stet('import', now, '--into', 'pair', '--desk', deskPath);
    },
  });
  await desk.page.getByRole('row', { name: 'pair' }).first().click();
  await desk.press('Enter');
  await desk.page.locator('.cm-content').waitFor();
  await desk.goTo('compare');
  await desk.page.locator('.changes .row').first().waitFor();
  return desk;
}

test('a sentence that moved is one change with two places, and a key goes from one to the other', async (t) => {
  const boat = ' Nobody on the island could remember a winter without the boat.';
  const moved = [grafs[0].replace(boat, ''), grafs[1].replace('slate.', `slate.${boat}`), grafs[2]].join('\n\n');
  const { page, press, show, text } = await openPair(t, grafs.join('\n\n'), moved);
  assert.match(await text('.changes .counts'), /1 move/);
  assert.equal(await page.locator('ins, del').count(), 0, 'nothing came or went');
  await press('n');
  assert.match(await current(page).innerText(), /Sentence moved/);
  await press('x');
  await until('the old place has the focus', () => page.evaluate(() => document.activeElement.closest('.gone') !== null));
  await press('Enter');
  await until('and leads to the new one', () => page.evaluate(() => document.activeElement.closest('.come') !== null));
  await press('t');
  assert.match(await text('.redline'), /now graf 2 ↓[^]*from graf 1 ↑/, 'both are marked side by side too');
  await press('r');
  await until('it is back where it stood', () => show('pair').startsWith(grafs[0]));
});

test('two people’s changes are merged on the screen: conflicts decided by key and click, the result undoable', async (t) => {
  const ours = grafs.join('\n\n').replace('sells its', 'keeps its').replace('eighteen', 'twenty').replace('next year', 'this year');
  const theirs = grafs.join('\n\n').replace('sells its', 'lends its').replace('stone and slate', 'stone').replace('eighteen', 'nineteen');
  const { page, press, show, text, give } = await openPair(t, grafs.join('\n\n'), ours);
  const before = show('pair');
  await press('w');
  await page.getByText('Two people changed one text').waitFor();
  await give('A file to compare with', ['from-ines.md', theirs]);
  await until('two conflicts', async () => /2 conflicts, 2 to decide[^]*1 ours · 1 theirs/.test(await text('.changes')));
  assert.match(await text('.conflict'), /Ours\s+keeps\s+Base\s+sells\s+Theirs\s+lends/);
  await press('Control+Enter');
  await page.getByText('Decide this first').waitFor();
  assert.equal(show('pair'), before, 'nothing is taken while words are in conflict');
  await press('1');
  await until('one is left', async () => /2 conflicts, 1 to decide/.test(await text('.changes')));
  await page.locator('.conflict').getByRole('button', { name: 'Theirs' }).click();
  await until('none is left', async () => /2 conflicts, 0 to decide/.test(await text('.changes')));
  await press('Control+Enter');
  const merged = ours.replace('twenty', 'nineteen').replace('stone and slate', 'stone');
  await until('the merged text is on the desk', () => show('pair').trim() === merged);
  await until('and what it changed is shown', async () => (await page.locator('ins', { hasText: 'nineteen' }).count()) === 1);
  await page.getByText('The merge stands on the desk.').waitFor();
  await press('Control+Shift+z');
  await until('it is taken back', () => show('pair') === before);
});

test('where sentences are from, no key takes a change back', async (t) => {
  const { page, press, show } = await openCompare(t);
  const before = show();
  await press('n', 'b');
  await page.locator('.blame li').first().waitFor();
  await press('r', 'g', 'c');
  await page.waitForTimeout(300);
  assert.equal(show(), before);
});

test('what is typed on Draft is in the comparison when Compare is shown again', async (t) => {
  const { page, goTo, writeAtEnd } = await openCompare(t);
  await goTo('draft');
  await writeAtEnd(' A late line.');
  await goTo('compare');
  await page.locator('ins', { hasText: 'A late line' }).waitFor();
});

test('the ribbon names what it shows, and is scrubbed by mouse', async (t) => {
  const { page, text } = await openCompare(t);
  const slider = page.getByRole('slider');
  assert.match(await slider.getAttribute('aria-valuetext'), /^sent to legal, .*\d+ words in, \d+ out, of substance; against now$/);
  const bars = page.locator('.ribbon rect.bar');
  const [first, second] = await Promise.all([0, 1].map((n) => bars.nth(n).boundingBox()));
  const at = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(...at(second));
  await page.mouse.down();
  await page.mouse.move(...at(first));
  await page.mouse.up();
  await until('the oldest stands on the older side', async () => /^created/.test(await slider.getAttribute('aria-valuetext')));
  await page.keyboard.down('Shift');
  await page.mouse.click(...at(second));
  await page.keyboard.up('Shift');
  await until('the named one on the newer', async () => /against sent to legal$/.test(await slider.getAttribute('aria-valuetext')));
  assert.match(await text('.ribbon'), /created[^]*sent to legal/);
});

test('the map beside the text names each change and leads to it', async (t) => {
  const { page } = await openCompare(t);
  const ticks = page.locator('.minimap rect:not(.view)');
  await until('a mark for each graf that changed', async () => (await ticks.count()) === (await page.locator('.graf:not(.same)').count()));
  const names = await ticks.locator('title').allTextContents();
  assert.ok(names.includes('Quote · Ines Eze, may → will'), names.join('\n'));
  await ticks.nth(names.length - 1).click();
  await until('the last one is selected and in sight', () =>
    page.evaluate(() => {
      const [graf, box] = ['.graf.current', '.text'].map((css) => document.querySelector(css).getBoundingClientRect());
      return graf.top >= box.top && graf.bottom <= box.bottom;
    }));
});

test('the changes go out as a Word file by key, and what was sent is kept under its name', async (t) => {
  const { page, press, folder, deskPath, text } = await openCompare(t, { refusals: ['write_changes'] });
  const file = path.join(folder, 'to-legal.docx');
  await press('d');
  const where = page.locator('dialog[open] input[type="text"]');
  await until('a place is offered', async () => /-changes\.docx$/.test(await where.inputValue()));
  await where.fill(file);
  await press('Enter');
  await until('it is written', () => fs.existsSync(file));
  await until('and said so', async () => (await text('body')).includes(`Written: ${file}`));
  const { revisions } = JSON.parse(stet('log', 'ferry-sale', '--json', '--desk', deskPath));
  assert.ok(revisions.some(({ name }) => name === 'sent as to-legal.docx'), 'what was sent can be found again');
  const back = path.join(folder, 'back.sqlite');
  stet('import', file, '--desk', back);
  assert.match(stet('show', 'to-legal', '--desk', back), /We will sell it by the spring/, 'accepted, it is the new text');
  await press('d');
  await until('the dialog is there', () => where.count());
  await where.fill(file);
  const before_ms = fs.statSync(file).mtimeMs;
  await press('Enter');
  await until('a file that is there is asked about', async () => /There is such a file already/.test(await text('dialog[open]')));
  assert.equal(fs.statSync(file).mtimeMs, before_ms, 'nothing was replaced');
  await press('Enter');
  await until('once more replaces it', () => fs.statSync(file).mtimeMs > before_ms);
});

test('changes that name whom the desk must not name wait for a reason', async (t) => {
  const { page, press, folder, deskPath, text } = await openCompare(t, { refusals: ['write_changes'] });
  const named = path.join(folder, 'named.md');
  fs.writeFileSync(named, `${stet('show', 'ferry-sale', '--desk', deskPath)}\nTobias Renner steered it.\n`);
  stet('import', named, '--into', 'ferry-sale', '--desk', deskPath);
  // A start leads back to Compare.
  await page.reload();
  await page.locator('.changes .row').first().waitFor();
  const file = path.join(folder, 'named.docx');
  await press('d');
  const where = page.locator('dialog[open] input[type="text"]');
  await until('a place is offered', async () => /-changes\.docx$/.test(await where.inputValue()));
  await where.fill(file);
  await press('Enter');
  await until('the gate holds it back', async () => /The gate holds this piece back/.test(await text('dialog[open]')));
  assert.ok(!fs.existsSync(file));
  assert.doesNotMatch(await text('dialog[open]'), /Renner/, 'and it does not name him either');
  await until('a reason can be typed at once', () => page.getByLabel('Let it pass because').evaluate((field) => field === document.activeElement));
  await page.keyboard.type('he agreed by phone');
  await page.getByLabel('Who sends it out').fill('SB');
  await page.getByRole('button', { name: 'Write it' }).click();
  await until('it is written', () => fs.existsSync(file));
});
