// The story of an editor's day, in the real window.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chord, desktop, goTo, holds, openRoom, openSample, press, seen, words } from './hands.mjs';
import { By, Key, environment, openDisplay, openWindow, root, startPlain, stet, temporaryFolder } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

const isSaved = async (driver) => /^saved/.test(await words(driver, 'header .saved'));

test('the first start sets out the sample, and what is typed outlives kill −9', async (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  let window = await openWindow(display, folder, desk);
  t.after(() => window.close());
  await holds(window.driver, 'the sample is on the desk', async () => (await words(window.driver, 'main')).includes('ferry-sale'));

  await press(window.driver, 'n');
  await seen(window.driver, '.cm-content');
  await (await seen(window.driver, '[aria-label="Hed"]')).sendKeys('Pier to reopen');
  await window.driver.findElement(By.css('.cm-content')).click();
  await press(window.driver, 'The pier reopens on Friday, the harbour office said.');
  await holds(window.driver, 'the page says saved', () => isSaved(window.driver));
  await press(window.driver, ' One sentence more.');
  await holds(window.driver, 'the page says saved again', () => isSaved(window.driver));
  await window.kill();

  const drafts = JSON.parse(stet(['drafts', '--desk', desk, '--json'])).drafts;
  const piece = drafts.find((draft) => draft.hed === 'Pier to reopen');
  assert.ok(piece, 'the piece typed before the kill must be on the desk');
  const body = stet(['show', piece.slug, '--desk', desk]);
  assert.equal(body.trim(), 'The pier reopens on Friday, the harbour office said. One sentence more.', 'what was shown as saved must be there');

  window = await openWindow(display, folder, desk);
  await holds(window.driver, 'it says what it brought back', async () => (await words(window.driver, '.screen')).includes('Stet was not closed in order'));
  await goTo(window.driver, 1, 'desk');
  await holds(window.driver, 'the piece is listed after reopening', async () => (await words(window.driver, 'main')).includes('Pier to reopen'));
});

test('a quote is checked, put right by key, and a cq goes stale and comes back', async (t) => {
  const { driver } = await openRoom(t, display);
  await openSample(driver);
  await goTo(driver, 3, 'check');
  await holds(driver, 'the queue begins with what is wrong', async () => /altered|spliced|other speaker/.test(await words(driver, 'aside[aria-label="Quotes, worst first"]')));

  const wrongNow = async () => Number((await words(driver, 'main')).match(/(\d+) wrong/)?.[1] ?? 0);
  const nWrong = await wrongNow();
  for (let n = 0; n < 20 && !(await driver.findElements(By.xpath("//button[contains(., 'words in')]"))).length; n++) await press(driver, 'j');
  await press(driver, 'w');
  await holds(driver, 'one quote fewer is wrong', async () => (await wrongNow()) === nWrong - 1);

  await press(driver, 'c');
  await (await seen(driver, 'dialog[open] textarea, dialog[open] input')).sendKeys('heard it on the tape');
  const by = await driver.findElements(By.css('dialog[open] input'));
  await by.at(-1).clear();
  await by.at(-1).sendKeys('SB', Key.ENTER);
  await holds(driver, 'a cq is shown', async () => /cq SB/.test(await words(driver, 'main')));
});

test('two revisions are compared by key and one change is taken back', async (t) => {
  const { desk, driver } = await openRoom(t, display);
  await openSample(driver);
  const before = stet(['show', 'ferry-sale', '--desk', desk]);
  await goTo(driver, 4, 'compare');
  const count = async () => (await words(driver, 'main')).match(/[1-9]\d* of substance/)?.[0];
  await holds(driver, 'a change of substance is listed', count);
  const counted = await count();
  const ribbon = await seen(driver, '[role="slider"]');
  await ribbon.sendKeys(Key.HOME);
  await holds(driver, 'the first revision is compared', async () => (await count()) && (await count()) !== counted);
  await chord(driver, Key.ESCAPE);
  await press(driver, 'n');
  await seen(driver, '.graf.current');
  await press(driver, 'r');
  await holds(driver, 'the piece on the desk has changed', async () => stet(['show', 'ferry-sale', '--desk', desk]) !== before);
  const causes = JSON.parse(stet(['log', 'ferry-sale', '--desk', desk, '--json'])).revisions.length;
  assert.ok(causes >= 4, 'taking back makes revisions, so that it can be undone');
});

test('the gate names its reasons, and only a reason given lets the piece out', async (t) => {
  const { folder, driver } = await openRoom(t, display);
  await openSample(driver);
  await goTo(driver, 6, 'export');
  await holds(driver, 'the gate holds it back', async () => /holds? it back/.test(await words(driver, 'aside[aria-label="The gate"]')));
  const file = path.join(folder, 'out.md');
  const field = async (label) => driver.findElement(By.xpath(`//label[contains(., '${label}')]//input | //label[contains(., '${label}')]//textarea | //input[@id=//label[contains(., '${label}')]/@for] | //textarea[@id=//label[contains(., '${label}')]/@for]`));
  await (await field('Written to')).clear();
  await (await field('Written to')).sendKeys(file);
  await chord(driver, Key.ENTER, Key.CONTROL);
  await holds(driver, 'it asks why', async () => /Say why/.test(await words(driver, 'aside[aria-label="The gate"]')));
  assert.ok(!fs.existsSync(file), 'nothing goes out without a reason');
  await (await field('Let it pass because')).sendKeys('legal cleared it');
  await (await field('Who sends it out')).clear();
  await (await field('Who sends it out')).sendKeys('SB');
  await chord(driver, Key.ENTER, Key.CONTROL);
  const { takePlace } = desktop(display, folder);
  await takePlace();
  await holds(driver, 'it is written', async () => fs.existsSync(file));
  const written = fs.readFileSync(file, 'utf8');
  assert.match(written, /Ferry/, 'the piece is in the file');
  await holds(driver, 'the pass is recorded', async () => /legal cleared it/.test(await words(driver, 'aside[aria-label="The gate"]')));
  // A place that was chosen once is not asked for again; what is there is.
  await (await field('Let it pass because')).sendKeys('once more');
  await chord(driver, Key.ENTER, Key.CONTROL);
  await holds(driver, 'it asks about the file that is there', async () => /Replace the file/.test(await words(driver, 'dialog[open]')));
});

test('the same desk opened twice brings the first window to the front', async (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const window = await openWindow(display, folder, desk);
  t.after(() => window.close());
  const { xdotool, came, isShown } = desktop(display, folder);
  const other = startPlain(display, folder, path.join(folder, 'other.sqlite'));
  await came('another window is shown', () => isShown(other));
  const [before] = xdotool('search', '--onlyvisible', '--pid', String(other.pid)).split('\n');
  const focused = () => Number(xdotool('getwindowfocus', 'getwindowpid'));
  await came('the other has the keys', () => xdotool('windowraise', before, 'windowfocus', before) === '' && focused() === other.pid);
  const second = spawnSync(path.join(root, 'target/debug/stet-desk'), ['--desk', desk], { env: environment(display, folder), encoding: 'utf8', timeout: 20000 });
  assert.equal(second.status, 0, second.stderr);
  assert.match(second.stderr, /open already/, 'the second start says what it did');
  assert.equal(window.pids().length, 1, 'one window a desk');
  await came('the first window has the keys', () => focused() === window.pids()[0]);
});

test('a file dropped on the desk becomes a piece', async (t) => {
  const { desk, driver } = await openRoom(t, display);
  await holds(driver, 'the desk is listed', async () => (await words(driver, 'main')).includes('ferry-sale'));
  await driver.executeScript(() => {
    const files = new DataTransfer();
    files.items.add(new File(['# Tides for May\n\nHigh water at six.\n'], 'tides.md', { type: 'text/markdown' }));
    const on = document.querySelector('.drop');
    for (const name of ['dragenter', 'dragover', 'drop']) {
      on.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: files }));
    }
  });
  await holds(driver, 'it is listed', async () => (await words(driver, 'main')).includes('Tides for May'));
  assert.equal(stet(['show', 'tides', '--desk', desk]).trim(), 'High water at six.');
});

/** An entry of the system's list of recent files. */
const entry = (name, program) => `<bookmark href="file:///tmp/${name}" added="2026-11-20T09:00:00Z" modified="2026-11-20T09:00:00Z" visited="2026-11-20T09:00:00Z"><info><metadata owner="http://freedesktop.org"><mime:mime-type type="text/markdown"/><bookmark:applications><bookmark:application name="${program}" exec="&apos;${program} %u&apos;" modified="2026-11-20T09:00:00Z" count="1"/></bookmark:applications></metadata></info></bookmark>`;

test('import asks in the dialog of the system, and no list of recent files says what was chosen', async (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const recent = path.join(folder, 'data/recently-used.xbel');
  fs.mkdirSync(path.dirname(recent));
  fs.writeFileSync(recent, `<?xml version="1.0" encoding="UTF-8"?>\n<xbel version="1.0" xmlns:bookmark="http://www.freedesktop.org/standards/desktop-bookmarks" xmlns:mime="http://www.freedesktop.org/standards/shared-mime-info">${entry('earlier.md', 'stet-desk')}${entry('theirs.md', 'another')}</xbel>\n`);
  const chosen = path.join(folder, 'call-with-quavolirex.md');
  fs.writeFileSync(chosen, '# Tides for May\n\nHigh water at six.\n');
  const child = startPlain(display, folder, desk);
  const { isShown, xdotool, came, windowNamed, chooseFile } = desktop(display, folder);
  await came('the window is shown', () => isShown(child));
  await came('the desk is set out', () => fs.existsSync(desk) && stet(['drafts', '--desk', desk]).includes('ferry-sale'));
  const main = xdotool('search', '--onlyvisible', '--pid', String(child.pid)).split('\n')[0];
  let nAsked = 0;
  await came('the dialog opens', () => {
    // A page that is not there yet hears nothing; a second dialog would hold the first.
    if (nAsked++ % 20 === 0) xdotool('windowfocus', main, 'key', 'i');
    return windowNamed('Select Files') !== '';
  });
  const listed = () => fs.readFileSync(recent, 'utf8');
  await came('what an earlier run left in the list is gone', () => !listed().includes('earlier.md'));
  const before_ms = fs.statSync(recent).mtimeMs;
  await chooseFile('Select Files', chosen);
  await came('the file is imported', () => stet(['drafts', '--desk', desk]).includes('Tides for May'));
  // GTK notes what was chosen a moment after its dialog has closed.
  await came('the list was written and does not have it', () => fs.statSync(recent).mtimeMs > before_ms && !listed().includes('quavolirex'));
  assert.ok(listed().includes('theirs.md'), 'what other programs noted stays');
});

test('a killed window leaves nothing that answers in its place', async (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const knock = () => spawnSync(path.join(root, 'target/debug/stet-desk'), ['--desk', desk], { env: environment(display, folder), encoding: 'utf8', timeout: 20000 });
  const { came, isShown } = desktop(display, folder);
  const killed = startPlain(display, folder, desk);
  await came('the first window is shown', () => isShown(killed));
  assert.match(knock().stderr, /open already/);
  killed.kill('SIGKILL');
  await came('it is gone', () => killed.signalCode === 'SIGKILL');
  assert.deepEqual(fs.readdirSync(path.join(folder, 'run')), [], 'no socket is left behind');

  const next = startPlain(display, folder, desk);
  await came('the next one opens the desk', () => isShown(next));
  const second = knock();
  assert.equal(second.status, 0);
  assert.match(second.stderr, /open already/, 'and answers at a door of its own');
});

test('what is chosen in the menu is done', async (t) => {
  const folder = temporaryFolder(t);
  const window = await openWindow(display, folder, path.join(folder, 'desk.sqlite'));
  t.after(() => window.close());
  await holds(window.driver, 'the page has come', async () => (await words(window.driver, 'main')).includes('ferry-sale'));
  const { xdotool } = desktop(display, folder);
  const shown = window.pids().map((pid) => xdotool('search', '--onlyvisible', '--pid', String(pid)).split('\n')[0]).find((id) => id !== '');
  xdotool('windowfocus', shown, 'key', '--delay', '120', 'F10', 'Down', 'Return');
  await seen(window.driver, '[aria-label="Hed"]');
});

test('the menu closes the window, from the keyboard too', async (t) => {
  const folder = temporaryFolder(t);
  const { xdotool, came, isShown } = desktop(display, folder);
  const child = startPlain(display, folder, path.join(folder, 'desk.sqlite'));
  await came('the window is shown', () => isShown(child));
  const [window] = xdotool('search', '--onlyvisible', '--pid', String(child.pid)).split('\n');
  await came('the last item of the first menu closes it', async () => {
    // What is pressed before the page has come is lost.
    xdotool('windowfocus', window, 'key', '--delay', '120', 'F10', 'Up', 'Return');
    await new Promise((done) => setTimeout(done, 500));
    return child.exitCode !== null;
  });
  assert.equal(child.exitCode, 0);
});

test('with no display it says so, and what to do', (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const { status, stderr } = spawnSync(path.join(root, 'target/debug/stet-desk'), ['--desk', desk], { env: environment({ name: ':9199' }, folder), encoding: 'utf8', timeout: 20000 });
  assert.equal(status, 2);
  assert.match(stderr, /^stet-desk: no display answers, so the window cannot open\..*`stet` does the same work/m);
  assert.ok(!fs.existsSync(desk), 'no desk is begun');
});

test('the title names the open piece', async (t) => {
  const folder = temporaryFolder(t);
  const window = await openWindow(display, folder, path.join(folder, 'desk.sqlite'));
  t.after(() => window.close());
  await openSample(window.driver);
  await holds(window.driver, 'the title says ferry-sale', async () => (await window.driver.getTitle()).includes('ferry-sale'));
});

test('a damaged desk is refused with the way out, and left as it is', async (t) => {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  const junk = Buffer.alloc(40960, 'not a desk ');
  fs.writeFileSync(desk, junk);
  const window = await openWindow(display, folder, desk);
  t.after(() => window.close());
  await holds(window.driver, 'the window says why', async () => /desk/i.test(await words(window.driver, 'body')) && /salvage|another|damaged|not a/i.test(await words(window.driver, 'body')));
  assert.deepEqual(fs.readFileSync(desk), junk, 'a file that is no desk is left untouched');
});
