// The real window with real keys: what is composed is shown where it is typed, committed once and kept once.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { chord, holds, openRoom, openSample, press, words } from './hands.mjs';
import { By, Key, environment, openDisplay, stet } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

/** Opens the sample under an input method of GTK’s own, its caret behind all; keys come from the display. */
async function openUnder(t, module) {
  process.env.GTK_IM_MODULE = module;
  const room = await openRoom(t, display);
  await openSample(room.driver);
  await room.driver.findElement(By.css('.cm-content')).click();
  await chord(room.driver, Key.END, Key.CONTROL);
  await press(room.driver, ' ');
  await room.driver.executeScript(() => {
    window.composed = [];
    for (const kind of ['compositionstart', 'compositionupdate', 'compositionend'])
      addEventListener(kind, ({ data }) => window.composed.push(`${kind.slice(11)} ${data}`), true);
  });
  const xdotool = (...args) => spawnSync('xdotool', args, { env: environment(display, room.folder), encoding: 'utf8' });
  const shown = xdotool('search', '--onlyvisible', '--name', '· Stet$').stdout.trim().split('\n').pop();
  xdotool('windowfocus', shown);
  return {
    ...room,
    /** Presses keys of the keyboard, by their names. */
    type: (...keys) => xdotool('key', '--delay', '120', ...keys),
    composed: () => room.driver.executeScript(() => window.composed),
    body: () => words(room.driver, '.cm-content'),
    kept: () => stet(['show', 'ferry-sale', '--desk', room.desk]).trimEnd(),
  };
}

test('a dead key is shown while it waits, and its letter is kept once', async (t) => {
  const { driver, type, composed, body, kept } = await openUnder(t, 'gtk-im-context-simple');
  type('c', 'a', 'f', 'dead_acute');
  await holds(driver, 'the accent is shown where the letter will stand', async () => /caf[´']$/.test((await body()).trimEnd()));
  type('e');
  await holds(driver, 'the letter is kept', async () => kept().endsWith(' café'));
  assert.match((await composed()).join(', '), /^start .*update [´'].*end/, 'it was composed');
  type('space', 'dead_acute', 'space', 'x');
  await holds(driver, 'a mark that was composed is curly, and typing goes on', async () => kept().endsWith(' café ‘x'));
});

test('an input method shows what it composes, and what it commits is kept once', async (t) => {
  const { driver, type, composed, body, kept } = await openUnder(t, 'viqr');
  type('V', 'i', 'e');
  await holds(driver, 'the letter on its way is shown', async () => (await body()).trimEnd().endsWith('Vie'));
  type('asciicircum', 'period', 't');
  await holds(driver, 'what was committed is kept', async () => kept().endsWith(' Việt'));
  assert.ok((await composed()).some((line) => line.startsWith('update')), 'it was composed');
  assert.equal(kept().split('Việt').length, 2, 'once');
});
