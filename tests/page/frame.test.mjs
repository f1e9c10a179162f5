// What holds on every screen: no mouse needed, everything named, nothing complained of.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { outOfReach } from './reach.mjs';
import { openPage, until } from './room.mjs';

const screens = ['desk', 'draft', 'check', 'compare', 'sources', 'export'];
/** Things to press, choose or write in that have no name; run in the page. */
function nameless() {
  const named = (one) => {
    const of = (id) => document.getElementById(id)?.textContent ?? '';
    const labelled = (one.getAttribute('aria-labelledby') ?? '').split(' ').map(of).join('');
    const label = one.labels?.length ? [...one.labels].map((each) => each.textContent).join('') : '';
    const inner = one.matches('input, textarea, select') ? '' : one.innerText || one.querySelector('[aria-label], title')?.textContent || '';
    return [one.getAttribute('aria-label'), labelled, label, inner].some((words) => words?.trim());
  };
  const all = document.querySelectorAll('button, a[href], input, select, textarea, [tabindex="0"], [role="button"], [role="slider"], [contenteditable="true"]');
  return [...all].filter((one) => one.checkVisibility() && !named(one)).map((one) => one.outerHTML.slice(0, 160));
}
/**
 * What has the focus, and whether one sees it: it, or what stands close around it, is drawn otherwise than without the focus.
 * Of the text of a piece it is the caret that is seen. `isAgain` once Tab has come to it before. Run in the page.
 */
function focused() {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const around = [one, one.closest('label'), one.parentElement, one.parentElement?.parentElement].filter(Boolean);
  const drawn = () =>
    around.map((each) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, borderWidth, backgroundColor } = getComputedStyle(each);
      const outline = outlineStyle === 'none' ? '' : `${outlineWidth} ${outlineColor}`;
      return [outline, boxShadow, borderWidth === '0px' ? '' : borderColor, backgroundColor].join();
    });
  const still = document.createElement('style');
  still.textContent = '* { transition: none !important }';
  still.nonce = document.getElementById('nonce-carrier')?.nonce ?? '';
  document.head.append(still);
  const withIt = drawn();
  const box = one.getBoundingClientRect();
  const isText = one.matches('.cm-content[contenteditable="true"]') && getComputedStyle(one).caretColor !== 'rgba(0, 0, 0, 0)';
  // Nobody is told: what opens or closes with the focus stays as it is.
  const hush = (event) => event.stopImmediatePropagation();
  for (const kind of ['focus', 'blur', 'focusin', 'focusout', 'change']) window.addEventListener(kind, hush, true);
  one.blur();
  const without = drawn();
  one.focus({ focusVisible: true, preventScroll: true });
  for (const kind of ['focus', 'blur', 'focusin', 'focusout', 'change']) window.removeEventListener(kind, hush, true);
  still.remove();
  window.beenThere ??= new Set();
  const isAgain = window.beenThere.has(one);
  window.beenThere.add(one);
  return { what: one.outerHTML.slice(0, 160), isSeen: isText || withIt.join('|') !== without.join('|'), isOn: box.width > 0 && box.height > 0, isAgain };
}

async function walk(desk, doing) {
  await desk.openSample();
  for (const screen of screens) {
    await desk.goTo(screen);
    await desk.page.waitForTimeout(400);
    await doing(screen);
  }
}

test('all screens and boxes open without a complaint, and all in them is named', async (t) => {
  const desk = await openPage(t);
  const { page, press } = desk;
  await walk(desk, async (screen) => {
    assert.deepEqual(await page.evaluate(nameless), [], `${screen}: everything has a name`);
    for (const key of ['?', 'Control+k', '/', 'Control+,', 'Control+Shift+e']) {
      await page.evaluate(() => document.activeElement?.blur());
      await press(key);
      await page.locator('dialog[open]').waitFor();
      assert.deepEqual(await page.evaluate(nameless), [], `${screen}, ${key}: everything has a name`);
      await press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'detached' });
    }
  });
});

test('the focus is seen wherever Tab leads, and it leads all the way round', async (t) => {
  const desk = await openPage(t);
  const { page, press } = desk;
  await walk(desk, async (screen) => {
    await page.evaluate(() => {
      document.activeElement?.blur();
      window.beenThere = new Set();
    });
    const unseen = [];
    let nStops = 0;
    for (let isRound = false; !isRound && nStops < 300; ) {
      await press('Tab');
      const here = await page.evaluate(focused);
      // Behind the last thing comes the browser's own.
      isRound = here === null ? nStops > 0 : here.isAgain;
      if (!here || here.isAgain) continue;
      nStops += 1;
      if (!here.isSeen || !here.isOn) unseen.push(here.what);
    }
    assert.deepEqual(unseen, [], `${screen}: the focus is not seen`);
    assert.ok(nStops > 8 && nStops < 300, `${screen}: Tab leads round, by ${nStops}`);
  });
});

test('the first Tab offers the way past rail and bar', async (t) => {
  const desk = await openPage(t);
  const { page, press } = desk;
  const first = { desk: 'TR', draft: 'DIV Body', check: 'BUTTON', compare: 'MAIN compare', sources: 'BUTTON', export: 'MAIN export' };
  await walk(desk, async (screen) => {
    await page.locator('.skip').focus();
    assert.equal(await page.evaluate(() => document.querySelector('button, input, a[href], [tabindex="0"]')?.className.split(' ')[0]), 'skip', 'nothing comes before it');
    await press('Enter');
    const here = await page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.getAttribute('aria-label') ?? ''}`);
    assert.ok(here.startsWith(first[screen]), `${screen}: it leads to ${here}`);
  });
});

test('a box holds the focus, and Escape gives it back to what opened it', async (t) => {
  const desk = await openPage(t);
  const { page, press } = desk;
  const opens = [['draft', '.cm-content', 'Control+k'], ['draft', '.who', 'Enter'], ['check', '.queue .row', 'c'], ['check', '.queue .row', 'a'], ['compare', '.bars', 'Control+Shift+s'], ['desk', 'header button', 'Enter']];
  await desk.openSample();
  for (const [screen, opener, key] of opens) {
    await desk.goTo(screen);
    await page.locator(opener).first().focus();
    await press(key);
    await page.locator('dialog[open]').waitFor();
    for (let n = 0; n < 8; n++) {
      await press('Tab');
      const isOut = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement?.closest('dialog'));
      assert.ok(!isOut, `${screen}, ${key}: Tab leads out of the box`);
    }
    await press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    assert.ok(await page.locator(opener).first().evaluate((one) => one === document.activeElement), `${screen}, ${key}: the focus is back`);
  }
});

test('from the start to the exported file without the mouse', async (t) => {
  const { page, press, folder, text } = await openPage(t);
  await page.getByRole('row', { name: 'ferry-sale' }).waitFor();
  await press('n');
  await until('the hed has the focus', () => page.getByLabel('Hed').evaluate((hed) => hed === document.activeElement));
  await page.keyboard.type('Slip closed');
  await press('Enter', 'Enter', 'Enter', 'Enter');
  await until('Enter leads on to the body', () => page.evaluate(() => document.activeElement?.classList.contains('cm-content')));
  await page.keyboard.type('The slip is closed until June. “Nobody drowned,” said Nora Vale.');
  await press('Control+5');
  await page.locator('main[aria-label="sources"]').waitFor();
  await press('n');
  await page.getByRole('form', { name: 'Note' }).waitFor();
  await page.keyboard.type('Nora Vale');
  for (let n = 0; n < 20 && !(await page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA')); n++) await press('Tab');
  await page.keyboard.type('Nobody drowned. We closed it in time.');
  await press('Control+Enter');
  await page.getByRole('article', { name: 'Note' }).waitFor();
  await press('Control+3');
  await until('the quote is checked', async () => /Nora Vale\s+verbatim/.test(await text('.queue')));
  await press('Control+6');
  await until('nothing holds it back', async () => /Nothing holds it back/.test(await text('.gate')));
  const isAt = (label) => page.getByLabel(label).evaluate((one) => one === document.activeElement);
  for (let n = 0; n < 40 && !(await isAt('Written to')); n++) await press('Tab');
  assert.ok(await isAt('Written to'), 'Tab leads to where it is written');
  const file = path.join(folder, 'slip.md');
  await press('Control+a');
  await page.keyboard.type(file);
  await press('Control+Enter');
  await until('it is written', () => fs.existsSync(file));
  assert.match(fs.readFileSync(file, 'utf8'), /Nobody drowned/);
});

test('the rules of the house style come from a file, as Stet comes and into the desk by key', async (t) => {
  const { page, press, openSample, text } = await openPage(t);
  // Asked for long before the key: a browser under load may open its own dialog first.
  const chosen = page.waitForEvent('filechooser', { timeout: 60_000 });
  await openSample();
  await press('Control+Shift+y');
  await page.locator('dialog[open]').waitFor();
  const box = page.getByRole('dialog', { name: 'House style of this desk' }).getByRole('textbox');
  const shipped = await box.inputValue();
  await press('Control+o');
  const chooser = await chosen;
  await chooser.setFiles({ name: 'rules.txt', mimeType: 'text/plain', buffer: Buffer.from('harbour => harbor\n') });
  await until('the file is read', async () => (await box.inputValue()) === 'harbour => harbor\n');
  await press('Alt+r');
  await until('as Stet comes', async () => (await box.inputValue()) === shipped);
  await box.fill('[terms]\nharbour => harbor');
  await until('it is read', async () => /1 rule/.test(await text('dialog[open]')));
  await press('Control+Enter');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  await press('Control+Shift+y');
  assert.match(await box.inputValue(), /^\[terms\]\nharbour => harbor/, 'it is kept');
});

test('what is pointed at says what is not read on it, by the keys as they are now', async (t) => {
  const desk = await openPage(t);
  const { page, openSample, goTo } = desk;
  const told = async (name) => {
    const one = page.getByRole('button', { name }).first();
    await one.hover();
    return one.evaluate((button) => button.title);
  };
  await openSample();
  await goTo('check');
  assert.equal(await told(/^Skip s/), 'Skip to the next that needs you');
  assert.equal(await told(/^cq, with a reason/), '', 'what is read is not said again');
  await page.evaluate(() => localStorage.setItem('stet-keys', JSON.stringify({ 'desk d': 'y' })));
  await page.reload();
  await page.locator('main[aria-label="check"]').waitFor();
  await goTo('desk');
  await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
  assert.equal(await told('Duplicate'), 'Duplicate  y', 'a sign says its name and the key one put there');
  assert.equal(await told('Put in the bin'), 'Put in the bin  Del');
});

test('every command of the palette can be found by its name', async (t) => {
  const { page, press, openSample } = await openPage(t);
  await openSample();
  await press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('compare');
  await press('Enter');
  await page.locator('main[aria-label="compare"]').waitFor();
});

for (const [what, media] of [
  ['less motion', { reducedMotion: 'reduce' }],
  ['forced colours', { forcedColors: 'active' }],
  ['dark', { colorScheme: 'dark', contrast: 'more' }],
])
  test(`all screens with ${what}`, async (t) => {
    const desk = await openPage(t, { context: media });
    const { page } = desk;
    await walk(desk, async (screen) => {
      assert.ok((await page.locator('main').innerText()).trim().length > 50, `${screen} has its words`);
      const moving = await page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getTiming().duration > 20).length);
      if (what === 'less motion') assert.equal(moving, 0, `${screen}: nothing moves`);
    });
    if (what !== 'forced colours') return;
    await desk.goTo('sources');
    await page.locator('nav[aria-label="Notes"] li', { hasText: 'north quay' }).getByRole('button').click();
    const name = page.locator('article[aria-label="Note"] .veiled span').first();
    await name.waitFor({ state: 'attached' });
    assert.equal(await name.evaluate((one) => getComputedStyle(one).visibility), 'hidden', 'a blur that is not drawn hides nothing');
  });

for (const [width, height] of [[1280, 800], [800, 520], [640, 400], [320, 800]])
  test(`everything can be reached in a window of ${width} × ${height}`, async (t) => {
    const desk = await openPage(t, { context: { viewport: { width, height } } });
    await walk(desk, async (screen) => assert.deepEqual(await desk.page.evaluate(outOfReach), [], screen));
    await desk.goTo('sources');
    await desk.press('n');
    await desk.page.getByRole('form', { name: 'Note' }).waitFor();
    assert.deepEqual(await desk.page.evaluate(outOfReach), [], 'a note that is written');
    await desk.press('Escape');
    await desk.goTo('check');
    for (const key of ['c', 'p', 'Control+k', '?', 'Control+,']) {
      await desk.page.evaluate(() => document.activeElement?.blur());
      await desk.press(key);
      await desk.page.locator('dialog[open]').waitFor();
      assert.deepEqual(await desk.page.evaluate(outOfReach), [], `the box under ${key}`);
      await desk.press('Escape');
      await desk.page.locator('dialog[open]').waitFor({ state: 'detached' });
    }
  });

test('however much is asked at once, all of it is answered', async (t) => {
  const { page, openSample } = await openPage(t);
  await openSample();
  const answered = await page.evaluate(async () => {
    const ask = (name) => fetch('/call', { method: 'POST', body: JSON.stringify({ name, args: {} }) }).then((reply) => reply.ok);
    const late = new Promise((tell) => setTimeout(tell, 5000, 'late'));
    const rounds = [];
    for (let n = 0; n < 10; n++) rounds.push(await Promise.race([Promise.all(Array.from({ length: 6 }, () => ask('desk'))).then((all) => all.every(Boolean)), late]));
    return rounds;
  });
  assert.deepEqual(answered, Array(10).fill(true), 'no call is left waiting');
});
