// The recording of a note in the real window, by the system's own player.
import { after, before, test } from 'node:test';
import { recordingIn } from '../page/moments.mjs';
import { chord, desktop, goTo, holds, openRoom, press, seen, words } from './hands.mjs';
import { By, Key, openDisplay } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

test('a recording is attached by key and played from its timecode', async (t) => {
  const { folder, driver } = await openRoom(t, display);
  await goTo(driver, 5, 'sources');
  await seen(driver, 'article[aria-label="Note"] [data-at]');
  await press(driver, 'a');
  await seen(driver, 'dialog[open] input');
  const file = recordingIn(folder, 900);
  await press(driver, file, Key.ENTER);
  const { chooseFile } = desktop(display, folder);
  await chooseFile('Attach a recording', file);
  await seen(driver, '.recording');
  await driver.findElement(By.css('[data-note] p:nth-of-type(3)')).click();
  await press(driver, 'l');
  await seen(driver, '.player');
  const bar = () => words(driver, '.player');
  await holds(driver, 'it plays from where the caret is', async () => /00:03:4\d/.test(await bar()));
  const code = await driver.executeScript(() => document.querySelector('[data-note] [aria-current]').innerText.slice(1, 9));
  await holds(driver, 'the time runs on from the timecode', async () => (await bar()).includes(code.slice(0, 6)));
  await chord(driver, 'm', Key.ALT);
  await seen(driver, '.player button[aria-label="Go on"]');
});
