// Focus mode, typewriter mode and full screen, by keyboard alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';

/** How far the line of the caret is from the middle of what scrolls, in px. */
const offMiddle = (page) =>
  page.evaluate(() => {
    const box = document.querySelector('.page').getBoundingClientRect();
    const { focusNode, focusOffset } = getSelection();
    const range = document.createRange();
    range.setStart(focusNode, focusOffset);
    const caret = range.getClientRects()[0] ?? (focusNode.nodeType === 1 ? focusNode : focusNode.parentElement).getBoundingClientRect();
    return Math.round(caret.top + caret.height / 2 - box.top - box.height / 2);
  });
const isInMiddle = async (page) => Math.abs(await offMiddle(page)) <= 16;

test('focus mode leaves the piece alone, one writes on, and Escape brings the rest back', async (t) => {
  const { page, press, openSample, writeAtEnd, isSaved, show } = await openPage(t);
  await openSample();
  const rest = page.locator('nav[aria-label="Screens"], header.bar, aside');
  assert.equal(await rest.count(), 3);
  await writeAtEnd('');
  await press('Shift+F11');
  await rest.first().waitFor({ state: 'detached' });
  assert.equal(await rest.count(), 0, 'rail, bar and panel are away');
  const [left, right] = await page.locator('.column').evaluate((one) => [one.getBoundingClientRect().left, innerWidth - one.getBoundingClientRect().right]);
  assert.ok(Math.abs(left - right) < 30, `the piece stands in the middle: ${left} px, ${right} px`);
  await page.keyboard.type(' The gulls stay.');
  await press('Escape');
  await rest.nth(2).waitFor();
  await until('what was written meanwhile is saved', isSaved);
  await until('and kept', () => show().includes('The gulls stay.'));
  await press('Shift+F11', 'Shift+F11');
  await rest.nth(2).waitFor();
});

for (const reducedMotion of ['no-preference', 'reduce'])
  test(`typewriter mode keeps the line of the caret in the middle of the height (motion: ${reducedMotion})`, async (t) => {
    const { page, press, openSample, writeAtEnd } = await openPage(t, { context: { reducedMotion } });
    await openSample();
    await writeAtEnd('');
    await press('Alt+t');
    await until('the last line is in the middle', () => isInMiddle(page));
    for (let n = 0; n < 8; n++) {
      await press('Enter');
      await page.keyboard.type('The gulls stay where they are, and so does the line.');
      await until('the line one writes is in the middle', () => isInMiddle(page));
    }
    await press('Control+Home');
    await until('the first line is in the middle', () => isInMiddle(page));
    await press('ArrowDown', 'ArrowDown', 'ArrowDown');
    await until('the line one goes to is in the middle', () => isInMiddle(page));
    await press('Shift+F11');
    await until('in focus mode too', () => isInMiddle(page));
    await press('Escape', 'Alt+t');
    await until('the space above the piece is gone', () => page.locator('.page').evaluate((box) => parseFloat(getComputedStyle(box).paddingTop) < 40));
  });

test('F11 gives the page the whole screen, and takes it back', async (t) => {
  const { page, press, openSample } = await openPage(t);
  await openSample();
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
  await press('F11');
  await until('it has the whole screen', isFull);
  await press('F11');
  await until('it has given it back', async () => !(await isFull()));
});
