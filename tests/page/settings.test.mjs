// The settings, by keyboard alone: what is changed holds at once, and in the next window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';

/** Tab until the focus is on what has this name. */
async function tabTo(page, name) {
  const isThere = () => page.evaluate((asked) => [document.activeElement?.getAttribute('aria-label'), document.activeElement?.textContent?.trim(), ...[...(document.activeElement?.labels ?? [])].map((label) => label.textContent?.trim())].some((words) => words?.startsWith(asked)), name);
  for (let n = 0; n < 30; n++) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never leads to ${name}`);
}
const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('the window looks as was chosen, at once, over what the system asks, and in the next window', async (t) => {
  const { page, press, context, url, openSample } = await openPage(t, { context: { colorScheme: 'dark' } });
  await openSample();
  assert.equal(await ground(page), 'rgb(25, 24, 22)', 'dark, as the system asks');
  await page.emulateMedia({ colorScheme: 'light' });
  await until('it follows the system', async () => (await ground(page)) === 'rgb(252, 251, 248)');
  const before = await page.locator('.cm-content').evaluate((body) => [getComputedStyle(body).fontSize, body.getBoundingClientRect().width]);
  await press('Control+,');
  await page.getByRole('tab', { name: 'How it looks' }).and(page.locator(':focus')).waitFor();
  await tabTo(page, 'System');
  await press('ArrowRight', 'ArrowRight');
  assert.equal(await ground(page), 'rgb(25, 24, 22)', 'dark, as was chosen');
  await press('ArrowRight', 'ArrowRight');
  assert.equal(await ground(page), 'rgb(0, 0, 0)', 'high contrast');
  await tabTo(page, 'Serif');
  await press('ArrowRight', 'Tab', 'ArrowLeft', 'Tab', 'ArrowLeft', 'Escape');
  const look = () => page.locator('.cm-content').evaluate((body) => [getComputedStyle(body).fontSize, getComputedStyle(body).fontFamily.split(' ')[0], body.getBoundingClientRect().width]);
  const [size, type, width] = await look();
  assert.deepEqual([before[0], size, type], ['18px', '16px', '"Inter']);
  assert.ok(width < before[1] - 100, `shorter lines: ${width} px after ${before[1]}`);

  const next = await context.newPage();
  await next.goto(new URL('/', url).href);
  await next.locator('main').first().waitFor();
  assert.equal(await ground(next), 'rgb(0, 0, 0)', 'the next window has it');
  await next.emulateMedia({ colorScheme: 'light' });
  assert.equal(await ground(next), 'rgb(0, 0, 0)', 'whatever the system asks');
});

test('what belongs to the desk is found here and kept by it, without a mouse', async (t) => {
  const { page, press, openSample, folder } = await openPage(t);
  await openSample();
  await press('Control+k');
  await page.keyboard.type('settings');
  await press('Enter');
  await page.getByRole('tab', { name: 'How it looks' }).and(page.locator(':focus')).waitFor();
  await press('ArrowRight');
  await tabTo(page, 'Initials or name');
  await page.keyboard.type('Ada');
  await tabTo(page, 'What may pass …');
  await press('Enter');
  await page.getByLabel('Fillers left out').and(page.locator(':focus')).waitFor();
  await press('ArrowDown', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Enter');
  await page.getByText('Let pass, and listed: fillers as trimmed.').waitFor();
  await until('the focus is back', () => page.evaluate(() => document.activeElement?.textContent?.includes('What may pass')));
  await tabTo(page, 'Hold drafts against it');
  await press('Space');
  await tabTo(page, 'Set a passphrase …');
  await press('Enter');
  await page.getByLabel('New passphrase').and(page.locator(':focus')).waitFor();
  await page.keyboard.type('five grey gulls');
  await press('Tab');
  await page.keyboard.type('five grey gulls');
  await press('Enter');
  await page.getByLabel('Lock after').waitFor();
  await tabTo(page, 'Lock after');
  await press('Home');
  await tabTo(page, 'Folder for the copies');
  await page.keyboard.type(folder);
  await press('Tab', 'Escape');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });

  const ask = (name) => page.evaluate((asked) => fetch('/call', { method: 'POST', body: JSON.stringify({ name: asked, args: {} }) }).then((reply) => reply.json()), name);
  await until('the desk has it all', async () => {
    const { editor, policy, hasPassphrase, lockAfterMin } = await ask('desk');
    const { isOn } = await ask('house_style');
    const { second } = await ask('list_backups');
    return editor === 'Ada' && policy.fillers === 'trimmed' && hasPassphrase && lockAfterMin === 1 && !isOn && second === folder;
  });
});

test('a key is changed, refused where it is taken, shown everywhere, kept and put back, without a mouse', async (t) => {
  const { page, press, openSample, context, url } = await openPage(t);
  await openSample();
  await press('Control+,', 'ArrowRight', 'ArrowRight');
  await page.getByRole('tab', { name: 'Keys' }).and(page.locator(':focus')).waitFor();
  await tabTo(page, 'Find an action');
  await page.keyboard.type('commands');
  await tabTo(page, 'Change: Commands');
  await press('Enter', 'Control+c');
  await page.getByText('Ctrl C is taken by “Copy”.').waitFor();
  await press('Control+Shift+h');
  await page.getByText('Ctrl Shift H is taken by “Backups: look, put one back”.').waitFor();
  await press('Control+j');
  await page.locator('dialog[open] kbd', { hasText: 'Ctrl J' }).waitFor();
  await press('Enter', 'Escape');
  assert.equal(await page.locator('dialog[open]').count(), 1, 'Escape left the question and not the box');
  await press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });

  await page.locator('header.bar kbd', { hasText: 'Ctrl J' }).waitFor();
  await press('Control+k');
  assert.equal(await page.locator('dialog[open]').count(), 0, 'the old key does nothing');
  await press('Control+j');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await press('Escape');
  await page.evaluate(() => document.activeElement?.blur());
  await press('?');
  await page.locator('dialog[open] dt', { hasText: 'Ctrl J' }).waitFor();
  await press('Escape', 'F1');
  await page.locator('dialog[open] p kbd', { hasText: 'Ctrl J' }).waitFor();
  await press('Escape');

  const next = await context.newPage();
  await next.goto(new URL('/', url).href);
  await next.locator('main').first().waitFor();
  await next.keyboard.press('Control+j');
  await next.getByRole('dialog').getByRole('combobox').waitFor();
  await next.keyboard.press('Escape');
  await next.close();

  await press('Control+,', 'Control+,');
  await tabTo(page, 'Find an action');
  await page.keyboard.type('commands');
  await tabTo(page, 'Put back: Commands');
  await press('Enter');
  await page.locator('dialog[open] li kbd', { hasText: 'Ctrl K' }).waitFor();
  await page.getByRole('button', { name: 'Change: Commands' }).and(page.locator(':focus')).waitFor();
  await press('Enter', 'Control+j');
  await press('Shift+Tab', 'Shift+Tab');
  await tabTo(page, 'All as Stet comes');
  await press('Enter');
  await page.getByRole('button', { name: 'Take that back' }).waitFor();
  await press('Escape', 'Control+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
});
