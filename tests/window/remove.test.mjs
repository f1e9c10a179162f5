// Removing for good in the real window, by the menu: nothing goes before the slug is typed, and then it is in no file.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chord, goTo, holds, openRoom, openSample, press, seen, words } from './hands.mjs';
import { By, Key, openDisplay, stet } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

const planted = 'quagwortzibbel';

/** The files below a folder that hold the planted word, those WebKit and the system keep too. */
function found(folder) {
  const all = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return all.map(({ parentPath, name }) => path.join(parentPath, name)).filter((file) => fs.readFileSync(file).includes(planted));
}

/** What the menu does when it is chosen: WebDriver reaches no menu bar. */
const choose = (driver, told) => driver.executeScript('window.dispatchEvent(new CustomEvent("stet-menu", { detail: arguments[0] }))', told);

test('a piece goes for good by the menu, out of every file the window keeps', async (t) => {
  const { folder, desk, driver } = await openRoom(t, display);
  await openSample(driver);
  await driver.findElement(By.css('.cm-content')).click();
  await chord(driver, Key.END, Key.CONTROL);
  await press(driver, ` The ${planted} waits.`);
  await holds(driver, 'it is on the disk', async () => stet(['show', 'ferry-sale', '--desk', desk]).includes(planted));
  const backups = () => fs.readdirSync(`${desk}.backups`).filter((name) => name.endsWith('.sqlite'));
  await holds(driver, 'there is a backup', async () => backups().length > 0);
  stet(['backup', path.join(`${desk}.backups`, backups()[0].replace(/\d\d\d\dZ/, '0001Z')), '--desk', desk]);
  assert.notDeepEqual(found(folder), [], 'before, the word is in files');

  await choose(driver, 'all Shift+Delete');
  const box = 'dialog[open] form';
  await seen(driver, box);
  await holds(driver, 'it says what goes', async () => /revision/.test(await words(driver, 'dialog[open]')));
  await press(driver, 'ferry-sal', Key.ENTER);
  assert.ok(stet(['drafts', '--desk', desk]).includes('ferry-sale'), 'not before the whole slug stands there');
  await press(driver, 'e', Key.ENTER);
  await holds(driver, 'it says where copies may be left', async () => /snapshots of the file system/.test(await words(driver, 'dialog[open]')));
  await press(driver, Key.ENTER);
  await holds(driver, 'the dialog is gone', async () => (await driver.findElements(By.css('dialog[open]'))).length === 0);
  assert.ok(!stet(['drafts', '--desk', desk]).includes('ferry-sale'), 'the desk has it no more');
  assert.deepEqual(found(folder), [], 'nor has any file of the desk, its backups or the window');
  await goTo(driver, 1, 'desk');
  assert.ok(!(await words(driver, 'main')).includes('ferry-sale'), 'nor the list');
});
