// What the window tests share: to press keys as an editor does, and to see what stands on the screen.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { By, Key, environment, openWindow, temporaryFolder, until } from './window.mjs';

/** What comes at all may come late where the machine has other work, ms. */
const patience = 40000;
/** The first element a selector fits, once there is one. */
export const seen = (driver, css) => driver.wait(until.elementLocated(By.css(css)), patience, `nothing fits ${css}`);

/** Waits until something holds, asking again; fails with what was awaited and what stood in the window instead. */
export async function holds(driver, what, ask) {
  try {
    await driver.wait(async () => Boolean(await ask().catch(() => false)), patience, `never came true: ${what}`, 50);
  } catch (cause) {
    throw new Error(`${cause.message}\nThe window has:\n${await words(driver, 'body')}`, { cause });
  }
}

/** The windows of the display as the one at the keyboard has them; WebDriver reaches no dialog of the system. */
export function desktop(display, folder) {
  const xdotool = (...args) => spawnSync('xdotool', args, { env: environment(display, folder), encoding: 'utf8' }).stdout.trim();
  const desktop = {
    xdotool,
    isShown: ({ pid }) => xdotool('search', '--onlyvisible', '--pid', String(pid)) !== '',
    windowNamed: (title) => xdotool('search', '--onlyvisible', '--name', `^(${title})$`).split('\n')[0],
    async came(what, ask) {
      for (let tries = 0; tries < 300; tries++) {
        if (await ask()) return;
        await new Promise((done) => setTimeout(done, 150));
      }
      throw new Error(`never came true: ${what}`);
    },
    /** Types the path of a file into a dialog. */
    async chooseFile(title, file) {
      await desktop.came(`the dialog “${title}” opens`, () => desktop.windowNamed(title));
      await desktop.came('the file is chosen', async () => {
        const dialog = desktop.windowNamed(title);
        if (!dialog) return true;
        // The first letter opens a field for the path, which may miss the second.
        xdotool('windowfocus', dialog, 'key', 'slash', 'sleep', '0.3', 'key', 'ctrl+a', 'type', '--delay', '15', file);
        xdotool('key', 'Return');
        // It takes a while to close: what is typed again meanwhile would go to the window.
        for (let n = 0; n < 20 && desktop.windowNamed(title); n++) await new Promise((done) => setTimeout(done, 150));
        return false;
      });
    },
    /** Takes the place that the dialog offers. */
    async takePlace() {
      await desktop.came('it is asked where to write', () => desktop.windowNamed('Export to'));
      let nAsked = 0;
      await desktop.came('the place is taken', () => {
        const dialog = desktop.windowNamed('Export to');
        // What is pressed before the dialog has read its folder is lost.
        if (dialog && nAsked++ % 20 === 0) xdotool('windowfocus', dialog, 'key', 'Return');
        return !dialog;
      });
    },
  };
  return desktop;
}

/** Presses keys one after the other, or types words. */
export async function press(driver, ...keys) {
  await driver.actions().sendKeys(...keys).perform();
}

/** Presses a key while others are held. */
export async function chord(driver, key, ...held) {
  const actions = driver.actions();
  for (const each of held) actions.keyDown(each);
  actions.sendKeys(key);
  for (const each of held.reverse()) actions.keyUp(each);
  await actions.perform();
}

/** Goes to a screen by its key. */
export async function goTo(driver, number, name) {
  await chord(driver, String(number), Key.CONTROL);
  await seen(driver, `main[aria-label="${name}"]`);
}

/** A window of its own for a test, on a new desk; gone with the test. */
export async function openRoom(t, display) {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const window = await openWindow(display, folder, desk);
  t.after(() => window.close());
  return { folder, desk, driver: window.driver };
}

/** Opens the sample piece on Draft. */
export async function openSample(driver) {
  await goTo(driver, 1, 'desk');
  await holds(driver, 'the sample is listed', async () => (await words(driver, 'main')).includes('ferry-sale'));
  await press(driver, Key.ENTER);
  await seen(driver, '.cm-content');
}

/** What stands in an element as it is set on the screen: WebDriver's own getText leaves out what lies in a list that scrolls. */
export const words = (driver, css) => driver.executeScript((css) => document.querySelector(css).innerText, css);
