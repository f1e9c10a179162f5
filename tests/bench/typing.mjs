#!/usr/bin/env node
// Key to paint, Stet beside bare CodeMirror; going from screen to screen; opening any of many pieces. In one web view, one run.
//
// Both pages are shown by one MiniBrowser, the smallest program around the web view that Stet's window is made of: Stet
// as `stet serve` gives it, CodeMirror (`bare.js`) from a server of our own. In the real window only Stet could be
// shown, and its core would be asked another way than the peer's nothing; here what differs is the page alone. Keys are
// real ones by WebDriver at an editor's pace; both ends of each time are taken in the page (`inpage.mjs`).
// usage: typing.mjs STET [ROUNDS]
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { By, Key, until } from 'selenium-webdriver';
import { copyOf, dice } from './copy.mjs';
import { toMiddle, untilShown, watch } from './inpage.mjs';
import { Opened, openWebView, serveBare, serveDesk } from './webview.mjs';

const [stet = 'target/release/stet', rounds = '6'] = process.argv.slice(2);
const N_ROUNDS = Number(rounds);
/** Measured keys of a round, behind some that warm the page up. */
const N_KEYS = 50;
const N_WARM = 20;
const N_PIECES = 2_000;
const N_OPENED = 30;
/** Bars of the issue: times the peer's, and ms. */
const BAR_PEER = 1.2;
const BAR_MS = 100;
const BAR_LONG_MS = 50;
const screens = ['desk', 'draft', 'check', 'compare', 'sources', 'export'];
const patience = 30_000;

/** Of a hundred, so many took no longer. */
function at(times, percent) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))];
}

const held = (is) => (is ? 'held' : 'MISSED');
const tell = (name, figures, bar = '') => console.log(`${name.padEnd(34)} ${figures.padEnd(58)} ${bar}`.trimEnd());
const ms = (time) => `${time.toFixed(1)} ms`;

/** A desk with a piece of so many words and its notes; its address, which works once. */
function deskOf(folder, copy) {
  const its = fs.mkdtempSync(path.join(folder, 'desk-'));
  fs.mkdirSync(path.join(its, 'notes'));
  fs.writeFileSync(path.join(its, 'benchpiece.md'), copy.body);
  for (const { name, text } of copy.notes) fs.writeFileSync(path.join(its, 'notes', `${name}.md`), text);
  const deskPath = path.join(its, 'desk.sqlite');
  importTo(deskPath, '--notes', path.join(its, 'notes'));
  importTo(deskPath, path.join(its, 'benchpiece.md'));
  return deskPath;
}

function importTo(deskPath, ...what) {
  execFileSync(stet, ['--desk', deskPath, 'import', ...what], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, HOME: path.dirname(deskPath) } });
}

/** Real keys as an editor's come: some 100 ms apart, never evenly; behind each word a pause in which a live check falls. */
async function type(driver, words, below) {
  const actions = driver.actions();
  for (const letter of words) actions.sendKeys(letter).pause(letter === ' ' ? 180 + below(240) : 60 + below(50));
  await actions.perform();
}

/** Words to type, as many letters as are asked for. */
const letters = (n) => 'she said that the ledger of the county had been mended in the night and nobody asked '.repeat(n).slice(0, n);

/** One round in the page that is shown: how long each key took to be painted, and how long the page heard nothing. */
async function typeRound(driver, below) {
  await driver.executeScript(toMiddle);
  await driver.executeScript(watch);
  const painted = async (n) => driver.wait(() => driver.executeScript((n) => window.seen.paints.length === n, n), patience, `${n} keys were never painted`);
  await type(driver, ` ${letters(N_WARM - 1)}`, below);
  await painted(N_WARM);
  await driver.executeScript(watch);
  await type(driver, letters(N_KEYS), below);
  await painted(N_KEYS);
  return driver.executeScript(() => window.seen);
}

/** Opens the first piece of the list and waits for the check. */
async function openPiece(driver, url) {
  await driver.get(url);
  await driver.wait(until.elementLocated(By.css('tr[data-id]')), patience, 'no piece is listed');
  await driver.actions().sendKeys(Key.ENTER).perform();
  await driver.wait(until.elementLocated(By.css('.cm-content .quote')), patience, 'no quote is underlined');
}

const pages = {
  async Stet(driver, { desk }) {
    await openPiece(driver, desk.url);
    desk.url = new URL('/', desk.url).href;
  },
  async bare(driver, { bare }) {
    await driver.get(bare);
    await driver.wait(until.elementLocated(By.css('.cm-content')), patience, 'no editor is shown');
  },
};

/** Rounds of the one and the other in turn, put together. */
async function typeBoth(driver, served, nRounds) {
  const all = { Stet: { paints: [], gaps: [] }, bare: { paints: [], gaps: [] } };
  const below = dice(7);
  for (let round = 0; round < nRounds; round++)
    for (const [name, show] of Object.entries(pages)) {
      await show(driver, served);
      const seen = await typeRound(driver, below);
      all[name].paints.push(...seen.paints);
      all[name].gaps.push(...seen.gaps);
      if (name === 'bare') continue;
      const line = await driver.executeScript(() => getComputedStyle(document.querySelector('.cm-content .quote')).textDecorationLine);
      assert.equal(line, 'underline', 'quotes are underlined while one types');
      all[name].nChecks = (all[name].nChecks ?? 0) + seen.nChecks;
    }
  assert.ok(all.Stet.nChecks > 0, 'live checks are answered while one types');
  return all;
}

function tellTyping(nWords, { Stet, bare }, isBarred) {
  const words = `${nWords.toLocaleString('en')} words`;
  for (const percent of [50, 99]) {
    const [its, peer] = [at(Stet.paints, percent), at(bare.paints, percent)];
    const bar = isBarred ? `≤ ${BAR_PEER} ${held(its <= BAR_PEER * peer)}` : percent === 99 ? `usable: < ${BAR_MS} ms ${held(its < BAR_MS)}` : '';
    tell(`${words}, key to paint, p${percent}`, `Stet ${ms(its)}, bare ${ms(peer)}, ratio ${(its / peer).toFixed(2)}`, bar);
  }
  const long = ({ gaps }) => gaps.filter((gap) => gap > BAR_LONG_MS).length;
  const figures = Object.entries({ Stet, bare }).map(([name, its]) => `${name} ${long(its)} (longest ${ms(Math.max(...its.gaps))})`);
  tell(`${words}, tasks over ${BAR_LONG_MS} ms`, figures.join(', '), isBarred ? `none ${held(long(Stet) === 0)}` : '');
  tell('', `${Stet.paints.length} keys each, ${Stet.nChecks} live checks among Stet's`);
}

/** Presses keys and gives how long the first paint took in which something stands. */
async function untilPaint(driver, css, words, press) {
  await driver.executeAsyncScript(untilShown, css, words);
  await press(driver.actions()).perform();
  return driver.wait(() => driver.executeScript(() => window.took), patience, `${css} was never painted`);
}

/** From screen to screen by Ctrl+1 … Ctrl+6, with the piece open. */
async function switchScreens(driver) {
  await driver.executeScript(watch);
  const times = [];
  const below = dice(11);
  for (let n = 0, last = 'draft'; n < 60; n++) {
    const others = screens.filter((name) => name !== last);
    last = others[below(others.length)];
    const key = String(screens.indexOf(last) + 1);
    const took = await untilPaint(driver, `main[aria-label="${last}"] *`, null, (actions) => actions.keyDown(Key.CONTROL).sendKeys(key).keyUp(Key.CONTROL));
    // The first time through warms the page up.
    if (n >= 12) times.push({ took, last });
    await driver.sleep(150);
  }
  return times;
}

/** A desk of many pieces, each with words of its own, and its notes. */
function deskOfMany(folder) {
  const its = path.join(folder, 'many');
  fs.mkdirSync(its);
  const files = [];
  for (let n = 0; n < N_PIECES; n++) {
    const { body } = copyOf(600, n + 1);
    files.push(path.join(its, `piece-${n}.md`));
    fs.writeFileSync(files.at(-1), `Piece ${n} begins here.\n\n${body}`);
  }
  const deskPath = path.join(its, 'desk.sqlite');
  importTo(deskPath, ...files);
  return deskPath;
}

/** Enter on rows of the list, here and there; the list as an editor has it, its quotes counted. */
async function openAny(driver, url) {
  await driver.get(url);
  await driver.wait(until.elementLocated(By.css('tr[data-id]')), patience, 'no piece is listed');
  await driver.executeScript(watch);
  const below = dice(13);
  const times = [];
  for (let n = 0; n < N_OPENED + 3; n++) {
    const name = await driver.executeAsyncScript(choose, below(N_PIECES));
    const words = `Piece ${name.replace('piece-', '')} begins here.`;
    const took = await untilPaint(driver, '.cm-line', words, (actions) => actions.sendKeys(Key.ENTER));
    if (n >= 3) times.push(took);
    await driver.sleep(300);
    await driver.actions().keyDown(Key.CONTROL).sendKeys('1').keyUp(Key.CONTROL).perform();
    await driver.wait(until.elementLocated(By.css('main[aria-label="desk"] tr[data-id]')), patience, 'the list is gone');
  }
  return times;
}

/** In the page: has the list draw a row however far down, and focuses it; gives its name. */
async function choose(at, done) {
  const rows = () => document.querySelectorAll('tr[data-id]');
  while (rows().length <= at) {
    document.querySelector('.more button').click();
    await new Promise((drawn) => requestAnimationFrame(drawn));
  }
  const row = rows()[at];
  row.focus();
  requestAnimationFrame(() => done(row.getAttribute('aria-label')));
}

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stet-typing-'));
  const opened = new Opened();
  try {
    console.log('== typing beside bare CodeMirror, in one web view');
    const driver = await openWebView(folder, opened);
    for (const [nWords, nRounds] of [[10_000, N_ROUNDS], [100_000, Math.ceil(N_ROUNDS / 3)]]) {
      const copy = copyOf(nWords);
      const served = { desk: { url: await serveDesk(stet, deskOf(folder, copy), opened) }, bare: await serveBare(folder, copy.body, opened) };
      tellTyping(nWords, await typeBoth(driver, served, nRounds), nWords === 10_000);
      if (nWords > 10_000) continue;
      await openPiece(driver, served.desk.url);
      const switched = await switchScreens(driver);
      const took = switched.map((one) => one.took);
      const worst = switched.reduce((a, b) => (b.took > a.took ? b : a));
      tell('screen switch', `p50 ${ms(at(took, 50))}, longest ${ms(worst.took)} (${worst.last})`, `< ${BAR_MS} ms ${held(worst.took < BAR_MS)}`);
    }
    const times = await openAny(driver, await serveDesk(stet, deskOfMany(folder), opened));
    tell(`opening any of ${N_PIECES.toLocaleString('en')} pieces`, `p50 ${ms(at(times, 50))}, longest ${ms(Math.max(...times))}`, `< ${BAR_MS} ms ${held(Math.max(...times) < BAR_MS)}`);
  } finally {
    await opened.close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

await main();
