// Compare in the real window, by keyboard alone.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chord, goTo, holds, openRoom, openSample, press, seen, words } from './hands.mjs';
import { By, Key, openDisplay, stet } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

/** The sample on Compare in a window of its own. */
async function openCompare(t) {
  const { folder, desk, driver } = await openRoom(t, display);
  await openSample(driver);
  await goTo(driver, 4, 'compare');
  await seen(driver, '.changes .row');
  const ask = (script, ...args) => driver.executeScript(script, ...args);
  return {
    driver,
    folder,
    is: (what, ask) => holds(driver, what, ask),
    press: (...keys) => press(driver, ...keys),
    chord: (key, ...held) => chord(driver, key, ...held),
    text: (css) => words(driver, css),
    count: (css) => ask((css) => document.querySelectorAll(css).length, css),
    /** Whether a way to see the changes is the chosen one. */
    isChosen: (name) => ask((name) => [...document.querySelectorAll('[role="radio"][aria-checked="true"]')].some((one) => one.innerText.startsWith(name)), name),
    /** Whether what has the focus lies inside something. */
    isFocusIn: (css) => ask((css) => document.activeElement.closest(css) !== null, css),
    show: () => stet(['show', 'ferry-sale', '--desk', desk]),
    names: () => JSON.parse(stet(['log', 'ferry-sale', '--desk', desk, '--json'])).revisions.map(({ name }) => name),
  };
}

test('changes are walked, ordered, laid out and unfolded by key', async (t) => {
  const { press, is, text, count, isChosen, isFocusIn } = await openCompare(t);
  const rows = await count('.changes ol .row');
  await press('n');
  await is('the first is selected', async () => /1 of \d/.test(await text('.counts')) && (await count('.graf.current')) === 1);
  await press('j', 'p', 'k');
  await is('and stays the first', async () => /1 of \d/.test(await text('.counts')));
  await press('v');
  await is('the list is in the order of the text', () => isChosen('In order'));
  await press('v');
  await is('and by substance again', () => isChosen('Substance first'));
  await press('t');
  await is('two columns', async () => (await isChosen('Side by side')) && (await count('.redline.columns')) === 1);
  await press('t');
  await is('one text', async () => (await count('.redline.columns')) === 0);
  const { length } = await text('.redline');
  await press('f');
  await is('all the text', async () => (await isChosen('All the text')) && (await text('.redline')).length > length);
  await press('f');
  await is('only around changes', async () => (await text('.redline')).length === length);
  for (let n = 0; n < rows && !/Moved/.test(await text('.changes')); n++) await press('n');
  for (let n = 0; n < rows && !/^Moved/.test(await text('.changes [aria-current="true"] b')); n++) await press('n');
  await press('x');
  await is('where the graf stood', () => isFocusIn('[data-stood]'));
  await press('x');
  await is('where it stands', () => isFocusIn('.graf'));
});

test('a change, a graf and a class are taken back by key, and each taking back is taken back', async (t) => {
  const { press, chord, is, text, show, count } = await openCompare(t);
  const before = show();
  const said = { r: 'The old words are back.', g: 'The graf is as it was.', c: 'taken back.' };
  for (const key of ['r', 'g', 'c']) {
    await press('n');
    await is('one is selected', async () => (await count('.graf.current')) > 0);
    await press(key);
    await is(`${key} has changed the piece`, async () => show() !== before);
    // Taking back takes back what was said: the desk may have it before the window has.
    await is(`the window says ${said[key]}`, async () => (await text('body')).includes(said[key]));
    await chord('z', Key.CONTROL, Key.SHIFT);
    await is('it is as it was', async () => show() === before && (await count('.graf.current')) === 0);
  }
  await chord('r', Key.SHIFT);
  await is('the older text stands, without a question', async () => show() !== before && /is back/.test(await text('body')));
  await chord('z', Key.CONTROL, Key.SHIFT);
  await is('and all of it is taken back', async () => show() === before);
});

test('sides are chosen by key: since, ribbon, names, and where each sentence is from', async (t) => {
  const { driver, press, chord, is, text, count, isFocusIn, names } = await openCompare(t);
  const older = () => driver.executeScript(() => document.querySelector('[role="slider"]').getAttribute('aria-valuenow'));
  const name = () => driver.executeScript(() => document.querySelector('[role="slider"]').getAttribute('aria-valuetext'));
  await press('l');
  await is('it says what to do first', async () => /press m when you have/.test(await text('body')));
  await press('m');
  await is('it is kept as read', async () => names().some((each) => each?.startsWith('read')));
  // The desk has the name a moment before the page does.
  await is('nothing changed since', async () => {
    await press('l');
    return /Nothing changed/.test(await text('main'));
  });
  await press('s');
  await is('the name before it', async () => /^sent to legal/.test(await name()));
  await press('y');
  await is('since yesterday', async () => (await count('.changes .row')) > 0 && /^(sent to legal|pause|created)/.test(await name()));
  const at = await older();
  await press(Key.ARROW_LEFT);
  await is('one back', async () => Number(await older()) === Math.max(0, Number(at) - 1));
  await press(Key.ARROW_RIGHT);
  await is('and on', async () => (await older()) === (Number(at) === 0 ? '1' : at));
  await chord(Key.ARROW_LEFT, Key.SHIFT);
  await is('the newer side is a revision', async () => !/now/.test(await text('.ribbon .side:last-child')));
  await chord(Key.ARROW_RIGHT, Key.SHIFT);
  await is('and now again', async () => /now/.test(await text('.ribbon .side:last-child')));
  await chord('s', Key.CONTROL, Key.SHIFT);
  await seen(driver, 'dialog[open] input');
  await press('for the lawyer', Key.ENTER);
  await is('it has that name', async () => names().includes('for the lawyer'));
  await is('the dialog is gone', async () => (await count('dialog[open]')) === 0);
  await press('b');
  await seen(driver, '.blame li');
  await press('j', 'j');
  await is('sentences are walked', () => isFocusIn('.blame li'));
  await press('b');
  await is('back to the changes', async () => (await count('.blame')) === 0);
});

test('three texts are merged by key, and the result is taken back', async (t) => {
  const { driver, folder, press, chord, is, text, count, show } = await openCompare(t);
  const before = show();
  await press('w');
  await is('it asks for the other text', async () => /Two people changed one text/.test(await text('main')));
  const file = path.join(folder, 'from-legal.md');
  fs.writeFileSync(file, before.replace('We will', 'We could').replace('eleven', 'twelve'));
  await driver.findElement(By.css('input[aria-label="A file to compare with"]')).sendKeys(file);
  await is('there is a conflict', async () => /1 conflict, 1 to decide/.test(await text('.changes')));
  for (let n = 0; n < 9 && !(await count('.conflict.selected')); n++) await press('n');
  for (const [key, choice] of [['1', 'ours'], ['3', 'both'], ['4', 'base'], ['2', 'theirs']]) {
    await press(key);
    await is(`decided: ${choice}`, async () => (await text('.changes')).includes(`Conflict, decided: ${choice}`));
  }
  await press('p', 'n');
  await chord(Key.ENTER, Key.CONTROL);
  await is('the merged text is on the desk', async () => /We could/.test(show()) && /twelve/.test(show()));
  // Taking back takes back what was said: the desk may have it before the window has.
  await is('the window says so', async () => (await text('body')).includes('The merge stands on the desk.'));
  await chord('z', Key.CONTROL, Key.SHIFT);
  await is('it is taken back', async () => show() === before);
});
