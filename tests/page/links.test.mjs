// Links and footnotes, written by key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { select } from './moments.mjs';
import { openPage, until } from './room.mjs';

test('words are linked to the address that was copied, and the address is chosen again', async (t) => {
  const { page, press, openSample, show } = await openPage(t, { context: { permissions: ['clipboard-read', 'clipboard-write'] } });
  await openSample();
  await page.evaluate(() => navigator.clipboard.writeText('https://port.example/ferry'));
  await select(page, 'harbour office');
  await press('Alt+k');
  await until('it is saved', () => show().includes('[harbour office](https://port.example/ferry)'));
  await press('ArrowLeft', 'ArrowLeft', 'Alt+k');
  await page.keyboard.type('https://port.example/boat');
  await until('it leads elsewhere', () => show().includes('[harbour office](https://port.example/boat)'));
});

test('where the clipboard is closed the address is typed, and nobody is asked', async (t) => {
  const { page, press, openSample, show } = await openPage(t);
  await openSample();
  await select(page, 'harbour office');
  await press('Alt+k');
  await page.keyboard.type('https://port.example');
  await until('it is saved', () => show().includes('[harbour office](https://port.example)'));
});

test('footnotes are put in, numbered and gone through by key, and go out as the core reads them', async (t) => {
  const { page, press, openSample, goTo, show, text } = await openPage(t);
  await openSample();
  await select(page, 'eleven years.');
  await press('Alt+n');
  await page.keyboard.type('By the accounts of the county.');
  await press('Alt+n');
  await select(page, 'Port Ellis');
  await press('Alt+n');
  await page.keyboard.type('On the mainland.');
  await until('both are there, the first one first', () => /Port Ellis\[\^1\][^]*eleven years\.\[\^2\][^]*\n\[\^1\]: On the mainland\.\n\[\^2\]: By the accounts of the county\.\n?$/.test(show()));
  await press('Alt+n');
  assert.match(await page.evaluate(() => getSelection().anchorNode.parentElement.closest('.cm-line').innerText), /^The ferry that has crossed/, 'and back to its mark');
  await goTo('export');
  await press('2');
  await until('the page is shown', async () => (await text('.preview header b')).endsWith('.html'));
  const notes = await page.locator('.sheet.page').evaluate((sheet) => [...sheet.shadowRoot.querySelectorAll('.note')].map((note) => note.textContent.trim()));
  assert.deepEqual(notes, ['1 On the mainland.', '2 By the accounts of the county.']);
});
