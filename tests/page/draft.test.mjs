// The draft: nothing typed is lost, and what is found is shown where it stands.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';
import { stet } from './twin.mjs';

const words = (page) => page.locator('header.bar .words').innerText();

test('a snippet that is kept comes in by key and by its name, and is there after a start', async (t) => {
  const { page, press, openSample, writeAtEnd, isSaved, show } = await openPage(t);
  await openSample();
  await press('Control+Shift+d');
  const box = page.getByRole('dialog', { name: 'Snippets of this desk' });
  await box.getByRole('textbox').fill('[bio]\n{slug} was written {|} by hand.\n');
  await box.getByRole('button', { name: 'Keep' }).click();
  await box.waitFor({ state: 'hidden' });
  await writeAtEnd('\n\n;;bio ');
  await page.keyboard.type('here');
  await until('it came in, the caret inside', async () => /ferry-sale was written here by hand\.$/.test((await page.locator('.cm-content').innerText()).trim()));

  await page.reload();
  await openSample();
  await writeAtEnd('\n\n');
  await press('Alt+p');
  await page.keyboard.type('bi');
  await page.getByRole('option', { name: /^bio/ }).waitFor();
  await press('Enter');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  await page.keyboard.type('twice');
  await until('it is saved', isSaved);
  await until('both are kept', () => /written here by hand\.\s+ferry-sale was written twice by hand\./.test(show()));
});

test('a quote comes from a note by keys alone, found verbatim, and words chosen on Sources come in too', async (t) => {
  const { page, press, openSample, writeAtEnd, isSaved, show } = await openPage(t);
  await openSample();
  await writeAtEnd('\n\n');
  await press('Alt+q');
  const box = page.getByRole('dialog', { name: 'Put in a quote from a note' });
  await box.getByRole('combobox').fill('spring');
  const first = box.getByRole('option').first();
  await first.locator('mark', { hasText: 'spring' }).waitFor();
  const words = (await first.locator('.words').innerText()).trim();
  await press('Enter');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  await until('it stands in the text', async () => (await page.locator('.cm-content').innerText()).includes(words.slice(1, -2)));
  await page.keyboard.type(' So it goes.');
  await until('one goes on writing behind it', async () => /said [^.]+\.\s+So it goes\.$/.test((await page.locator('.cm-content').innerText()).trim()));

  await press('Control+5');
  await page.locator('[data-note] [data-at]').first().waitFor();
  const chosen = await page.evaluate(() => {
    const line = [...document.querySelectorAll('[data-note] [data-at] span:last-child')].find(({ textContent }) => textContent.trim().length > 30);
    getSelection().selectAllChildren(line);
    return line.textContent.split(/[,.]/)[0];
  });
  await press('q');
  await until('the draft has them', async () => (await page.locator('.cm-content').innerText()).trim().split('So it goes.')[1]?.includes(chosen));
  await until('it is saved', isSaved);
  assert.ok(show().includes('So it goes.'), 'and all of it is on the desk');
});

test('part of a sentence of a note is chosen by keys alone', async (t) => {
  const { page, press, openSample, writeAtEnd } = await openPage(t);
  await openSample();
  await writeAtEnd('\n\n');
  await press('Alt+q');
  const box = page.getByRole('dialog', { name: 'Put in a quote from a note' });
  await box.getByRole('combobox').fill('spare');
  await box.getByRole('option').first().locator('mark', { hasText: 'spare' }).waitFor();
  for (let n = 0; n < 5; n++) await press('Alt+Shift+ArrowRight');
  await press('Alt+ArrowLeft');
  await box.getByText('Taken: there is a spare that does not').waitFor();
  await press('Enter');
  await until('it stands in the text and is verbatim', async () =>
    (await page.locator('.cm-content .quote-verbatim').allInnerTexts()).some((words) => words.includes('there is a spare that does not')));
});

test('what is typed is saving, then saved, and on the desk', async (t) => {
  const { page, openSample, writeAtEnd, show } = await openPage(t);
  await openSample();
  const said = await page.evaluateHandle(() => {
    const list = [];
    const box = document.querySelector('header .saved');
    new MutationObserver(() => list.push(box.textContent)).observe(box, { subtree: true, childList: true, characterData: true });
    return list;
  });
  await writeAtEnd(' And a dog.');
  await until('saved after saving', async () => /^saving.*saved/.test((await said.jsonValue()).join('|')));
  assert.ok(show().trimEnd().endsWith('And a dog.'), 'saved means that it is in the desk file');
});

test('undo reaches back over a save and over other screens', async (t) => {
  const { page, openSample, writeAtEnd, isSaved, goTo, press, show } = await openPage(t);
  await openSample();
  const before = show();
  await writeAtEnd(' One more line.');
  await until('the words are saved', async () => (await isSaved()) && show().includes('One more line.'));
  for (const screen of ['check', 'sources', 'desk', 'draft']) await goTo(screen);
  await page.locator('.cm-content').focus();
  await press('Control+z');
  await until('the words are gone from the page', async () => !(await page.locator('.cm-content').innerText()).includes('One more line.'));
  await until('and from the desk', () => show() === before);
  await press('Control+Shift+z');
  await until('redo brings them back', () => show().includes('One more line.'));
});

test('find and replace changes every place, and one undo takes it back', async (t) => {
  const { page, openSample, press, show } = await openPage(t);
  await openSample();
  const before = show();
  const nFerry = before.split('winter').length - 1;
  assert.ok(nFerry > 1, 'the sample says winter more than once');
  await page.locator('.cm-content').focus();
  await press('Control+f');
  await page.locator('.cm-search input[name="search"]').fill('winter');
  await page.locator('.cm-search input[name="replace"]').fill('summer');
  await page.locator('.cm-search button[name="replaceAll"]').click();
  await until('replaced everywhere', () => !show().includes('winter') && show().split('summer').length - 1 >= nFerry);
  await press('Escape');
  await page.locator('.cm-content').focus();
  await press('Control+z');
  await until('one undo takes all of it back', () => show() === before);
});

test('words are counted against the target, and each TK', async (t) => {
  const { page, openSample, writeAtEnd, text } = await openPage(t);
  await openSample();
  const count = async () => Number((await words(page)).match(/^\d+/)?.[0]);
  await until('words are counted', count);
  const n = await count();
  assert.match(await page.getByLabel('Target, in words').inputValue(), /450/);
  assert.match(await text('.tks'), /^1 TK/);
  await writeAtEnd(' Fare TK per head.');
  await until('the TK is counted', async () => /^2 TK/.test(await text('.tks')));
  assert.ok((await count()) > n, 'new words count');
  await page.getByLabel('Target, in words').fill('100');
  await page.keyboard.press('Enter');
  await until('over the target it says so', () => page.locator('header.bar .words.over').count());
});

test('each verdict is underlined in its own way and furniture is dimmed', async (t) => {
  const { page, openSample } = await openPage(t);
  await openSample();
  for (const name of ['verbatim', 'altered', 'other-speaker', 'not-found', 'spliced', 'no-note', 'trimmed'])
    assert.ok(await page.locator(`.cm-content .quote-${name}`).count(), `a quote is ${name}`);
  assert.ok(await page.locator('.cm-content .alarmed').count(), 'the lost word is an alarm');
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+End');
  const line = page.locator('.cm-content .furniture');
  assert.match(await line.innerText(), /newsletter/);
  const colour = (each) => each.evaluate((one) => getComputedStyle(one).color);
  assert.notEqual(await colour(line), await colour(page.locator('.cm-content .cm-line').first()), 'furniture is dimmed');
  const underline = (name) => page.locator(`.cm-content .quote-${name}`).first().evaluate((one) => {
    const { textDecorationLine, textDecorationStyle, textDecorationColor, borderBottom, backgroundImage, boxShadow } = getComputedStyle(one);
    return [textDecorationLine, textDecorationStyle, textDecorationColor, borderBottom, backgroundImage, boxShadow].join(' ');
  });
  assert.notEqual(await underline('altered'), await underline('no-note'), 'wrong does not look like open');
});

test('a splice is notched where it leaps, and a graf in Hebrew is set from the right', async (t) => {
  const { page, openSample, writeAtEnd } = await openPage(t);
  await openSample();
  assert.equal(await page.locator('.cm-content .quote-spliced .joint, .cm-content .joint').count(), 1, 'the one leap of the sample');
  await writeAtEnd('\n\nהמעבורת תפליג כל יום, by Ana.\n\nA line in English, קו.');
  const direction = (words) => page.locator('.cm-line', { hasText: words }).evaluate((line) => getComputedStyle(line).direction);
  assert.equal(await direction('by Ana'), 'rtl');
  assert.equal(await direction('A line in English'), 'ltr', 'a word of Hebrew does not turn an English graf');
});

test('a failed save stays on screen, and the text is safe until one succeeds', async (t) => {
  const { page, folder, deskPath, press, openSample, writeAtEnd, text, isSaved, goTo, show } = await openPage(t, { refusals: ['save_draft'] });
  await openSample();
  let isFailing = true;
  await page.route('**/call', (route) =>
    isFailing && route.request().postDataJSON().name === 'save_draft'
      ? route.fulfill({ status: 422, contentType: 'application/json', body: JSON.stringify({ code: 'diskFull', message: 'The disk is full.' }) })
      : route.continue(),
  );
  await writeAtEnd(' Typed on a full disk.');
  await until('it says why', async () => /Not saved: The disk is full/.test(await text('body')));
  assert.match(await page.locator('header .saved').innerText(), /not saved/);
  await goTo('check');
  assert.match(await text('body'), /Not saved/, 'it is said on every screen');
  await goTo('draft');
  await writeAtEnd(' And more.');
  await page.getByRole('button', { name: 'Try now' }).click();
  assert.match(await text('body'), /Not saved/, 'trying in vain does not put it away');
  assert.match(await text('.cm-content'), /Typed on a full disk\. And more\./, 'the text is still there');
  await writeAtEnd(' <!-- ask legal -->');
  await press('Control+Alt+s');
  const rescued = `${deskPath}.ferry-sale.saved.md`;
  await until('it is saved elsewhere', () => fs.existsSync(rescued) && page.getByText('The piece as it stands is in').count());
  assert.match(await text('body'), /Not saved/, 'the desk still has to be told');
  const again = path.join(folder, 'again.sqlite');
  stet('import', rescued, '--desk', again);
  const [{ slug, hed }] = JSON.parse(stet('drafts', '--desk', again, '--json')).drafts;
  assert.equal(hed, await page.getByLabel('Hed').inputValue());
  assert.match(stet('show', slug, '--desk', again), /Typed on a full disk\. And more\. <!-- ask legal -->/, 'what was saved elsewhere is the piece');
  await page.getByRole('button', { name: 'Save elsewhere' }).waitFor();
  assert.ok(!show().includes('full disk'), 'nothing was kept');
  isFailing = false;
  await until('it says saved', isSaved);
  await until('who cannot see it hears it', () => page.getByText('Saved again.').count());
  assert.ok(show().trimEnd().endsWith('Typed on a full disk. And more. <!-- ask legal -->'), 'all of it is kept');
  assert.doesNotMatch(await text('body'), /Not saved/, 'the banner goes when a save succeeds');
});

for (const [choice, kept] of [['Keep mine', 'mine'], ['Take theirs', 'theirs']]) {
  test(`saved elsewhere meanwhile: ${choice.toLowerCase()}`, async (t) => {
    const { page, folder, deskPath, openSample, writeAtEnd, text, show, isSaved } = await openPage(t, { refusals: ['save_draft'] });
    await openSample();
    const other = path.join(folder, 'other.md');
    fs.writeFileSync(other, 'Words from theirs alone.\n');
    stet('import', other, '--into', 'ferry-sale', '--desk', deskPath);
    await writeAtEnd(' Words from mine.');
    await until('it says so', async () => /saved elsewhere/.test(await text('body')));
    assert.ok(show().includes('theirs'), 'nothing is written over unasked');
    await page.getByRole('button', { name: choice }).click();
    await until('it is settled', async () => (await isSaved()) && !/saved elsewhere/.test(await text('body')));
    assert.ok(show().includes(kept), 'the words chosen stand');
    assert.equal((await text('.cm-content')).includes(kept), true);
    const log = JSON.parse(stet('log', 'ferry-sale', '--desk', deskPath, '--json')).revisions;
    const states = log.map(({ id }) => stet('show', 'ferry-sale', '--revision', String(id), '--desk', deskPath));
    if (choice === 'Keep mine') assert.ok(states.some((body) => body.includes('theirs')), 'theirs is among the revisions');
    else {
      await page.locator('.cm-content').focus();
      await page.keyboard.press('Control+z');
      await until('undo brings mine back', async () => (await text('.cm-content')).includes('Words from mine.'));
    }
  });
}

test('in a window of 320 pixels the panel stands below the text, and both can be read', async (t) => {
  const { page, press, openSample } = await openPage(t);
  await openSample();
  await page.setViewportSize({ width: 320, height: 640 });
  const panel = await page.locator('aside[aria-label="Beside the draft"]').boundingBox();
  const text = await page.locator('.cm-content').boundingBox();
  const box = await page.locator('.draft > .page').boundingBox();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  assert.ok(text.width >= 200, `the lines are ${text.width} px long`);
  assert.ok(panel.y >= box.y + box.height && panel.width >= 250, 'the panel is below');
  await page.locator('.cm-content').focus();
  await press('Control+f');
  const find = await page.locator('.cm-panels').boundingBox();
  assert.ok(find.x >= 0 && find.x + find.width <= 320 && find.width >= 200, 'find and replace stands in the window');
});

test('what is to come is listed with its words, gone through by key and from the bar, and written over', async (t) => {
  const { page, press, openSample, writeAtEnd, goTo, isSaved, show } = await openPage(t);
  await openSample();
  const nAtFirst = await page.locator('.page .tk').count();
  await writeAtEnd('\n\nThe price, TK, was told to nobody.');
  await until('it is marked', async () => (await page.locator('.page .tk').count()) === nAtFirst + 1);
  await press('Alt+3');
  const list = page.getByRole('list', { name: 'To come' });
  await list.getByRole('button', { name: 'The price, TK, was told to nobody.' }).waitFor();
  await press('Control+Home');
  for (let n = 0; n <= nAtFirst; n++) await press('F2');
  assert.equal(await page.evaluate(() => getSelection().toString()), 'TK');
  await list.locator('[aria-current="true"]', { hasText: 'The price' }).waitFor();
  await goTo('sources');
  await goTo('check');
  await page.getByRole('button', { name: `${nAtFirst + 1} TK: go to the next` }).click();
  await page.locator('main[aria-label="draft"]').waitFor();
  await until('the next one round the end is chosen', async () => (await page.evaluate(() => getSelection().toString())) === 'TK');
  await press('Shift+F2', 'Shift+F2', 'F2');
  for (let n = 0; n < 2 && !(await list.locator('[aria-current="true"]', { hasText: 'The price' }).count()); n++) await press('F2');
  await page.keyboard.type('two million');
  await until('saved', async () => (await isSaved()) && show().includes('The price, two million, was told'));
});
