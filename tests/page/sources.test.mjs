// Sources: notes come in, confidential names stay hidden, and search finds words in their sentence.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fs from 'node:fs';
import path from 'node:path';
import { attach, recordingIn } from './moments.mjs';
import { openPage, until } from './room.mjs';
import { stet } from './twin.mjs';

test('a note is typed by hand and kept', async (t) => {
  const { page, press, goTo, openSample, text } = await openPage(t);
  await openSample();
  await goTo('sources');
  await page.getByRole('article', { name: 'Note' }).waitFor();
  await press('n');
  await page.getByLabel('Source: who said or wrote it').fill('Rosa Haddad');
  await page.getByLabel('Words, as they were said or written').fill('It is a good engine and it likes to be asked nicely.');
  await press('Control+Enter');
  await until('it is shown', async () => /Rosa Haddad/.test(await text('article[aria-label="Note"]')));
  await until('it is listed', async () => /Rosa Haddad/.test(await text('nav[aria-label="Notes"]')));
  await goTo('draft');
  await until('the quote that had no note is right now', async () =>
    (await page.locator('.cm-content .quote-verbatim').allInnerTexts()).some((words) => words.includes('asked nicely')));
});

test('a note with broken front matter is kept as text, and the line is named', async (t) => {
  const { page, give, goTo, text } = await openPage(t);
  await goTo('sources');
  await page.getByRole('article', { name: 'Note' }).waitFor();
  const broken = '---\nsource: Nora Vale\nthis line is no field\nterms: on the record\n---\nThe slip floods at spring tide.\n';
  await give('Drop notes here to import them', ['vale.md', broken]);
  await until('a warning names the line', async () => /vale\.md/.test(await text('.screen')) && /line 3/.test(await text('.screen')));
  await until('the words are kept', async () => /slip floods/.test(await text('article[aria-label="Note"]')));
});

test('two notes of one name are both kept', async (t) => {
  const { page, give, goTo, text } = await openPage(t);
  await goTo('sources');
  await page.getByRole('article', { name: 'Note' }).waitFor();
  const of = (words) => ['vale.md', `---\nsource: Nora Vale\n---\n${words}\n`];
  await give('Drop notes here to import them', of('First call.'));
  await until('the first is shown', async () => /First call/.test(await text('article[aria-label="Note"]')));
  await give('Drop notes here to import them', of('Second call.'));
  await until('the second is shown', async () => /Second call/.test(await text('article[aria-label="Note"]')));
  assert.match(await text('header.bar .quiet'), /5 notes/);
});

test('a confidential name is blurred until it is held', async (t) => {
  const { page, goTo } = await openPage(t);
  await goTo('sources');
  const row = page.locator('nav[aria-label="Notes"] li', { hasText: 'north quay' }).getByRole('button');
  await row.click();
  const veiled = page.locator('article[aria-label="Note"] .veiled');
  const blur = () => veiled.locator('span').first().evaluate((name) => getComputedStyle(name).filter);
  await veiled.waitFor();
  assert.match(await blur(), /blur/, 'it cannot be read in passing');
  assert.equal(await page.getByText('Tobias Renner').and(page.locator('[aria-hidden="true"]')).count() > 0, true, 'it is not said to a screen reader');
  assert.doesNotMatch(await page.locator('body').ariaSnapshot(), /Renner/, 'the name is in no label');
  await page.keyboard.down('h');
  await until('held, it is read', async () => (await blur()) === 'none');
  await page.keyboard.up('h');
  await until('let go, it is hidden', async () => /blur/.test(await blur()));
  const { x, y } = await veiled.boundingBox();
  await page.mouse.move(x + 4, y + 4);
  await page.mouse.down();
  await until('held with the pointer too', async () => (await blur()) === 'none');
  await page.mouse.up();
  await until('and hidden again', async () => /blur/.test(await blur()));
});

test('by keys alone from a quote to its source, to where that is quoted, and back', async (t) => {
  const { page, press, openSample, goTo, text } = await openPage(t);
  await openSample();
  await goTo('check');
  await page.locator('[aria-current="true"]').first().waitFor();
  await press('S');
  const source = page.getByRole('article', { name: 'The source' });
  await source.waitFor();
  await until('the way back has the focus', async () => /Back to the note/.test(await page.locator(':focus').innerText().catch(() => '')));
  await press('Tab');
  const words = (await page.locator(':focus').innerText()).split('\n')[0].trim();
  await press('Enter');
  await until('the draft has the words chosen', async () => {
    const chosen = await page.evaluate(() => getSelection()?.toString() ?? '');
    return chosen !== '' && words.replace(/[“”]/g, '').includes(chosen.replace(/[“”]/g, ''));
  });
  await goTo('sources');
  await source.waitFor();
  await press('Escape');
  await until('the note is shown', async () => /eleven engine/.test(await text('article[aria-label="Note"]')));
  await until('and has the focus in the list', async () => (await page.locator(':focus').getAttribute('aria-current')) === 'true');
});

test('search answers as one types, in the sentence, accents folded', async (t) => {
  const { page, press, give, text } = await openPage(t);
  await page.getByRole('row', { name: 'ferry-sale' }).waitFor();
  await give('Drop pieces here to import them', ['cafe.md', '---\nslug: quay-café\nhed: Zoë’s\n---\nThe café on the quay belongs to Zoë Ångström. It opens at six.\n']);
  await until('it is in', async () => /1 piece imported/.test(await text('.toasts')));
  await press('/');
  const box = page.locator('dialog[open] [role="combobox"]');
  await box.pressSequentially('angst');
  const option = page.locator('dialog[open] [role="option"]');
  await until('the beginning of a word without its marks is enough', async () => (await option.count()) === 1);
  assert.equal(await option.locator('mark').innerText(), 'Ångström', 'the hit is marked');
  assert.match(await option.locator('.sentence').innerText(), /^The café on the quay belongs to Zoë Ångström\.$/, 'in its sentence, no more');
  await box.fill('"plan B for the winter"');
  await until('a phrase is found in piece and note', async () => (await option.count()) === 2);
  await box.fill('"B plan for the winter"');
  await until('and not in another order', async () => /Nothing on the desk/.test(await text('dialog[open]')));
  await box.fill('fenders');
  await until('a note is found', async () => /fenders on the seaward side/.test(await option.first().innerText().catch(() => '')));
  assert.doesNotMatch(await text('dialog[open]'), /Renner/, 'a confidential name is not shown in the hits');
  await press('Enter');
  await page.locator('main[aria-label="sources"]').waitFor();
  await until('the note opens at the words', async () => /fenders/i.test(await text('article[aria-label="Note"] mark')));
});

test('odd searches are answered, not refused', async (t) => {
  const { page, press, text } = await openPage(t);
  await page.getByRole('row', { name: 'ferry-sale' }).waitFor();
  await press('/');
  for (const odd of ['"', '" "', '*', 'AND', 'NOT ferry', 'a OR', '(', 'col:x', '-ferry', "eze's", '𝄞', 'ferry*', '^ferry', 'NEAR(a b)']) {
    await page.locator('dialog[open] [role="combobox"]').fill(odd);
    await page.waitForTimeout(120);
    assert.doesNotMatch(await text('.screen'), /could not|error/i, `searching ${odd}`);
  }
});

test('while many notes are indexed the page says how far it is, and writing goes on', async (t) => {
  const words = 'harbour ferry council winter engine berth island crossing passenger timetable storm pilot'.split(' ');
  const prepare = (deskPath, folder) => {
    const files = Array.from({ length: 2000 }, (_, n) => {
      const file = path.join(folder, `note-${n}.md`);
      const text = Array.from({ length: 900 }, (_, at) => `${words[(n * 7 + at * 5) % 12]}${(n * 31 + at * 17) % 997}`).join(' ');
      fs.writeFileSync(file, `---\nsource: Speaker ${n}\nterms: on the record\n---\n${text}.\n`);
      return file;
    });
    fs.writeFileSync(path.join(folder, 'tides.md'), 'High water is at six.\n');
    stet('import', path.join(folder, 'tides.md'), '--desk', deskPath);
    stet('import', ...files, '--notes', '--desk', deskPath);
  };
  const { page, goTo, press, writeAtEnd, show } = await openPage(t, { prepare });
  await goTo('sources');
  const progress = page.getByRole('progressbar', { name: 'Indexing notes' });
  await progress.waitFor();
  assert.match(await progress.innerText(), /^Indexing notes: [\d,]+ of 2,000$/);
  assert.match(await page.getByRole('status').filter({ hasText: 'Indexing' }).innerText(), /^Indexing 2,000 notes\.$/, 'said once, without the numbers that change');
  await goTo('desk');
  await page.getByRole('row', { name: 'tides' }).first().click();
  await press('Enter');
  await page.locator('.cm-content').waitFor();
  await writeAtEnd(' The boat is late.');
  await until('the words are saved meanwhile', () => show('tides').includes('The boat is late.'));
  await progress.waitFor({ state: 'hidden', timeout: 120000 });
  assert.equal(await page.getByRole('status').filter({ hasText: 'Indexing' }).count(), 0, 'gone when it is done');
});

test('a recording is attached by key and plays what was said, here and on Check; gone, it says so', async (t) => {
  const words = '[00:00:10] Good morning.\n[00:04:30] We will sell the ferry before the first of May.\n';
  const prepare = (deskPath, folder) => {
    fs.writeFileSync(path.join(folder, 'call.md'), `---\nsource: Nora Vale\nkind: transcript\nterms: on the record\n---\n${words}`);
    fs.writeFileSync(path.join(folder, 'may.md'), '“We will sell the ferry before the first of May,” said Nora Vale.\n');
    stet('import', path.join(folder, 'call.md'), '--notes', '--desk', deskPath);
    stet('import', path.join(folder, 'may.md'), '--desk', deskPath);
  };
  const refusals = ['check_recording'];
  const { page, press, goTo, folder, text } = await openPage(t, { prepare, refusals });
  const file = recordingIn(folder, 300);
  const bar = page.getByRole('region', { name: 'Recording' });
  await page.getByRole('row', { name: 'may' }).first().click();
  await press('Enter');
  await page.locator('.cm-content .quote').first().waitFor();
  await goTo('check');
  await press('o');
  await page.getByText('[00:04:30]').waitFor();
  await attach(page, file);
  await press('l');
  await bar.getByRole('button', { name: 'Pause' }).waitFor();
  await until('it plays from the passage that was gone to', async () => /00:04:3\d/.test(await bar.innerText()));
  assert.match(await text('[data-note] [aria-current]'), /04:30/, 'the line is marked');
  await press('Alt+m');
  await bar.getByRole('button', { name: 'Go on' }).waitFor();
  await press('Alt+ArrowUp');
  await until('one timecode back', async () => /00:00:10/.test(await bar.innerText()) && /Good morning/.test(await text('[data-note] [aria-current]')));
  await press('Alt+.', 'Alt+.');
  assert.match(await bar.innerText(), /1\.5 ×/);
  await goTo('check');
  await page.getByRole('button', { name: 'Play what was said' }).waitFor();
  await press('l');
  await until('played from the evidence', async () => /00:04:3\d/.test(await bar.innerText()));
  await press('Alt+Shift+m');
  await bar.waitFor({ state: 'hidden' });
  fs.rmSync(file);
  await press('l');
  await until('gone, it is told', async () => /is not where it was attached from/.test(await bar.innerText()));
  await goTo('sources');
  await press('A');
  await until('off the note', async () => !(await text('article[aria-label="Note"]')).includes('eze-call'));
  await press('Control+Shift+z');
  await until('and back', async () => (await text('article[aria-label="Note"]')).includes('eze-call'));
});
