// The real window puts a backup in the place of the desk, and brings what can be read out of a damaged one.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chord, holds, openRoom, openSample, press, seen, words } from './hands.mjs';
import { By, Key, openDisplay, openWindow, root, stet, temporaryFolder } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

test('a backup is put back by keys, and taken back', async (t) => {
  const { desk, driver } = await openRoom(t, display);
  await openSample(driver);
  await holds(driver, 'a backup is made by itself', async () => fs.readdirSync(`${desk}.backups`).some((name) => name.endsWith('.sqlite')));
  const before = stet(['show', 'ferry-sale', '--desk', desk]);
  await driver.findElement(By.css('.cm-content')).click();
  await press(driver, 'Quite new words. ');
  await holds(driver, 'they are saved', async () => stet(['show', 'ferry-sale', '--desk', desk]).includes('Quite new words.'));

  await chord(driver, 'h', Key.CONTROL, Key.SHIFT);
  await holds(driver, 'it says what would change', async () => /1 piece would be as before[^]*ferry-sale/.test(await words(driver, 'dialog[open]')));
  await press(driver, Key.ENTER);
  await holds(driver, 'the desk says what it is now', async () => (await words(driver, '.screen')).includes('The desk is as it was on'));
  assert.equal(stet(['show', 'ferry-sale', '--desk', desk]), before);

  await driver.findElement(By.xpath("//button[contains(., 'Undo')]")).sendKeys(Key.ENTER);
  await holds(driver, 'the new words are back', async () => stet(['show', 'ferry-sale', '--desk', desk]).includes('Quite new words.'));
});

test('each hour in which something changed a backup is made', async (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const window = await openWindow(display, folder, desk, { STET_HOUR_MS: '1500' });
  t.after(() => window.close());
  const { driver } = window;
  const backups = () => fs.readdirSync(`${desk}.backups`).filter((name) => name.endsWith('.sqlite')).map((name) => path.join(`${desk}.backups`, name));
  await openSample(driver);
  await holds(driver, 'one is made at the start', async () => backups().length === 1);
  await driver.findElement(By.css('.cm-content')).click();
  await press(driver, 'An hour later. ');
  await holds(driver, 'the next has what was typed since', async () => backups().some((backup) => stet(['show', 'ferry-sale', '--desk', backup]).includes('An hour later.')));
});

test('a damaged desk says what is whole, takes no more, and what can be read is salvaged', async (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const tides = path.join(folder, 'tides.md');
  fs.writeFileSync(tides, '---\nslug: tides\n---\nHigh water at six.\n');
  stet(['import', path.join(root, 'src-tauri/sample/ferry-sale.md'), tides, '--desk', desk]);
  // One letter of a piece is turned behind its back.
  const bytes = fs.readFileSync(desk);
  for (let at = bytes.indexOf('Ferry line up'); at >= 0; at = bytes.indexOf('Ferry line up', at)) bytes[at] = 'B'.charCodeAt(0);
  fs.writeFileSync(desk, bytes);
  const window = await openWindow(display, folder, desk);
  t.after(() => window.close());
  const { driver } = window;
  await holds(driver, 'the banner says what is whole', async () => /This desk is damaged[^]*Whole: 1 of 2 pieces[^]*Not whole: ferry-sale/.test(await words(driver, '.screen')));

  // The banner moves the list down when it comes: a click may meet another row.
  await holds(driver, 'the row that was pressed is chosen', async () => {
    await driver.findElement(By.css('tr[aria-label="tides"] td')).click();
    return (await driver.findElement(By.css('tr[aria-label="tides"]')).getAttribute('aria-selected')) === 'true';
  });
  await press(driver, Key.ENTER);
  await (await seen(driver, '.cm-content')).click();
  await press(driver, 'Typed meanwhile. ');
  await holds(driver, 'it stays in the window', async () => (await words(driver, '.cm-content')).includes('Typed meanwhile.'));
  assert.equal(stet(['show', 'tides', '--desk', desk]).trim(), 'High water at six.', 'nothing is written');

  await driver.findElement(By.xpath("//button[contains(., 'Salvage')]")).sendKeys(Key.ENTER);
  await holds(driver, 'it says what came over', async () => /2 pieces[^]*came over/.test(await words(driver, 'dialog[open]')));
  await driver.findElement(By.css('[role="listbox"]')).sendKeys(Key.ENTER);
  await holds(driver, 'the desk is whole', async () => stet(['verify', '--desk', desk]).includes('whole'));
  await holds(driver, 'and the window shows it', async () => (await words(driver, '.screen')).includes('The desk is as it was on') && !(await words(driver, '.screen')).includes('is damaged'));
  assert.match(stet(['show', 'tides-unsaved', '--desk', desk]), /Typed meanwhile\. High water|High water at six\.[^]*Typed meanwhile/, 'what was typed meanwhile is there as well');
});
