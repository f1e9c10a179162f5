// The window closed and opened again: the piece, its panel, the caret and what was in sight.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chord, holds, openSample, press, seen, words } from './hands.mjs';
import { By, Key, openDisplay, openWindow, stet, temporaryFolder } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

const scrolled = (driver) => driver.executeScript(() => document.querySelector('.draft > .page')?.scrollTop ?? -1);
const tab = (driver) => words(driver, '[role="tab"][aria-selected="true"]');

test('a window that is opened again shows the piece where it was left', async (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const first = await openWindow(display, folder, desk);
  t.after(() => first.close());
  await openSample(first.driver);
  await chord(first.driver, '3', Key.ALT);
  await holds(first.driver, 'the outline is shown', async () => (await tab(first.driver)) === 'Outline');
  await first.driver.findElement(By.css('.cm-content')).click();
  await chord(first.driver, Key.HOME, Key.CONTROL);
  await press(first.driver, Key.ARROW_RIGHT, Key.ARROW_RIGHT);
  await first.driver.executeScript(() => (document.querySelector('.draft > .page').scrollTop = 120));
  await holds(first.driver, 'where the editor is was kept', () => first.driver.executeScript(() => /"draft\\",\\"outline\\",\d+,\d+,.*\[\d+,2,2,/.test(localStorage.getItem('stet-whereabouts'))));
  const top = await scrolled(first.driver);
  assert.ok(top > 0, 'the sample is longer than the window is high');
  // What a page keeps comes onto the disk a moment later.
  await new Promise((done) => setTimeout(done, 2000));
  await first.close();

  const next = await openWindow(display, folder, desk);
  t.after(() => next.close());
  await seen(next.driver, 'main[aria-label="draft"] .cm-content');
  await holds(next.driver, 'the same lines are in sight', async () => Math.abs((await scrolled(next.driver)) - top) < 8);
  assert.equal(await tab(next.driver), 'Outline');
  const before = stet(['show', 'ferry-sale', '--desk', desk]);
  await press(next.driver, Key.ENTER);
  await press(next.driver, '!');
  await holds(next.driver, 'what is typed comes in at the caret', async () => stet(['show', 'ferry-sale', '--desk', desk]) === `${before.slice(0, 2)}!${before.slice(2)}`);
});
