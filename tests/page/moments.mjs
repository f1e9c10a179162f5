// Moments that are easily forgotten: nothing there yet, something went wrong, a question is asked, far too much of it.
// Each leads a page on a fresh desk with the sample to where a picture can be taken.
import fs from 'node:fs';
import path from 'node:path';
import { stet } from './twin.mjs';

export const screens = ['desk', 'draft', 'check', 'compare', 'sources', 'export'];

export async function goTo(page, screen) {
  await page.keyboard.press(`Control+${screens.indexOf(screen) + 1}`);
  await page.locator(`main[aria-label="${screen}"]`).waitFor();
}
export async function open(page, slug = 'ferry-sale', screen = 'draft') {
  await goTo(page, 'desk');
  await page.getByRole('row', { name: slug }).first().click();
  await page.keyboard.press('Enter');
  await page.locator('.cm-content').waitFor();
  await page.waitForTimeout(500);
  await goTo(page, screen);
}
/** Selects words of the body as an editor would, by searching for them. */
export async function select(page, words) {
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+f');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}
/** Says something about words of the body, by key. */
export async function comment(page, words, text) {
  await select(page, words);
  await page.keyboard.press('Control+Alt+m');
  await page.getByLabel('Comment', { exact: true }).fill(text);
  await page.keyboard.press('Control+Enter');
  await page.locator('.begun').waitFor({ state: 'hidden' });
}
/** A Word file that Ines Eze sends back: what stands on the desk now was sent to her, and she tracked her changes. */
export function returned({ deskPath, folder }) {
  const sent = stet('show', 'ferry-sale', '--desk', deskPath);
  const now = path.join(folder, 'returned.md');
  const file = path.join(folder, 'ferry-sale-back.docx');
  const changed = sent.replace('by the spring,”', 'by the summer,”').replace('twelve engine repairs', 'eleven engine repairs');
  fs.writeFileSync(now, `${changed.trimEnd()}\n\nThe harbour office had no comment.\n`);
  stet('diff', 'ferry-sale', now, '--docx', file, '--author', 'Ines Eze', '--desk', deskPath);
  return file;
}
/** Brings that file back. */
async function bringBack(twin) {
  const { page } = twin;
  await open(page, 'ferry-sale', 'compare');
  await page.locator('.changes .row').first().waitFor();
  await page.locator('input[type="file"][aria-label="A file that came back"]').setInputFiles(returned(twin));
  await page.locator('dialog[open] b').first().waitFor();
}
/** In the settings: from a way to look so many on, by the arrow. */
export async function chooseLook(page, from, n) {
  await page.getByRole('radio', { name: from, exact: true }).first().focus();
  for (let step = 0; step < n; step++) await page.keyboard.press('ArrowRight');
}
/** A screen with the sample, in German. */
async function openInGerman(page, screen) {
  await open(page, 'ferry-sale', screen);
  await page.keyboard.press('Control+,');
  await chooseLook(page, 'As the system', 2);
  await page.getByText('Sprache').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
}
/** In the list of keys: presses another for an action. */
async function changeKey(page, label, key) {
  await page.locator('.list li', { hasText: label }).first().locator('.change button').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press(key);
}
/** In suggest mode: words written, a graf cut, a word changed. */
export async function suggestChanges({ page }) {
  await open(page);
  await page.keyboard.press('Alt+g');
  await page.getByRole('dialog', { name: 'Who works here' }).getByRole('textbox').fill('Rosa Haddad');
  await page.keyboard.press('Enter');
  await page.getByText('Suggesting', { exact: true }).waitFor();
  for (const [was, words] of [['for sale, and', 'not for sale, and'], ['The line has run at a loss for eleven years.', ''], ['will sell it', 'may sell it']]) {
    await select(page, was);
    await page.keyboard.press('Delete');
    await page.keyboard.type(words);
  }
  await page.keyboard.press('Shift+F4');
  await page.locator('[aria-label="What is suggested"] .row').nth(2).waitFor();
}
/** Puts a piece beside the one that is edited, by key. */
async function openBeside(page, name) {
  await page.keyboard.press('Alt+b');
  await page.getByRole('combobox', { name: 'Open a piece beside' }).fill(name);
  await page.getByRole('option', { name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.beside header').waitFor();
}
/** A new piece with nothing in it, shown in a screen. */
async function openNew(page, screen) {
  await page.getByRole('row').nth(1).waitFor();
  await page.keyboard.press('n');
  await page.locator('main[aria-label="draft"]').waitFor();
  await page.waitForTimeout(500);
  if (screen !== 'draft') await goTo(page, screen);
}
/** Gives the desk a passphrase, by key. */
async function setPassphrase(page) {
  await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
  await page.keyboard.press('Control+Shift+p');
  for (const label of ['New passphrase', 'The same again']) await page.getByLabel(label).fill('five grey gulls at noon');
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
}
/** A backup, then what happens since, then the list of backups. */
async function openBackups(page, meanwhile = async () => {}) {
  await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
  await page.keyboard.press('Control+Shift+h');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await page.locator('dialog [role="option"]').first().waitFor();
  await page.keyboard.press('Escape');
  await meanwhile();
  await page.keyboard.press('Control+Shift+h');
  await page.locator('dialog [role="option"]').first().waitFor();
}
/** Turns letters of a piece in the file, behind the back of its desk, and has the whole of it read. */
async function damage({ page, deskPath }) {
  stet('backup', `${deskPath}.copy`, '--desk', deskPath);
  const bytes = fs.readFileSync(`${deskPath}.copy`);
  for (let at = bytes.indexOf('Ferry line up'); at >= 0; at = bytes.indexOf('Ferry line up', at)) bytes[at] = 0x42;
  fs.writeFileSync(deskPath, bytes);
  for (const ending of ['-wal', '-shm']) fs.rmSync(deskPath + ending, { force: true });
  await answer(page, 'desk', { isDamaged: true });
  await page.reload();
  await page.getByText('Whole:').waitFor();
}
/** The core answers a command so, whatever it would say. */
function answer(page, command, reply) {
  return page.route('**/call', async (route) => {
    if (route.request().postDataJSON().name !== command) return route.fallback();
    if (reply instanceof Error) return route.fulfill({ status: 422, contentType: 'application/json', body: JSON.stringify({ code: 'diskFull', message: reply.message }) });
    const said = await (await route.fetch()).json();
    return route.fulfill({ contentType: 'application/json', body: JSON.stringify({ ...said, ...reply }) });
  });
}
/** The core answers a command so many times, then never again. */
function withhold(page, command, n_answers = 0) {
  let n_asked = 0;
  return page.route('**/call', (route) => (route.request().postDataJSON().name === command && ++n_asked > n_answers ? undefined : route.fallback()));
}
/** A recording of so many seconds of silence, as WAV; its path. */
export function recordingIn(folder, seconds) {
  const rate = 8000;
  const head = Buffer.from('RIFF    WAVEfmt                     data    ', 'latin1');
  const n_bytes = rate * seconds;
  head.writeUInt32LE(36 + n_bytes, 4);
  // PCM, one channel, one byte a sample.
  head.writeUInt32LE(16, 16);
  head.writeUInt32LE(1 + (1 << 16), 20);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt32LE(1 + (8 << 16), 32);
  head.writeUInt32LE(n_bytes, 40);
  const file = path.join(folder, 'eze-call.wav');
  fs.writeFileSync(file, Buffer.concat([head, Buffer.alloc(n_bytes, 128)]));
  return file;
}
/** Attaches it to the note that is shown on Sources, by key. */
export async function attach(page, file) {
  await page.keyboard.press('a');
  await page.getByLabel(/^The file/).fill(file);
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
}
/** Brings pieces, or with `--notes` notes, as name and text to the desk that is served. */
async function bring(twin, files, ...more) {
  const paths = files.map(([name, text]) => {
    const file = path.join(twin.folder, name);
    fs.writeFileSync(file, text);
    return file;
  });
  stet('import', ...paths, ...more, '--desk', twin.deskPath);
  await twin.page.reload();
  await twin.page.getByRole('row').nth(1).waitFor();
}

const CALL = `[00:00:08] Yes, I have ten minutes. You may record this, that is easier for both of us.
[00:01:15] Look, the boat is thirty-four years old. It has had its twelfth engine repair and it will have a thirteenth.
[00:02:41] If the board agrees we may sell it, by the spring, but nobody has made an offer I would call an offer.
[00:03:30] There is no plan B for the winter timetable. Write that down.
[00:05:02] And nobody will lose their job over this. I have said so to the crew and I say it to you.
`;

/** A piece in Arabic, with English names in it, and the note it rests on. */
async function bringArabic(twin) {
  await bring(twin, [['eze.md', '---\nsource: نورا فالي\nkind: call\nsaid_at: 2026-11-10\nterms: on the record\n---\nلن نبيع العبّارة قبل الربيع، ولا أحد يعرف من سيدفع ثمن الوقود.\n']], '--notes');
  await bring(twin, [['marsa.md', `---\nslug: marsa\nhed: العبّارة معروضة للبيع\ndek: المقاطعة تقرّر في آذار\n---\n${arabicGrafs}`]]);
}

const statuses = ['draft', 'edit', 'legal', 'ready', 'published', 'spiked'];
const heds = [
  'Roof repairs slip to autumn', 'Where the county’s money goes', 'The last pilot of the north berth', 'Council notes, 17 November',
  'Harbour lights to be replaced', 'A winter without the night boat, and what the island would pay for one more year of it', 'Tides for May', 'New lots on the hill',
];
const manyPieces = Array.from({ length: 40 }, (_, n) => [
  `piece-${n + 1}.md`,
  `---\nslug: ${heds[n % 8].toLowerCase().replace(/[^a-z]+/g, '-').slice(0, 18).replace(/-$/, '')}-${n + 1}\nhed: ${heds[n % 8]}\nstatus: ${statuses[n % 6]}\n---\n` +
    `The town heard of it on Monday. “It is what it is,” said Nora Vale.\n`.repeat((n % 5) + 1),
]);
const longHed = 'The county decides in March whether the harbour that has had a ferry since before anyone now living was born will have one next winter, and who is to pay for the engine, the crew, the berth, the insurance and the nine passengers who still take the last crossing on a Tuesday night in the rain, and why';
const longPiece = `---
slug: the-slug-of-a-piece-that-nobody-shortened-in-time-for-the-desk
hed: ${longHed}
dek: ${longHed}
byline: By Maximiliana Featherstonehaugh-Cholmondeley and Ananthapadmanabhan Venkatasubramanian
dateline: LLANFAIRPWLLGWYNGYLL
---
The note lay at https://example.org/${'a-very-long-path/'.repeat(14)}index.html on Monday.

Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorsitzende${'innen'.repeat(20)} came too.

קוראים יקרים, המעבורת תפליג גם בחורף הזה. “היא תפליג כל יום,” אמרה נורה וייל.

${Array.from({ length: 60 }, (_, n) => `“We counted ${n + 2} boats in the harbour before the storm came in,” said Maximiliana Featherstonehaugh-Cholmondeley ${n + 1}.`).join('\n\n')}
`;

const arabicGrafs = `قالت نورا فالي: “سنبيع العبّارة قبل الربيع، ولا أحد يعرف من سيدفع ثمن الوقود.”

وأضافت أن Port Ellis Ferry Line خسرت 1,200 راكب في 3 سنوات، وأن الرسالة موجودة على https://example.org/ferry منذ يوم الاثنين.

> “لا شيء يبقى في الميناء،” said Nora Vale.

- سبع سفن
- Two boats, and a dog
`;

export const moments = {
  'desk-many': (twin) => bring(twin, manyPieces),
  'desk-board': async (twin) => {
    await bring(twin, [...manyPieces, ['long.md', longPiece]]);
    const { deskPath, page } = twin;
    const due = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
    for (const [slug, hours] of [['ferry-sale', 2.2], ['roof-repairs-slip-1', -0.7], ['tides-for-may-7', 50]]) stet('route', slug, '--due', due(hours), '--words', '700', '--desk', deskPath);
    await page.reload();
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('b');
    await page.getByRole('region', { name: 'legal' }).waitFor();
  },
  'desk-board-empty': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('b');
    await page.getByText('Nothing here.').first().waitFor();
  },
  'desk-chosen': async (twin) => {
    await moments['desk-board'](twin);
    const { page } = twin;
    await page.keyboard.press('b');
    await page.getByRole('row').nth(2).click();
    for (const key of [' ', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
  },
  'desk-change': async (twin) => {
    await moments['desk-chosen'](twin);
    const { page } = twin;
    await page.keyboard.press('c');
    await page.getByLabel('Due').fill('tomorrow 9:00');
  },
  'desk-views': async (twin) => {
    await moments['desk-many'](twin);
    const { page } = twin;
    for (const name of ['Late, with legal', 'What the capital has to have read before the night boat leaves the island']) {
      await page.keyboard.press('s');
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.keyboard.press('Enter');
      await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    }
    await page.keyboard.press('r');
    await page.getByRole('dialog', { name: 'Rename the view' }).waitFor();
  },
  'import-look': async (twin) => {
    const { page } = twin;
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    const files = [
      ['zoning.txt', 'New lots on the hill\nThe town takes the meadow\nby Nora Vale\n\nPORT ELLIS -- The town drew new lots.\n\nIt heard of it on Monday.\n\nSign up for our newsletter\n\nShare this article\n'],
      ['broken.docx', 'PK\u0003\u0004 and no more'],
      ['odd.md', '---\nslug: odd\nhed: Odd\nmood: cross\ntarget: many\n---\nOne.\n'],
      ...manyPieces.slice(0, 12),
      [`${'a-name-nobody-shortened-'.repeat(5)}.txt`, longHed.slice(0, 118) + '\n\nOne.\n'],
    ];
    await page.locator('input[type="file"]').first().setInputFiles(files.map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })));
    await page.getByRole('dialog', { name: 'Import 16 files' }).waitFor();
    await page.getByLabel('Hed', { exact: true }).waitFor();
  },
  'import-look-one': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.locator('input[type="file"]').first().setInputFiles({ name: 'zoning.txt', mimeType: 'text/plain', buffer: Buffer.from('New lots on the hill\nby Nora Vale\n\nThe town drew new lots.\n') });
    await page.getByRole('button', { name: 'No byline' }).click();
  },
  'import-reading': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await withhold(page, 'look_at_file', 3);
    await page.locator('input[type="file"]').first().setInputFiles(manyPieces.slice(0, 12).map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })));
    await page.locator('dialog[open]').waitFor();
  },
  'desk-clear': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('Delete');
    await page.getByText('The desk is clear.').waitFor();
  },
  'desk-read-only': async ({ page }) => {
    await answer(page, 'desk', { readOnlyBecause: 'Its folder cannot be written. Copy the desk file to a folder of your own and open it there.' });
    await page.reload();
    await page.getByText('This desk can only be read').waitFor();
  },
  'desk-bin': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('Alt+3');
    await page.getByText('The bin is empty.').waitFor();
  },
  'draft-none': ({ page }) => goTo(page, 'draft'),
  'draft-new': ({ page }) => openNew(page, 'draft'),
  'draft-not-saved': async ({ page }) => {
    await open(page);
    await answer(page, 'save_draft', new Error('The disk is full. Make room on it.'));
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' And a dog.');
    await page.getByText('Not saved:').waitFor();
  },
  'draft-saved-elsewhere': async (twin) => {
    const { page } = twin;
    await open(page);
    const file = path.join(twin.folder, 'other.md');
    fs.writeFileSync(file, 'Words from elsewhere.\n');
    stet('import', file, '--into', 'ferry-sale', '--desk', twin.deskPath);
    await page.locator('.cm-content').focus();
    await page.keyboard.type('Mine. ');
    await page.getByText('saved elsewhere').waitFor();
  },
  'draft-find': async ({ page }) => {
    await open(page);
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('winter');
  },
  'draft-long': async (twin) => {
    await bring(twin, [['long.md', longPiece]]);
    await open(twin.page, 'the-slug-of');
  },
  'draft-suggest-none': async ({ page }) => {
    await open(page);
    await page.keyboard.press('Alt+5');
    await page.getByRole('button', { name: 'Suggest' }).waitFor();
  },
  'draft-suggest': suggestChanges,
  'draft-beside': async (twin) => {
    await bring(twin, [...manyPieces, ['long.md', longPiece]]);
    await open(twin.page);
    await openBeside(twin.page, 'the-slug-of');
    await twin.page.locator('.beside .cm-content').waitFor();
  },
  'draft-beside-left': async (twin) => {
    await moments['draft-beside'](twin);
    await twin.page.keyboard.press('Alt+o');
    await twin.page.getByRole('region', { name: 'Beside: ferry-sale' }).waitFor();
    await twin.page.keyboard.press('Alt+a');
    await twin.page.keyboard.press('Shift+ArrowDown');
  },
  'draft-beside-narrow': async (twin) => {
    await moments['draft-beside'](twin);
    await twin.page.setViewportSize({ width: 1000, height: 800 });
    await twin.page.keyboard.press('Alt+1');
  },
  'draft-beside-trouble': async (twin) => {
    await bring(twin, manyPieces.slice(0, 3));
    await open(twin.page);
    await answer(twin.page, 'open_draft', new Error('Its words do not fit their seal. Put a backup back (Ctrl+Shift+H).'));
    await openBeside(twin.page, 'roof-repairs');
    await twin.page.getByRole('button', { name: 'Try again' }).waitFor();
  },
  'draft-beside-choose': async (twin) => {
    await bring(twin, manyPieces.slice(0, 8));
    await open(twin.page);
    await twin.page.keyboard.press('Alt+b');
    await twin.page.locator('dialog [role="option"]').first().waitFor();
  },
  'draft-opening': async (twin) => {
    const { page } = twin;
    await bring(twin, manyPieces.slice(0, 3));
    await open(page);
    await withhold(page, 'open_draft');
    await goTo(page, 'desk');
    await page.getByRole('row', { name: 'roof-repairs' }).first().click();
    await page.keyboard.press('Enter');
    await page.getByText('The piece is on its way.').waitFor();
  },
  'draft-arabic': async (twin) => {
    await bringArabic(twin);
    await open(twin.page, 'marsa');
  },
  'check-arabic': async (twin) => {
    await bringArabic(twin);
    await open(twin.page, 'marsa', 'check');
  },
  ...Object.fromEntries(screens.map((screen) => [`${screen}-german`, ({ page }) => openInGerman(page, screen)])),
  'draft-end': async ({ page }) => {
    await open(page);
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+End');
  },
  'check-none': ({ page }) => openNew(page, 'check'),
  'check-long': async (twin) => {
    await bring(twin, [['long.md', longPiece]]);
    await open(twin.page, 'the-slug-of', 'check');
  },
  'draft-stale': async ({ page }) => {
    await open(page, 'ferry-sale', 'check');
    await page.locator('.queue .row', { hasText: 'tie up every boat' }).click();
    await page.keyboard.press('c');
    await page.getByLabel('Why it is right').fill('heard it on the tape');
    await page.getByLabel('Who checked').fill('SB');
    await page.getByRole('button', { name: /^Mark cq/ }).click();
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    await goTo(page, 'draft');
    await select(page, 'every boat');
    await page.keyboard.type('every ferry');
    await page.locator('.cm-content .is-stale').first().waitFor();
  },
  'check-spliced': async ({ page }) => {
    await open(page, 'ferry-sale', 'check');
    await page.locator('.queue .row', { hasText: 'spliced' }).click();
  },
  'check-not-found': async ({ page }) => {
    await open(page, 'ferry-sale', 'check');
    await page.locator('.queue .row', { hasText: 'not found' }).click();
  },
  'check-alarms': async (twin) => {
    await bring(twin, [['tram.md', '---\nslug: tram\n---\n“We counted 13 trams on the harbour line and may sell them by the spring,” said Maximiliana Featherstone.\n']]);
    await bring(twin, [['call.md', '---\nsource: Maximiliana Featherstone\nkind: call\nsaid_at: 2026-11-10\nterms: off the record\n---\nWe counted 30 trams on the harbour line and will sell them by the spring.\n']], '--notes');
    await open(twin.page, 'tram', 'check');
  },
  'check-cq': async ({ page }) => {
    await open(page, 'ferry-sale', 'check');
    await page.keyboard.press('c');
    await page.locator('dialog[open]').waitFor();
  },
  'check-ask': async ({ page }) => {
    await open(page, 'ferry-sale', 'check');
    await page.keyboard.press('a');
    await page.locator('dialog[open]').waitFor();
  },
  'compare-none': ({ page }) => openNew(page, 'compare'),
  'compare-columns': async ({ page }) => {
    await open(page, 'ferry-sale', 'compare');
    await page.keyboard.press('j');
    await page.keyboard.press('t');
  },
  'compare-blame': async ({ page }) => {
    await open(page, 'ferry-sale', 'compare');
    await page.locator('.changes .row').first().waitFor();
    await page.keyboard.press('b');
    await page.locator('.blame li').first().waitFor();
    await page.keyboard.press('j');
  },
  'compare-merge': async ({ page, deskPath }) => {
    await open(page, 'ferry-sale', 'compare');
    await page.locator('.changes .row').first().waitFor();
    await page.keyboard.press('w');
    const { revisions } = JSON.parse(stet('log', 'ferry-sale', '--desk', deskPath, '--json'));
    const base = stet('show', 'ferry-sale', '--revision', String(revisions.find(({ name }) => name).id), '--desk', deskPath);
    const theirs = base.replace('We may', 'We could').replace('eleven', 'twelve').replace('nine passengers', 'ten passengers');
    await page.locator('input[type="file"][aria-label="A file to compare with"]').setInputFiles({ name: 'from-legal.md', mimeType: 'text/markdown', buffer: Buffer.from(theirs) });
    await page.locator('.conflict').first().waitFor();
    await page.keyboard.press('n');
  },
  'compare-bring-back': bringBack,
  'compare-suggestions': async (twin) => {
    const { page } = twin;
    await bringBack(twin);
    await page.keyboard.press('Enter');
    await page.locator('aside[aria-label="Suggestions"] .row').first().waitFor();
    for (const key of ['n', 'a']) await page.keyboard.press(key);
    await page.getByText('accepted', { exact: false }).first().waitFor();
  },
  'compare-suggestions-both': async (twin) => {
    const { page } = twin;
    await bringBack(twin);
    await page.keyboard.press('Enter');
    await page.locator('aside[aria-label="Suggestions"] .row').first().waitFor();
    await goTo(page, 'draft');
    await select(page, 'the spring');
    await page.keyboard.type('the autumn');
    await page.waitForTimeout(1500);
    await goTo(page, 'compare');
    await page.keyboard.press('i');
    await page.locator('aside[aria-label="Suggestions"] .open').first().waitFor();
    await page.keyboard.press('n');
  },
  'compare-suggestions-none': async ({ page }) => {
    await open(page, 'ferry-sale', 'compare');
    await page.locator('.changes .row').first().waitFor();
    await page.keyboard.press('i');
  },
  'compare-menu': async ({ page }) => {
    await open(page, 'ferry-sale', 'compare');
    await page.getByRole('button', { name: 'Compare with', exact: true }).click();
  },
  'compare-name': async ({ page }) => {
    await open(page, 'ferry-sale', 'compare');
    await page.keyboard.press('Control+Shift+s');
    await page.locator('dialog[open]').waitFor();
  },
  'compare-same': async ({ page }) => {
    await openNew(page, 'draft');
    await page.locator('.cm-content').click();
    await page.keyboard.type('The slip is closed until June.');
    await page.waitForTimeout(1500);
    await goTo(page, 'compare');
    await page.keyboard.press('Control+Shift+s');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('sent to legal');
    await page.keyboard.press('Enter');
    await page.locator('.ribbon').waitFor();
  },
  'sources-long': async (twin) => {
    const { page } = twin;
    const note = (n, source, more) => [`note-${n}.md`, `---\nsource: ${source}\n${more}---\n${'We counted the boats before the storm came in. '.repeat(40)}\n\nקוראים יקרים, המעבורת תפליג גם בחורף הזה.\n`];
    await bring(
      twin,
      [
        note(1, 'Maximiliana Featherstonehaugh-Cholmondeley of the Harbour and Inland Waterways Commission for the Western Isles', 'kind: interview\nplace: the long room behind the harbour office, where the ferry committee used to sit\nsaid_at: 2026-11-12\nterms: off the record\n'),
        ...Array.from({ length: 30 }, (_, n) => note(n + 2, `Speaker Number ${n + 1}`, 'kind: e-mail\nterms: deep background\n')),
      ],
      '--notes',
    );
    await goTo(page, 'sources');
    await page.locator('nav[aria-label="Notes"] li button', { hasText: 'off the record' }).click();
  },
  'sources-source': async ({ page }) => {
    await open(page, 'ferry-sale', 'check');
    await page.locator('.queue [aria-current="true"]').first().waitFor();
    await page.keyboard.press('S');
    await page.getByRole('article', { name: 'The source' }).waitFor();
  },
  'sources-redacted': async (twin) => {
    const { page } = twin;
    const head = 'source: Tobias Renner\nkind: interview\nplace: North berth\nsaid_at: 2026-11-12\nterms: background\nconfidential: true\naliases: harbour pilot\n';
    await bring(twin, [['renner-talk.md', `---\n${head}---\nThe tug turned over twice last winter, and nobody was told. Renner is my name, and I was on it.\n\nThis part is off the record: the owner knew about the pump.\n\nBack on the record: the berth should be closed until spring.\n`]], '--notes');
    await goTo(page, 'sources');
    await page.locator('nav[aria-label="Notes"] li button', { hasText: 'North berth' }).click();
    await page.keyboard.press('R');
    await page.getByRole('region', { name: 'What leaves the desk' }).waitFor();
  },
  'sources-by-piece': async ({ page }) => {
    await open(page, 'ferry-sale', 'sources');
    await page.keyboard.press('g');
    await page.getByRole('heading', { name: 'ferry-sale' }).waitFor();
  },
  'sources-none': async ({ page }) => {
    await goTo(page, 'sources');
    for (let n = 0; n < 3; n++) {
      await page.locator('nav[aria-label="Notes"] li button').first().click();
      await page.keyboard.press('Delete');
      await page.waitForTimeout(300);
    }
    await page.waitForTimeout(7000);
  },
  'sources-indexing': async ({ page }) => {
    await page.route('**/call', async (route) => {
      if (route.request().postDataJSON().name !== 'indexing') return route.fallback();
      return route.fulfill({ contentType: 'application/json', body: JSON.stringify({ nRead: 1240, nNotes: 9000 }) });
    });
    await page.reload();
    await open(page, 'ferry-sale', 'sources');
    await page.getByRole('progressbar').waitFor();
  },
  'sources-importing': async ({ page }) => {
    await open(page, 'ferry-sale', 'sources');
    await withhold(page, 'import_notes', 3);
    await page.locator('input[type="file"]').first().setInputFiles(manyPieces.slice(0, 12).map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })));
    await page.getByText('Importing 4 of 12').waitFor();
  },
  'sources-attach': async ({ page }) => {
    await open(page, 'ferry-sale', 'sources');
    await page.getByRole('article', { name: 'Note' }).waitFor();
    await page.keyboard.press('a');
    await page.getByLabel(/^The file/).fill('/home/editor/calls/eze-call.mp3');
  },
  'sources-playing': async (twin) => {
    const { page } = twin;
    await bring(twin, [['call.md', `---\nsource: Ines Eze\nkind: transcript\nplace: telephone\nsaid_at: 2026-11-10\nterms: on the record\n---\n${CALL}`]], '--notes');
    await open(page, 'ferry-sale', 'sources');
    await page.locator('nav[aria-label="Notes"] li', { hasText: 'transcript' }).getByRole('button').click();
    await page.getByText('[00:02:41]').waitFor();
    await attach(page, recordingIn(twin.folder, 400));
    await page.getByText('we may sell it').click();
    await page.keyboard.press('l');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press('Alt+m');
    await page.getByRole('button', { name: 'Go on' }).waitFor();
  },
  'sources-new': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await goTo(page, 'sources');
    await page.keyboard.press('n');
    await page.getByRole('form', { name: 'Note' }).waitFor();
  },
  'export-refused': async ({ page }) => {
    await open(page, 'ferry-sale', 'export');
    await page.locator('.gate').waitFor();
    await page.keyboard.press('Control+Enter');
  },
  'export-proof': async ({ page }) => {
    await open(page, 'ferry-sale', 'export');
    await page.keyboard.press('5');
  },
  'export-clear': async (twin) => {
    await bring(twin, [['tides.md', '---\nslug: tides\nhed: Tides for May\n---\nHigh water is at six.\n']]);
    await open(twin.page, 'tides', 'export');
  },
  'export-arabic': async (twin) => {
    await bringArabic(twin);
    await open(twin.page, 'marsa', 'export');
    await twin.page.keyboard.press('2');
    await twin.page.locator('.preview header b', { hasText: '.html' }).waitFor();
  },
  commands: async ({ page }) => {
    await open(page);
    await page.keyboard.press('Control+k');
    await page.locator('dialog[open]').waitFor();
  },
  keys: async ({ page }) => {
    await open(page, 'ferry-sale', 'check');
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
  },
  'search-former': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('/');
    await page.getByRole('checkbox', { name: 'What pieces said before, too' }).check();
    await page.getByRole('combobox', { name: 'Search' }).fill('telephone');
    await page.locator('dialog [role="option"]').first().waitFor();
    await page.waitForTimeout(1200);
  },
  search: async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('winter');
  },
  help: async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('F1');
    await page.locator('dialog[open]').waitFor();
  },
  'help-none': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('F1');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('zebra');
  },
  about: async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('Shift+F1');
    await page.locator('dialog[open]').waitFor();
  },
  locked: async ({ page }) => {
    await setPassphrase(page);
    await page.keyboard.press('Control+Shift+l');
    await page.locator('main[aria-label="locked"]').waitFor();
  },
  'locked-wrong': async ({ page }) => {
    await moments.locked({ page });
    await page.keyboard.type('five grey gulls at nine');
    await page.keyboard.press('Enter');
    await page.getByText('not the passphrase').waitFor();
  },
  'locked-damaged': async ({ page, deskPath }) => {
    await moments.locked({ page });
    // Its first pages are as they were; further on nothing is.
    const file = fs.openSync(deskPath, 'r+');
    fs.writeSync(file, Buffer.alloc(4000, 7), 0, 4000, 64);
    fs.closeSync(file);
    await page.keyboard.type('five grey gulls at noon');
    await page.keyboard.press('Enter');
    await page.getByText('cannot be opened').waitFor();
  },
  'passphrase-first': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('Control+Shift+p');
    await page.locator('dialog[open]').waitFor();
  },
  passphrase: async ({ page }) => {
    await setPassphrase(page);
    await page.keyboard.press('Control+Shift+p');
    await page.locator('dialog[open]').waitFor();
  },
  backups: async ({ page }) => {
    await openBackups(page, async () => {
      await open(page);
      await page.locator('.cm-content').focus();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' And nobody asked the gulls.');
      await page.locator('header .saved', { hasText: /^saved/ }).waitFor();
    });
    await page.getByText('1 piece would be as before').waitFor();
  },
  'backups-same': async ({ page }) => {
    await openBackups(page);
    await page.getByText('The words are those').waitFor();
  },
  'backups-back': async (twin) => {
    await moments.backups(twin);
    await twin.page.keyboard.press('Enter');
    await twin.page.getByText('The desk is as it was').waitFor();
  },
  'backups-fail': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await answer(page, 'desk', { backupTrouble: 'The second place for backups, /media/stick, could not be written; those beside the desk are. It is not there: is its disk connected?' });
    await page.reload();
    await page.getByText('A backup failed').waitFor();
  },
  'desk-damaged': async (twin) => {
    await bring(twin, [['tides.md', '---\nslug: tides\nhed: Tides for May\n---\nHigh water is at six.\n']]);
    await damage(twin);
  },
  'desk-salvaged': async (twin) => {
    await moments['desk-damaged'](twin);
    await twin.page.getByRole('button', { name: 'Salvage' }).click();
    await twin.page.getByText('came over').waitFor();
  },
  'desk-wreck': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await openBackups(page);
    await page.keyboard.press('Escape');
    await page.route('**/call', (route) => {
      if (route.request().postDataJSON().name !== 'desk') return route.fallback();
      const message = 'desk.sqlite is no desk file of Stet, or a damaged one. Nothing was changed. `stet verify` lists the damage, `stet restore-desk` puts a backup in its place, `stet salvage` copies what can be read into a new desk file.';
      return route.fulfill({ status: 422, contentType: 'application/json', body: JSON.stringify({ code: 'corrupt', message }) });
    });
    await page.reload();
    await page.getByText('This desk cannot be opened').waitFor();
  },
  remove: async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('Shift+Delete');
    await page.getByText('The piece goes with its history').waitFor();
  },
  'remove-done': async (twin) => {
    await moments.remove(twin);
    await twin.page.keyboard.type('ferry-sale');
    await twin.page.keyboard.press('Enter');
    await twin.page.getByText('Copies may be left').waitFor();
  },
  comments: async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('Control+Shift+e');
    await page.keyboard.type('SB');
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    await open(page);
    for (const [words, text] of [
      ['twelve engine repairs', 'The minutes have eleven. Ask the harbour office before noon.'],
      ['more cheese than is easily explained', 'Keep. It made the desk laugh.'],
      ['eleven years', 'Checked against the accounts.'],
    ]) {
      await comment(page, words, text);
    }
    await page.keyboard.press('Alt+r');
    await page.getByText('resolved by SB').waitFor();
    await page.keyboard.press('F9');
    await page.getByLabel('Reply', { exact: true }).fill('Rang Eze: twelve, she counts the winch.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article').nth(1).waitFor();
  },
  'comment-begun': async (twin) => {
    await moments.comments(twin);
    await twin.page.locator('.cm-content').focus();
    await twin.page.keyboard.press('Control+Home');
    await twin.page.keyboard.press('Control+Alt+m');
    await twin.page.locator('.is-begun').waitFor();
  },
  'comments-none': async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await open(page);
    await page.keyboard.press('Alt+5');
    await page.getByText('Nobody has said anything').waitFor();
  },
  settings: async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('Control+,');
    await page.locator('dialog[open]').waitFor();
  },
  'settings-desk': async (twin) => {
    await moments.settings(twin);
    await twin.page.keyboard.press('ArrowRight');
    await twin.page.getByText('Strict: nothing is let pass.').waitFor();
  },
  'settings-keys': async (twin) => {
    const { page } = twin;
    await moments.settings(twin);
    await page.keyboard.press('ArrowLeft');
    await page.getByLabel('Find an action').waitFor();
    await changeKey(page, 'Search pieces', 'Control+j');
    await changeKey(page, 'Help', 'Control+k');
    await page.getByText('is taken by').waitFor();
  },
  'settings-keys-none': async (twin) => {
    const { page } = twin;
    await moments.settings(twin);
    await page.keyboard.press('ArrowLeft');
    await page.getByLabel('Find an action').fill('zebra');
    await page.getByText('No action is called that.').waitFor();
  },
  focus: async ({ page }) => {
    await open(page);
    await page.keyboard.press('Shift+F11');
    await page.locator('header.bar').waitFor({ state: 'detached' });
  },
  'focus-typewriter': async (twin) => {
    await moments.focus(twin);
    await twin.page.keyboard.press('Alt+t');
    await twin.page.keyboard.press('Control+End');
    await twin.page.waitForTimeout(9000);
  },
  'looks-high': async (twin) => {
    const { page } = twin;
    await moments.settings(twin);
    await chooseLook(page, 'System', 3);
    await page.keyboard.press('Escape');
    await open(page);
  },
  'looks-high-dark': async (twin) => {
    const { page } = twin;
    await moments.settings(twin);
    await chooseLook(page, 'System', 4);
    await page.keyboard.press('Escape');
    await open(page, 'ferry-sale', 'compare');
  },
  'looks-larger': async (twin) => {
    const { page } = twin;
    await moments.settings(twin);
    await chooseLook(page, 'Serif', 1);
    await chooseLook(page, 'Usual', 2);
    await page.keyboard.press('Escape');
    await open(page);
  },
  spelling: async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await open(page);
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('The boat recieved teh “definately” gray coat.\n\n“It recieved one,” said Ines Eze.\n\n');
    await page.keyboard.press('Control+Home');
    await page.locator('.cm-content .misspelt', { hasText: 'recieved' }).first().waitFor();
    await page.keyboard.press('F6');
    await page.getByRole('button', { name: '1 received' }).waitFor();
  },
  quoting: async ({ page }) => {
    await open(page);
    await page.keyboard.press('Alt+q');
    const box = page.getByRole('dialog', { name: 'Put in a quote from a note' });
    await box.getByRole('combobox').fill('spring');
    await box.getByRole('option').first().waitFor();
  },
  'quoting-part': async ({ page }) => {
    await moments.quoting({ page });
    await page.getByRole('dialog').getByRole('option').first().locator('mark', { hasText: 'spring' }).waitFor();
    for (const key of ['Alt+Shift+ArrowRight', 'Alt+Shift+ArrowRight', 'Alt+Shift+ArrowRight', 'Alt+Shift+ArrowRight']) await page.keyboard.press(key);
    for (let n = 0; n < 9; n++) await page.keyboard.press('Alt+ArrowLeft');
  },
  snippets: async ({ page }) => {
    await open(page);
    await page.keyboard.press('Control+Shift+d');
    await page.getByRole('dialog', { name: 'Snippets of this desk' }).getByRole('textbox').fill('[bio]\n{byline} covers the harbour and what comes into it.\n\n[correction]\n**Correction, {date}:** An earlier version of this article {|}\n\n[letters]\nLetters to the desk are read by an editor, and by nobody else before that.\n');
    await page.keyboard.press('Control+Enter');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    await page.keyboard.press('Alt+p');
    await page.getByRole('option', { name: /^correction/ }).waitFor();
  },
  'snippets-written': async (twin) => {
    const { page } = twin;
    await moments.snippets(twin);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+d');
    await page.getByRole('dialog', { name: 'Snippets of this desk' }).getByRole('textbox').fill('[bio]\n{byline} covers the harbour.\n\n[bio]\nTwice.\n\n[no words]\n');
    await page.getByText('The name is taken.').waitFor();
  },
  'spelling-quoted': async (twin) => {
    await moments.spelling(twin);
    await twin.page.getByRole('button', { name: 'recieved in a quote' }).click();
    await twin.page.getByRole('button', { name: '1 received' }).click();
    await twin.page.getByRole('dialog', { name: 'Change what was said?' }).waitFor();
  },
  'spelling-desk': async (twin) => {
    await moments.spelling(twin);
    await twin.page.keyboard.press('Alt+w');
    await twin.page.getByText('is known from now on').waitFor();
    await twin.page.keyboard.press('Control+Shift+x');
    await twin.page.getByRole('button', { name: 'Forget recieved' }).waitFor();
  },
  editor: async ({ page }) => {
    await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
    await page.keyboard.press('Control+Shift+e');
    await page.locator('dialog[open]').waitFor();
  },
};
