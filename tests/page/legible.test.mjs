// All words can be read: contrast as WCAG 2 counts it, over the colours the browser computes, light and dark.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moments } from './moments.mjs';
import { openPage } from './room.mjs';
import { showIn } from './twin.mjs';

const ENOUGH = 4.5;
const screens = ['desk', 'draft', 'check', 'compare', 'sources', 'export'];

/** Words whose contrast is less than `enough`, worst first; what is disabled, unseen or veiled on purpose is let be. Run in the page. */
function faint(enough) {
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((each, n) => each * a + below[n] * (1 - a));
  const groundOf = (one) => {
    const layers = [];
    for (let each = one; each; each = each.parentElement) layers.push(read(getComputedStyle(each).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((each) => (each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const opacityOf = (one) => (one ? Number(getComputedStyle(one).opacity) * opacityOf(one.parentElement) : 1);
  const contrast = (one, colour) => {
    const ground = groundOf(one);
    const [r, g, b, a] = read(colour);
    const [x, y] = [light(over([r, g, b, a * opacityOf(one)], ground)), light(ground)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const isLet = (one) => one.closest(':disabled, .veiled, .unseen, option, [aria-hidden="true"]') || getComputedStyle(one).color === 'rgba(0, 0, 0, 0)';
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const found = new Map();
  const note = (one, words, colour) => {
    if (isLet(one) || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return;
    const ratio = contrast(one, colour);
    if (ratio < enough) found.set(`${one.tagName.toLowerCase()}.${String(one.className)}: “${words.trim().slice(0, 40)}”`, Math.round(ratio * 100) / 100);
  };
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode())
    if (/[\p{L}\p{N}]/u.test(text.data)) note(text.parentElement, text.data, getComputedStyle(text.parentElement).color);
  for (const box of top.querySelectorAll('input, textarea, select')) {
    if (box.value) note(box, box.value, getComputedStyle(box).color);
    else if (box.placeholder) note(box, box.placeholder, getComputedStyle(box, '::placeholder').color);
  }
  return [...found].sort((a, b) => a[1] - b[1]);
}

async function assertLegible(page, where) {
  for (const colorScheme of ['light', 'dark']) {
    await showIn(page, colorScheme);
    assert.deepEqual(await page.evaluate(faint, ENOUGH), [], `${where}, ${colorScheme}: words with less contrast than ${ENOUGH}`);
  }
}

test('the words of every screen can be read, light and dark', async (t) => {
  const desk = await openPage(t);
  await desk.openSample();
  for (const screen of screens) {
    await desk.goTo(screen);
    await desk.page.waitForTimeout(400);
    await assertLegible(desk.page, screen);
  }
});

// What a desk that cannot be read refuses.
const lockedAway = ['desk', 'unlock', 'list_drafts', 'list_events', 'check_draft', 'indexing', 'count_quotes'];

for (const name of ['desk-many', 'desk-read-only', 'draft-new', 'draft-not-saved', 'draft-find', 'draft-beside', 'draft-beside-left', 'draft-beside-trouble', 'check-cq', 'compare-columns', 'compare-blame', 'compare-merge', 'compare-menu', 'sources-new', 'export-refused', 'commands', 'keys', 'search', 'locked-wrong', 'locked-damaged', 'passphrase', 'backups', 'backups-back', 'backups-fail', 'desk-salvaged', 'desk-wreck'])
  test(`the words of ${name} can be read, light and dark`, async (t) => {
    const desk = await openPage(t, { refusals: ['save_draft', ...(name === 'draft-beside-trouble' ? ['open_draft'] : []), ...(/^locked|wreck/.test(name) ? lockedAway : [])] });
    await moments[name](desk);
    await assertLegible(desk.page, name);
  });
