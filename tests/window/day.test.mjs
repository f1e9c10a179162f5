// A day's work of an editor in the real window: told once, done by mouse, by keyboard alone, and on a large desk.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { byKeys, byMouse } from './day/hands.mjs';
import { call, fillDesk, slug, withheld, wordsOf, writeNotes, writeWordFile } from './day/story.mjs';
import { desktop, holds, seen, words } from './hands.mjs';
import { openDisplay, openWindow, stet, temporaryFolder } from './window.mjs';

let display;
before(async () => (display = await openDisplay()));
after(() => display?.close());

/** The window of a day, the hands that work in it, and what the terminal companion says of its desk. */
async function beginDay(t, handsOf, { nNotes, fill = () => {} }) {
  const folder = temporaryFolder(t);
  const desk = path.join(folder, 'desk.sqlite');
  fill(folder, desk);
  /** What the companion prints; that something needs an editor is no failure. */
  const say = (...args) => {
    try {
      return stet([...args, '--desk', desk], { stdio: ['ignore', 'pipe', 'ignore'] });
    } catch (told) {
      assert.equal(told.status, 1, `stet ${args.join(' ')}`);
      return told.stdout;
    }
  };
  const day = {
    folder,
    nNotes,
    say,
    ...desktop(display, folder),
    tell: (...args) => JSON.parse(say(...args, '--json')),
    show: () => say('show', slug),
    text: (css) => words(day.driver, css),
    is: (what, ask) => holds(day.driver, what, async () => ask()),
    has: (css, said) => day.is(`${css} says ${said}`, async () => (await day.text(css)).includes(said)),
    asks: (title) => day.has('dialog[open]', title),
    isAlone: () => day.is('no box is open', () => day.driver.executeScript(() => document.querySelector('dialog[open]') === null)),
    /** Gives files to the window: WebDriver reaches no dialog of the system. */
    give: async (label, ...files) => (await seen(day.driver, `input[type="file"][aria-label="${label}"]`)).sendKeys(files.join('\n')),
    async goTo(screen) {
      await day.hands.goTo(screen);
      await seen(day.driver, `main[aria-label="${screen}"]`);
    },
    async open() {
      const window = await openWindow(display, folder, desk);
      t.after(() => window.close());
      Object.assign(day, { driver: window.driver, hands: handsOf(window.driver), close: window.close });
    },
  };
  await day.open();
  return day;
}

/** A Word file comes in, is shown before it is taken, and is opened. */
async function importPiece({ folder, hands, is, has, asks, isAlone, give, goTo, show, driver }) {
  await goTo('desk');
  await hands.act('say who works here');
  await asks('Who works here');
  await hands.fill('Initials or name', 'AR');
  await hands.act('keep the name');
  await isAlone();
  await give('Drop pieces here to import them', writeWordFile(folder));
  await asks('Tracked changes were read as if accepted');
  assert.throws(show, 'nothing is taken before it was looked at');
  await hands.act('take the file');
  await is('its words are on the desk', () => show().includes('since 1871'));
  await isAlone();
  await hands.choose('pieces', slug);
  await hands.act('open the piece');
  await seen(driver, '.cm-content');
  await has('.cm-content', 'since 1871');
}

/** Six notes: an e-mail, a meeting with timecodes, three files, and one that is written down. */
async function addNotes({ folder, nNotes, hands, tell, is, has, give, goTo, text }) {
  const haveCome = (n) => is(`${n} notes more`, async () => Number((await text('.bar .quiet')).replaceAll(/\D/g, '')) === nNotes + n);
  await goTo('sources');
  await haveCome(0);
  await give('Drop notes here to import them', ...writeNotes(folder));
  await haveCome(5);
  await hands.act('new note');
  await hands.fill('Source', call.source);
  await hands.fill('Words', call.text);
  await hands.act('keep the note');
  await haveCome(6);
  await has('article[aria-label="Note"]', call.source);
  const { quotes } = tell('check', slug);
  assert.equal(quotes.length, 20, 'twenty quotes');
  assert.deepEqual(quotes.filter(({ verdict }) => verdict === 'not found' || verdict === 'no note'), [], 'each has a note');
}

const wrong = ['The sluice will not fail this winter', 'We counted 312 fish in April and eleven in May', 'My cellar filled twice last winter'];

/** Twenty quotes are gone through: one is put right, one is marked cq, one is asked. */
async function checkQuotes({ hands, tell, is, has, asks, isAlone, goTo, show, driver }) {
  const queue = 'aside[aria-label="Quotes, worst first"]';
  await goTo('check');
  await has(queue, '20 quotes');
  await has(queue, '3 wrong');
  for (const { text } of tell('check', slug).quotes) {
    await hands.choose('quotes', text);
    await has('article[aria-label="The quote in its graf"]', text);
  }
  await hands.choose('quotes', wrong[0]);
  await hands.act('put the words in');
  await has(queue, '2 wrong');
  await is('the note’s words are in the piece', () => show().includes('“The sluice may not fail this winter,”'));

  await hands.choose('quotes', wrong[2]);
  await hands.act('mark cq');
  await asks('Mark cq');
  await hands.fill('Why it is right', 'heard it on the tape');
  await hands.act('keep the cq');
  await isAlone();
  await has(queue, '1 wrong');
  await is('the desk has the cq', () => tell('check', slug).quotes.some(({ cq }) => cq?.reason === 'heard it on the tape' && cq.by === 'AR'));

  await hands.choose('quotes', wrong[1]);
  await hands.act('ask the source');
  await asks('Ask Sefa Lindqvist');
  const question = await driver.executeScript(() => document.querySelector('dialog[open] textarea').value);
  for (const said of [`“${wrong[1]}”`, '“We counted 321 fish in April and eleven in May”']) assert.ok(question.includes(said), `${said} in ${question}`);
  await hands.act('put the box away');
  await isAlone();
}

/** Two changes are suggested and handed over, one accepted and one rejected; words are commented on, and that is resolved. */
async function suggestAndComment({ hands, tell, is, has, goTo, show, driver }) {
  await goTo('draft');
  await seen(driver, '.cm-content');
  await hands.act('suggest');
  await has('.bar', 'Suggesting');
  await hands.select('sells soup');
  await hands.say('sells bread');
  await is('the desk has what is suggested', () => show().includes('sells bread'));
  await hands.select('in the school');
  await hands.say('in the barn');
  await is('the desk has the other', () => show().includes('in the barn'));
  await hands.act('hand over');
  await is('the piece is as it was', () => show().includes('sells soup') && show().includes('in the school'));

  await goTo('compare');
  await hands.act('show the suggestions');
  await hands.choose('suggestions', 'bread');
  await hands.act('accept');
  await is('one is accepted', () => show().includes('sells bread') && show().includes('in the school'));
  await hands.choose('suggestions', 'barn');
  await hands.act('reject');
  await has('aside[aria-label="Suggestions"]', '2 of 2 settled');
  assert.ok(show().includes('in the school'), 'what is rejected is not in the piece');
  await hands.act('show the changes');

  await goTo('draft');
  await seen(driver, '.cm-content');
  await hands.select('The frame was never tested');
  await hands.act('comment');
  await has('aside[aria-label="Beside the draft"]', '“The frame was never tested”');
  await hands.say(`${withheld[0]} told us twice.`);
  await hands.act('say it');
  const threads = () => tell('comments', slug).threads;
  await is('the comment is kept', () => threads().length === 1 && JSON.stringify(threads()).includes('told us twice'));
  await hands.act('resolve the comment');
  await is('it is resolved', () => threads()[0].resolved_at !== null);
}

/** Compares with a named revision: what compares with one goes on to the one before it. */
async function compareWith({ hands, is, driver }, name) {
  await seen(driver, '[role="slider"]');
  const older = () => hands.ask(() => document.querySelector('[role="slider"]').getAttribute('aria-valuetext'));
  for (let n = 0, now = await older(); !now.startsWith(`${name},`); n++) {
    assert.ok(n < 9, `never came to ${name}`);
    const last = now;
    await hands.act('compare with the named');
    await is(`another revision than ${last}`, async () => (now = await older()) !== last);
  }
}

/** What stands is named, more is written, and the change of substance is listed before the other. */
async function compareWithLegal(day) {
  const { hands, tell, is, has, asks, isAlone, goTo, show, driver } = day;
  await goTo('compare');
  await hands.act('name what stands');
  await asks('under a name');
  await hands.fill('Name', 'sent to legal');
  await hands.act('keep it');
  await isAlone();
  await is('the log has the name', () => tell('log', slug).revisions.some(({ name }) => name === 'sent to legal'));

  await goTo('draft');
  await seen(driver, '.cm-content');
  await hands.select('hold the frame');
  await hands.say('bear the frame');
  await hands.select('since 1871');
  await hands.say('since 1817');
  await hands.caretBehind('until further notice.');
  await hands.say(' Nobody guards it.');
  await is('the desk has it', () => ['bear the frame', 'since 1817', 'Nobody guards it.'].every((said) => show().includes(said)));

  await goTo('compare');
  await compareWith(day, 'sent to legal');
  const changes = 'aside[aria-label="Changes"]';
  await has(changes, 'of substance');
  const rows = () => hands.ask((css) => [...document.querySelectorAll(`${css} ol .row`)].map(({ textContent }) => textContent), changes);
  let listed = [];
  await is('all three are listed', async () => (listed = await rows()) && ['1817', 'bear', 'guards'].every((said) => listed.some((row) => row.includes(said))));
  const areOfSubstance = listed.map((row) => row.includes(', of substance'));
  assert.ok(areOfSubstance[0] && !areOfSubstance.at(-1), `some are of substance, some are not: ${listed}`);
  assert.deepEqual(areOfSubstance, areOfSubstance.toSorted((one, other) => other - one), 'those of substance are first');
  await hands.choose('changes', '1817');
}

/** The changes go out tracked, a changed file comes back, and all of it is accepted. */
async function sendAndMerge({ folder, hands, say, is, has, asks, isAlone, give, show, takePlace }) {
  const [sent, changed, back] = ['for-legal.docx', 'changed.md', 'for-legal-back.docx'].map((name) => path.join(folder, name));
  await hands.act('send the changes out');
  await asks('Send the changes out');
  await is('a place is offered', () => hands.ask(() => document.querySelector('dialog[open] input[type="text"]').value.endsWith('-changes.docx')));
  await hands.fill('Written to', sent);
  await hands.act('write it');
  await takePlace();
  await is('it is written', () => fs.existsSync(sent));
  await isAlone();
  assert.ok(wordsOf(sent).includes('w:ins'), 'its changes are tracked');

  fs.writeFileSync(changed, show().replace('open until', 'shut until').replace('river warden', 'warden of the river'));
  say('diff', slug, changed, '--docx', back, '--author', 'Legal Desk');
  await give('A file that came back', back);
  await asks('Tracked, by Legal Desk.');
  await hands.act('bring it back');
  await isAlone();
  await has('aside[aria-label="Suggestions"]', 'Legal Desk');
  await hands.act('accept all');
  await is('both are in the piece', () => ['shut until', 'warden of the river', 'since 1817'].every((said) => show().includes(said)));
}

/** A misspelling and a slip from the house style are put right. */
async function mendWords({ hands, is, goTo, show, driver }) {
  await goTo('draft');
  await seen(driver, '.cm-content');
  await hands.choose('misspellings', 'recieves');
  await hands.found('what may have been meant', () => document.querySelector('ol[aria-label="What may have been meant"] .row'));
  await hands.act('choose the first meant');
  await is('it is spelled right', () => show().includes('office receives visitors'));
  await hands.choose('slips', 'whilst');
  await hands.act('put the slip right');
  await is('it is in the house style', () => show().includes('bread while the'));
}

/** The gate holds the piece until it is said why it may pass; it goes out in four formats, and nothing withheld with it. */
async function letOut({ folder, hands, tell, has, is, goTo, takePlace }) {
  const gate = 'aside[aria-label="The gate"]';
  const why = 'legal cleared it by telephone';
  await goTo('export');
  await has(gate, 'hold it back');
  for (const reason of ['TK', '312']) await has(gate, reason);
  for (const format of ['md', 'html', 'docx', 'odt']) {
    const file = path.join(folder, `out.${format}`);
    await hands.act(`go out as ${format}`);
    await is(`a place for ${format} is offered`, () => hands.ask((ending) => [...document.querySelectorAll('aside[aria-label="The gate"] input')].some(({ value }) => value.endsWith(ending)), `.${format}`));
    await hands.fill('Written to', file);
    if (format === 'md') {
      await hands.act('export');
      await has(gate, 'Say why it may pass');
      assert.ok(!fs.existsSync(file), 'nothing goes out without a reason');
    }
    await hands.fill('Let it pass because', why);
    await hands.act('export');
    await takePlace();
    await has(gate, `Written: ${file}`);
    const written = wordsOf(file);
    for (const said of ['Village waits on its weir', 'The sluice may not fail this winter', 'since 1817', 'sells bread']) assert.ok(written.includes(said), `${said} in ${file}`);
    for (const said of withheld) assert.ok(!written.includes(said), `${said} in ${file}`);
  }
  await has(gate, why);
  assert.ok(tell('log', slug).revisions.some(({ cause }) => cause === 'export'));
}

/** What was done is there when the window opens again. */
async function findItAll(day, before) {
  await day.close();
  await day.open();
  const { hands, tell, show, has, is, isAlone, goTo, driver } = day;
  assert.equal(show(), before.body, 'the piece is what it was');
  await goTo('desk');
  await has('main', slug);
  await hands.choose('pieces', slug);
  await hands.act('open the piece');
  await has('.cm-content', 'since 1817');
  await goTo('check');
  await hands.choose('quotes', wrong[2]);
  await has('article[aria-label="The quote in its graf"]', 'cq AR: heard it on the tape');
  await goTo('compare');
  await compareWith(day, 'sent to legal');
  assert.deepEqual(tell('log', slug).revisions.slice(-before.revisions.length), before.revisions, 'no revision is lost');
  await goTo('desk');
  await hands.act('search');
  await seen(driver, 'dialog[open] [role="combobox"]');
  await hands.say('rain');
  await is('the note is found', () => hands.ask(() => /^note/.test(document.querySelector('dialog[open] [role="option"][aria-selected="true"]').innerText)));
  await hands.act('go to the hit');
  await isAlone();
  await has('main[aria-label="sources"] article', 'if the rain is kind to us');
}

/** The day, from the first file to the next morning. */
async function work(t, handsOf, on) {
  const day = await beginDay(t, handsOf, on);
  for (const step of [importPiece, addNotes, checkQuotes, suggestAndComment, compareWithLegal, sendAndMerge, mendWords, letOut]) await step(day);
  await findItAll(day, { body: day.show(), revisions: day.tell('log', slug).revisions });
}

/** A new desk has the sample on it, and its three notes. */
const small = { nNotes: 3 };
const large = { nNotes: 20_000, fill: (folder, desk) => fillDesk(folder, desk, 2000, 20_000) };

test('a day’s work by mouse', (t) => work(t, byMouse, small));
test('a day’s work by keyboard alone', (t) => work(t, byKeys, small));
test('a day’s work by keyboard alone, on a desk of 2,000 pieces and 20,000 notes', (t) => work(t, byKeys, large));
