// A Word file of another program comes in, goes out with its changes tracked, comes back changed, and is merged.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chord, desktop, goTo, holds, openRoom, press, seen, words } from './hands.mjs';
import { By, Key, openDisplay, root, stet } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

test('a Word file of LibreOffice comes in, goes out tracked, comes back and is merged', async (t) => {
  const { folder, desk, driver } = await openRoom(t, display);
  const is = (what, ask) => holds(driver, what, async () => ask());
  const give = async (label, file) => (await seen(driver, `input[type="file"][aria-label="${label}"]`)).sendKeys(file);
  const show = () => stet(['show', 'filed', '--desk', desk]);
  const isOpen = (title) => async () => (await words(driver, 'dialog[open]')).includes(title);
  await goTo(driver, 1, 'desk');
  await is('the sample is listed', async () => (await words(driver, 'main')).includes('ferry-sale'));

  await give('Drop pieces here to import them', path.join(root, 'tests/window/filed.docx'));
  await is('it says what is lost before it takes it', isOpen('Page headers and footers'));
  const head = await driver.executeScript(() => [...document.querySelectorAll('dialog[open] input')].map(({ value }) => value));
  for (const part of ['The lock at Narrow Water', 'Tove Lund', 'CALDER']) assert.ok(head.includes(part), `${part} in ${head}`);
  await press(driver, Key.ENTER);
  await is('its words are on the desk', () => show().includes('“We may open it by the spring,” said Ines Eze, the harbour master.'));
  assert.match(show(), /## What is asked\n\n- Who holds the key\n- Who pays for the gate\n\nEleven boats lie above the lock.\[\^1\]/);

  // The words are on the desk a moment before the dialog is gone, and it has the keys till then.
  await is('the look at the file is over', async () => (await driver.findElements(By.css('dialog[open]'))).length === 0);
  await chord(driver, 'k', Key.CONTROL);
  await is('the palette is open', isOpen(''));
  await press(driver, 'filed');
  await is('it has the piece', isOpen('filed'));
  await press(driver, Key.ENTER);
  const type = async (line) => {
    await (await seen(driver, '.cm-content')).click();
    await chord(driver, Key.END, Key.CONTROL);
    await press(driver, Key.ENTER, Key.ENTER, line);
    await is('it is kept', () => show().includes(line));
  };
  await type('The county had no comment.');

  await goTo(driver, 4, 'compare');
  await seen(driver, '.changes .row');
  await press(driver, 'd');
  await is('it asks where to', isOpen('Send the changes out'));
  const sent = path.join(folder, 'for-legal.docx');
  const offered = () => driver.executeScript(() => document.activeElement.value ?? '');
  await is('a place is offered', async () => (await offered()).endsWith('-changes.docx'));
  await chord(driver, 'a', Key.CONTROL);
  await press(driver, sent, Key.ENTER);
  await desktop(display, folder).takePlace();
  await is('it is written', () => fs.existsSync(sent));
  assert.match(stet(['import', sent, '--look']), /The lock at Narrow Water/);

  const changed = path.join(folder, 'changed.md');
  const back = path.join(folder, 'for-legal-back.docx');
  fs.writeFileSync(changed, show().replace('by the spring,”', 'by the summer,”').replace('Eleven boats', 'Twelve boats'));
  stet(['diff', 'filed', changed, '--docx', back, '--author', 'Ada Roe', '--desk', desk]);
  await goTo(driver, 2, 'draft');
  await type('Nobody answered at the lock.');
  await goTo(driver, 4, 'compare');
  await give('A file that came back', back);
  await is('it says whose changes came back', isOpen('Tracked, by Ada Roe.'));
  await press(driver, Key.ENTER);
  await seen(driver, 'aside[aria-label="Suggestions"] ol .row');
  await press(driver, 'A');
  await is('both are merged', () => ['by the summer,”', 'Twelve boats', 'had no comment.', 'Nobody answered'].every((words) => show().includes(words)));
});
