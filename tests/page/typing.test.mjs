// Typing in the draft: quotes and dashes as print has them, grafs and sentences moved by key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';
import { stet } from './twin.mjs';

test('quotes and dashes are set as one types, and one undo gives what was typed', async (t) => {
  const { page, press, openSample, deskPath } = await openPage(t);
  const show = () => stet('show', 'ferry-sale', '--desk', deskPath);
  await openSample();
  await page.locator('.cm-content').focus();
  await press('Control+Home');
  await page.keyboard.type(`"It's off--or on," she said. `);
  await until('it is set', () => show().includes('“It’s off–or on,” she said. The ferry'));
  await page.keyboard.type('"');
  await press('Control+z');
  await until('undone it is as typed', () => show().includes('she said. "The ferry'));
});

test('grafs and sentences move by key, and the caret goes along', async (t) => {
  const { page, press, openSample, deskPath } = await openPage(t);
  const show = () => stet('show', 'ferry-sale', '--desk', deskPath);
  await openSample();
  const [first, second] = show().split('\n\n');
  await page.locator('.cm-content').focus();
  await press('Control+Home');
  await press('Alt+ArrowDown');
  await until('the first graf is the second', () => show().startsWith(`${second}\n\n${first}\n\n`));
  await page.keyboard.type('Then ');
  await until('the caret went along', () => show().includes(`\n\nThen ${first}`));
  await press('Control+Home');
  await press('Alt+ArrowRight');
  await press('Alt+Shift+ArrowLeft');
  assert.ok(second.startsWith('“We will sell it by the spring,”'));
  await until('its second sentence is its first', () => show().startsWith('The county will decide in March, she said.'));
});
