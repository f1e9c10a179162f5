// The whole window larger and smaller by key, kept for the next one; at twice its size nothing is lost.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chord, goTo, holds, openSample, seen, words } from './hands.mjs';
import { Key, openDisplay, openWindow, temporaryFolder } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

/** How wide the window is for the page: half as wide at twice the size. */
const width = (driver) => driver.executeScript(() => innerWidth);
/** What runs over the window to the right. */
const lost = (driver) => driver.executeScript(() => document.documentElement.scrollWidth - innerWidth);

test('all of the window grows to twice its size, is found so again, and goes back', async (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const first = await openWindow(display, folder, desk);
  t.after(() => first.close());
  await openSample(first.driver);
  const usual = await width(first.driver);
  for (let n = 0; n < 7; n++) await chord(first.driver, '=', Key.CONTROL);
  await holds(first.driver, 'it is twice as large', async () => Math.abs((await width(first.driver)) - usual / 2) < 2);
  for (const [at, name] of ['desk', 'draft', 'check', 'compare', 'sources', 'export'].entries()) {
    await goTo(first.driver, at + 1, name);
    assert.ok((await lost(first.driver)) <= 0, `${name} runs over the window`);
  }
  // What a page keeps comes onto the disk a moment later.
  await new Promise((done) => setTimeout(done, 2000));
  await first.close();

  const { driver, close } = await openWindow(display, folder, desk);
  t.after(close);
  await seen(driver, 'main');
  await holds(driver, 'the next window is as large', async () => Math.abs((await width(driver)) - usual / 2) < 2);
  await chord(driver, ',', Key.CONTROL);
  await holds(driver, 'Settings says so', () => driver.executeScript(() => [...document.querySelectorAll('dialog[open] select')].some((box) => box.value === '200')));
  await chord(driver, Key.ESCAPE);
  await chord(driver, '0', Key.CONTROL);
  await holds(driver, 'it is as it came', async () => (await width(driver)) === usual);
  for (let n = 0; n < 6; n++) await chord(driver, '-', Key.CONTROL);
  await holds(driver, 'it stops at half its size', async () => Math.abs((await width(driver)) - usual * 2) < 4);
  assert.ok((await words(driver, 'body')).length > 0);
});
