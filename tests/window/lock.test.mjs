// The real window, locked: no word of the desk in it, nor in any file it keeps.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chord, holds, openRoom, press, seen, words } from './hands.mjs';
import { By, Key, environment, openDisplay, openWindow, stet, temporaryFolder } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

const planted = 'quagwortzibbel';
const passphrase = 'five grey gulls at noon';

/** The files below a folder that hold the planted word. */
function found(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => fs.readFileSync(file).includes(planted));
}

async function unlock(driver, said) {
  await (await seen(driver, 'main[aria-label="locked"] input')).sendKeys(said, Key.ENTER);
}

/** Types a piece with the planted word, and gives the desk its passphrase. */
async function writeAndSet(driver) {
  await holds(driver, 'the sample is listed', async () => (await words(driver, 'main')).includes('ferry-sale'));
  await press(driver, 'n');
  await (await seen(driver, '[aria-label="Hed"]')).sendKeys(planted);
  await driver.findElement(By.css('.cm-content')).click();
  await press(driver, `The ${planted} waits.`);
  await chord(driver, 'p', Key.CONTROL, Key.SHIFT);
  const [next, again] = await driver.wait(async () => {
    const fields = await driver.findElements(By.css('dialog[open] input[type="password"]'));
    return fields.length === 2 && fields;
  }, 15000);
  await next.sendKeys(passphrase);
  await again.sendKeys(passphrase, Key.ENTER);
  await holds(driver, 'the passphrase is set', async () => (await driver.findElements(By.css('dialog[open]'))).length === 0);
}

test('a locked window shows no word, keeps none in a file, and opens with its passphrase alone', async (t) => {
  const { folder, desk, driver } = await openRoom(t, display);
  await writeAndSet(driver);
  await driver.findElement(By.css('.cm-content')).click();
  await press(driver, ' More is typed.');
  await chord(driver, 'l', Key.CONTROL, Key.SHIFT);
  await seen(driver, 'main[aria-label="locked"]');
  await holds(driver, 'the page was loaded anew', () => driver.executeScript('return performance.getEntriesByType("navigation")[0].type === "reload"'));
  await seen(driver, 'main[aria-label="locked"]');
  const all = await driver.executeScript('return document.documentElement.outerHTML + document.title');
  assert.ok(!all.includes(planted) && !all.includes('ferry-sale'), 'nothing of the desk is in the page');
  const title = spawnSync('xdotool', ['search', '--onlyvisible', '--name', '^Stet$'], { env: environment(display, folder), encoding: 'utf8' }).stdout;
  assert.notEqual(title.trim(), '', 'the title bar names no piece');
  assert.deepEqual(found(folder), [], 'no file of the desk or the window has the word');
  await chord(driver, 'k', Key.CONTROL);
  assert.equal((await driver.findElements(By.css('dialog'))).length, 0, 'there is no palette');
  const refused = await driver.executeScript('return window.__TAURI_INTERNALS__.invoke("call", { name: "list_drafts", args: { place: "desk" } }).catch(({ code }) => code)');
  assert.equal(refused, 'locked', 'the core answers nobody');

  await unlock(driver, 'five grey gulls at nine');
  await holds(driver, 'it says so', async () => (await words(driver, '[role="alert"]')).includes('not the passphrase'));
  await unlock(driver, passphrase);
  await holds(driver, 'the words are back where they were', async () => (await words(driver, '.cm-content')).includes(`The ${planted} waits. More is typed.`));

  const file = path.join(folder, 'passphrase');
  fs.writeFileSync(file, passphrase);
  stet(['lock', '--desk', desk]);
  await seen(driver, 'main[aria-label="locked"]');
  const drafts = stet(['drafts', '--desk', desk], { env: { ...process.env, STET_PASSPHRASE_FILE: file } });
  assert.ok(drafts.includes(planted), 'the companion opens it beside the locked window');
});

test('a desk with a passphrase opens locked, and is locked before the machine sleeps', async (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const file = path.join(folder, 'passphrase');
  fs.writeFileSync(file, passphrase);
  stet(['import', path.join(import.meta.dirname, '../../src-tauri/sample/ferry-sale.md'), '--desk', desk]);
  stet(['passphrase', '--desk', desk], { env: { ...process.env, STET_NEW_PASSPHRASE_FILE: file } });
  // A bus of our own stands for the system's, and what logind would say is said there.
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], { stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => bus.kill());
  const address = await new Promise((told) => bus.stdout.once('data', (data) => told(String(data).trim())));
  process.env.DBUS_SYSTEM_BUS_ADDRESS = address;
  t.after(() => delete process.env.DBUS_SYSTEM_BUS_ADDRESS);
  const window = await openWindow(display, folder, desk);
  t.after(() => window.close());
  const { driver } = window;
  await seen(driver, 'main[aria-label="locked"]');
  await unlock(driver, passphrase);
  await holds(driver, 'the piece is listed', async () => (await words(driver, 'main')).includes('ferry-sale'));
  await holds(driver, 'what was unlocked is backed up', async () => fs.readdirSync(`${desk}.backups`).some((name) => name.endsWith('.sqlite')));
  const say = (word) => spawnSync('dbus-send', [`--bus=${address}`, '--type=signal', '/org/freedesktop/login1', 'org.freedesktop.login1.Manager.PrepareForSleep', `boolean:${word}`]);
  say('false');
  await holds(driver, 'the piece is still listed', async () => (await words(driver, 'main')).includes('ferry-sale'));
  assert.equal(say('true').status, 0);
  await seen(driver, 'main[aria-label="locked"]');
});
