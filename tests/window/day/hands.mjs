// The hands of an editor, made twice: one that only points, clicks and types words, and one that only presses keys.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { chord, holds, press } from '../hands.mjs';
import { By, Key, root } from '../window.mjs';

const screens = ['desk', 'draft', 'check', 'compare', 'sources', 'export'];

/** What is done, by the key that does it and by the words on what is clicked; `in` first has something opened. */
const acts = {
  'say who works here': { key: 'Ctrl+Shift+e', click: 'Say who works here' },
  'take the file': { key: 'Enter', click: 'Take it' },
  'keep the name': { key: 'Enter', click: 'Keep' },
  'open the piece': { key: 'Enter', doubled: 'tr.current td' },
  'new note': { key: 'n', click: 'New note' },
  'keep the note': { key: 'Ctrl+Enter', click: 'Keep the note' },
  'put the words in': { key: 'w', click: 'Put the note’s words in' },
  'mark cq': { key: 'c', click: 'cq, with a reason' },
  'keep the cq': { key: 'Enter', click: 'Mark cq' },
  'ask the source': { key: 'a', click: 'Ask the source' },
  'put the box away': { key: 'Escape', click: 'Close' },
  suggest: { key: 'Alt+g', in: 'Comments', click: 'Suggest' },
  'hand over': { key: 'Alt+g', click: 'Hand over' },
  comment: { key: 'Ctrl+Alt+m', in: 'Comments', click: 'Comment' },
  'say it': { key: 'Ctrl+Enter', click: 'Comment' },
  'resolve the comment': { key: 'Alt+r', click: 'Resolve' },
  'show the suggestions': { key: 'i', click: 'Suggestions' },
  accept: { key: 'a', click: 'Accept' },
  reject: { key: 'z', click: 'Reject' },
  'accept all': { key: 'A', click: 'Accept all' },
  'show the changes': { key: 'i', click: 'Changes' },
  'name what stands': { key: 'Ctrl+Shift+s', in: 'Revision', click: 'Name what stands now' },
  'keep it': { key: 'Enter', click: 'Keep it' },
  'compare with the named': { key: 's', in: 'Compare with', click: 'Since a named revision' },
  'send the changes out': { key: 'd', in: 'Revision', click: 'Send the changes out' },
  'write it': { key: 'Enter', click: 'Write it' },
  'bring it back': { key: 'Enter', click: 'Bring it back' },
  'choose the first meant': { key: '1', click: '1' },
  'put the slip right': { key: 'Alt+f', click: 'Put right' },
  'go out as md': { key: '1', click: 'Markdown' },
  'go out as html': { key: '2', click: 'HTML' },
  'go out as docx': { key: '4', click: 'Word' },
  'go out as odt': { key: '6', click: 'OpenDocument' },
  export: { key: 'Ctrl+Enter', click: /^(Export|Let it pass, and export)/ },
  search: { key: '/', click: 'Search pieces, notes, quotes' },
  'go to the hit': { key: 'Enter', click: /^note/ },
};

/** Lists one goes through, and the keys that go on to the next row and back. */
const lists = {
  pieces: { css: 'table[aria-label="Pieces"]', next: 'j', back: 'k' },
  quotes: { css: 'aside[aria-label="Quotes, worst first"]', next: 'j', back: 'k' },
  misspellings: { css: 'ul[aria-label="Spelling"]', next: 'F6', back: 'Shift+F6', tab: 'Style' },
  slips: { css: 'ul[aria-label="House style"]', next: 'F7', back: 'Shift+F7', tab: 'Style' },
  changes: { css: 'aside[aria-label="Changes"]', next: 'n', back: 'p' },
  suggestions: { css: 'aside[aria-label="Suggestions"]', next: 'n', back: 'p' },
};

/** Keys of the browser’s own: in a box, in a field, between fields. */
const anywhere = ['Enter', 'Escape', 'Ctrl+Enter', '1'];
const table = JSON.parse(fs.readFileSync(path.join(root, 'ui/help/keys.json'), 'utf8'));
const told = new Set(Object.values(table).flatMap((rows) => rows.flatMap(({ key }) => key.split(' '))));
const bound = [...Object.values(acts).map(({ key }) => key), ...Object.values(lists).flatMap(({ next, back }) => [next, back])];
for (const key of bound) assert.ok(told.has(key) || anywhere.includes(key), `${key} is in no table of keys`);

const held = { Ctrl: Key.CONTROL, Alt: Key.ALT, Shift: Key.SHIFT };
const named = { Enter: Key.ENTER, Escape: Key.ESCAPE, Tab: Key.TAB, F6: Key.F6, F7: Key.F7 };

/** Presses a key by the name Stet has for it: `Ctrl+Shift+e`, `F6`, `A`. */
async function strike(driver, name) {
  const parts = name.split('+');
  const key = parts.pop();
  const shifted = parts.includes('Shift') && parts.length > 1 ? key.toUpperCase() : key;
  await chord(driver, named[key] ?? shifted, ...parts.map((part) => held[part]));
}

/** In the page: what is seen and can be clicked, as its words say, in the box that is open if one is; what only opens a panel or a menu where that is asked for. */
const clickable = (words, isPattern, isOpener) => {
  const fits = isPattern ? (said) => new RegExp(words).test(said) : (said) => said.startsWith(words);
  const on = document.querySelector('dialog[open]') ? ['dialog[open]'] : ['main', ':root'];
  const all = on.flatMap((each) => [...document.querySelectorAll(`${each} :is(button, label:has(input), [role="option"])`)]).filter((one) => one.checkVisibility() && !one.disabled && one.matches('[role="tab"], [aria-haspopup]') === isOpener);
  const wordsOf = (one) => (one.getAttribute('aria-label') ?? one.innerText).trim();
  // What says no more than that comes first: *Accept* is not *Accept all*.
  return all.find((one) => wordsOf(one).split('\n')[0].trim() === words) ?? all.find((one) => fits(wordsOf(one))) ?? null;
};
/** In the page: the field with a label. */
const fieldOf = (label) => {
  const on = document.querySelector('dialog[open]') ?? document.querySelector('main');
  return [...on.querySelectorAll('input, textarea')].find((field) => (field.labels?.[0]?.innerText ?? field.getAttribute('aria-label') ?? '').trim().startsWith(label)) ?? null;
};
/** In the page: letters are text where the focus is. */
const isInField = () => document.activeElement.matches('textarea, input:not([type="radio"], [type="checkbox"]), [contenteditable="true"]');
/** In the page: the rows of a list, the one it is at (-1 for none), and the one that has words. */
const rowsOf = (css, words) => {
  const rows = [...(document.querySelector(css)?.querySelectorAll('.row, tr[data-id]') ?? [])];
  const wanted = rows.findIndex((row) => row.innerText.includes(words));
  return wanted < 0 ? null : { at: rows.findIndex((row) => row.matches('[aria-current="true"], .current')), wanted, row: rows[wanted].querySelector('td') ?? rows[wanted] };
};
/** In the page: where words of the piece stand on the screen, from before the first letter to behind the last. */
const placeOf = (words) => {
  const walker = document.createTreeWalker(document.querySelector('.cm-content'), NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const start = nodes.map(({ data }) => data).join('').indexOf(words);
  if (start < 0) return null;
  const at = (offset, isEnd) => {
    let left = offset;
    for (const node of nodes) {
      if (isEnd ? left <= node.data.length : left < node.data.length) return [node, left];
      left -= node.data.length;
    }
  };
  const range = document.createRange();
  range.setStart(...at(start, false));
  range.setEnd(...at(start + words.length, true));
  range.startContainer.parentElement.scrollIntoView({ block: 'center' });
  const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
  const [first, last] = [boxes[0], boxes.at(-1)];
  return { from: [first.left + 1, first.top + first.height / 2], to: [last.right - 1, last.top + last.height / 2] };
};

/** In the page: the words chosen in the piece, and those before the caret. */
const chosen = () => {
  const { anchorNode, anchorOffset } = getSelection();
  const range = document.createRange();
  range.setStart(document.querySelector('.cm-content'), 0);
  range.setEnd(anchorNode, anchorOffset);
  return { words: getSelection().toString(), before: range.toString(), isHere: document.activeElement.closest('.cm-content') !== null };
};

/** What both have in common: to wait for a thing, and to type. */
function begin(driver) {
  const ask = (script, ...args) => driver.executeScript(script, ...args);
  return {
    ask,
    /** What a script finds in the page, once it does. */
    async found(what, script, ...args) {
      let one = null;
      await holds(driver, `there is ${what}`, async () => (one = await ask(script, ...args)));
      return one;
    },
    say: (words) => press(driver, words),
  };
}

/** Points, clicks and drags; its keys are for words alone. */
export function byMouse(driver) {
  const both = begin(driver);
  const { ask, found } = both;
  /** What is drawn anew while it is clicked is found again. */
  const clicked = (what, script, ...args) =>
    holds(driver, `${what} is clicked`, async () => {
      const one = await ask(script, ...args);
      if (one) await one.click();
      return one;
    });
  const click = (words) => clicked(String(words), clickable, words.source ?? words, words instanceof RegExp, false);
  /** A tab or a menu, which says whether it is open; what is laid out anew meanwhile may be missed. */
  const open = (words) =>
    holds(driver, `${words} is open`, async () => {
      const isOpen = (one) => ask((one) => one.matches('[aria-selected="true"], [aria-expanded="true"]'), one);
      const one = await ask(clickable, words, false, true);
      if (await isOpen(one)) return true;
      await one.click();
      return isOpen(one);
    });
  /** Goes over words with the button held, from their beginning, or clicks behind them; again where they have moved meanwhile. */
  const drag = (words, isFromStart, isDone) =>
    holds(driver, `the mouse has “${words}”`, async () => {
      const { from, to } = await ask(placeOf, words);
      const at = ([x, y]) => ({ x: Math.round(x), y: Math.round(y), duration: 0 });
      await driver.actions().move(at(isFromStart ? from : to)).press().move(at(to)).release().perform();
      return isDone(await ask(chosen));
    });
  return {
    ...both,
    goTo: (screen) => clicked(`the rail’s ${screen}`, (at) => document.querySelectorAll('nav[aria-label="Screens"] button')[at], screens.indexOf(screen)),
    async act(name) {
      const { click: words, in: first, doubled } = acts[name];
      if (doubled) return driver.actions().doubleClick(await driver.findElement(By.css(doubled))).perform();
      if (first) await open(first);
      await click(words);
    },
    async choose(list, words) {
      const { css, tab } = lists[list];
      if (tab) await open(tab);
      await holds(driver, `${words} is chosen in ${list}`, async () => {
        const { at, wanted, row } = await ask(rowsOf, css, words);
        if (at === wanted) return true;
        // A row of which the edge alone is seen is scrolled to, as with the wheel.
        await driver.executeScript("arguments[0].scrollIntoView({ block: 'nearest' })", row);
        await row.click();
        return (await ask(rowsOf, css, words)).at === wanted;
      });
    },
    async fill(label, words) {
      const field = await found(`a field ${label}`, fieldOf, label);
      await field.click();
      // Three clicks choose all of a line.
      if (await field.getAttribute('value')) await driver.actions().move({ origin: field }).press().release().press().release().press().release().perform();
      await press(driver, words);
    },
    caretBehind: (words) => drag(words, false, ({ before }) => before.endsWith(words)),
    select: (words) => drag(words, true, (now) => now.words === words),
  };
}

/** Presses keys, those the tables of keys name and those every window has; points at nothing. */
export function byKeys(driver) {
  const both = begin(driver);
  const { ask, found } = both;
  const find = async (words) => {
    await strike(driver, 'Ctrl+f');
    await holds(driver, 'one may say what to find', () => ask(() => document.activeElement.closest('.cm-search') !== null));
    await strike(driver, 'Ctrl+a');
    await press(driver, words, Key.ENTER, Key.ESCAPE);
    await holds(driver, `“${words}” is chosen in the piece`, async () => {
      const now = await ask(chosen);
      return now.isHere && now.words === words;
    });
  };
  return {
    ...both,
    goTo: (screen) => strike(driver, `Ctrl+${screens.indexOf(screen) + 1}`),
    async act(name) {
      const { key } = acts[name];
      // In a field a letter is a letter.
      for (let n = 0; key.length === 1 && (await ask(isInField)); n++) {
        assert.ok(n < 20, 'Tab never left the fields');
        await press(driver, Key.TAB);
      }
      await strike(driver, key);
    },
    async choose(list, words) {
      const { css, next, back, tab } = lists[list];
      // The key shows the panel too.
      if (tab) await strike(driver, next);
      for (let n = 0; n < 60; n++) {
        const { at, wanted } = await found(`${words} in ${list}`, rowsOf, css, words);
        if (at === wanted) return;
        const key = at < wanted ? next : back;
        await strike(driver, key);
        await holds(driver, `${key} goes on in ${list}`, async () => (await ask(rowsOf, css, words)).at !== at);
      }
      assert.fail(`no key came to ${words} in ${list}`);
    },
    async fill(label, words) {
      await found(`a field ${label}`, fieldOf, label);
      const isThere = () => ask(`return document.activeElement === (${fieldOf})(arguments[0])`, label);
      for (let n = 0; !(await isThere()); n++) {
        assert.ok(n < 80, `Tab never came to ${label}`);
        const isBehind = await ask(`return Boolean(document.activeElement.compareDocumentPosition((${fieldOf})(arguments[0])) & Node.DOCUMENT_POSITION_PRECEDING)`, label);
        await strike(driver, isBehind ? 'Shift+Tab' : 'Tab');
      }
      await strike(driver, 'Ctrl+a');
      await press(driver, words);
    },
    async caretBehind(words) {
      await find(words);
      await press(driver, Key.ARROW_RIGHT);
    },
    select: find,
  };
}
