// Pictures that come out the same on each run, and how far two of them part.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { openPage } from './room.mjs';
import { root } from './twin.mjs';

export const keptFolder = path.join(root, 'tests/page/looks');
export const outFolder = path.join(root, 'out/looks');
/** The command that keeps pictures as they are now. */
export const KEEP = 'UPDATE_LOOKS=1 node --test tests/page/looks.test.mjs';

// Letters are drawn a little differently from machine to machine: pixelmatch passes over their softened edges, and what is
// left of them is spread thin. What an editor would see is more: many pixels in one place (a button gone, a word moved), or
// a little of another shade in very many (a panel in another colour). A bar on the whole alone, as wide as letters need it,
// misses both: a button is 0.2 % of a picture. On one machine two runs part by nothing at all, a picture from its kept few
// colours by 1 in a square and 2 in shade; no kind of hinting adds to that. Letters set on whole pixels would, everywhere.
/** How far apart two colours must be to count as another, from 0 to 1; and as another shade. */
const CLEAR = 0.1;
const FAINT = 0.015;
/** So many pixels in the hundred may be clearly different, of the whole picture and of any square of it; and so many in shade. */
export const bars = { whole: 0.5, square: 4, shade: 4 };
/** Where letters are drawn by a font of the machine, since none that comes with Stet has them. */
export const looseBars = { whole: 3, square: 60, shade: 8 };
/** A square of the grid, in pixels a side. */
const SQUARE = 24;
/** How long the page may take to look as it did. */
const PATIENCE_MS = 6000;
/** Of a kept picture: what share of it a colour fills that stays as it is, however near another, and how far apart others are. */
const PLANE = 0.001;
const APART = 16;

/** The time of each picture. What the desk did a moment ago it did then. */
const NOW = Date.parse('2026-11-20T14:00:00Z');
/** Where the desk of each picture lies, as the page is told. */
const HOME = '/home/editor';

/**
 * A page on a fresh desk, with what differs from run to run made still: the page's clock stands; times and the folder in
 * what the core answers are told as if it ran by that clock, there; nothing moves, time zone and language are given.
 */
export function openStill(t, options = {}) {
  const beganAt = Date.now();
  return openPage(t, {
    ...options,
    context: { timezoneId: 'UTC', locale: 'en-GB', reducedMotion: 'reduce', colorScheme: 'light' },
    before: async (page, { folder }) => {
      await page.clock.setFixedTime(NOW);
      await page.addInitScript(tellStill, { beganAt, now: NOW, folder, home: HOME });
    },
  });
}

/** In the page, before anything of it runs: answers of the core name times by the standing clock, and one folder. */
function tellStill({ beganAt, now, folder, home }) {
  const DAY_MS = 86_400_000;
  // Within ten minutes all is the same moment, however busy the machine is. What lies far from today is no time of this run.
  const STEP_MS = 600_000;
  const still = (whole, at) => {
    const since_ms = Date.parse(at) - beganAt;
    return Math.abs(since_ms) > 4 * DAY_MS ? whole : `"${new Date(now + Math.round(since_ms / STEP_MS) * STEP_MS).toISOString()}"`;
  };
  const ask = globalThis.fetch;
  globalThis.fetch = async (address, order) => {
    const reply = await ask(address, order);
    if (address !== '/call') return reply;
    const said = (await reply.text())
      .replaceAll(/"(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00))"/g, still)
      // Some times are told in words of the core, by the clock of the machine.
      .replaceAll(/\bdue \d{1,2} \p{L}+ \d\d:\d\d/gu, 'due 20 November 16:00')
      .replaceAll(/("(?:old|new)Title":"[^"]*, )[^",]*\d\d:\d\d"/g, (_, before) => `${before}14:00"`)
      .replaceAll(folder, home);
    return new Response(reply.status === 204 ? null : said, { status: reply.status, headers: reply.headers });
  };
}

/** What is on the screen now, caret and motion left out. */
export async function shoot(page) {
  // The pointer would leave its own trace.
  await page.mouse.move(0, 0);
  return PNG.sync.read(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
}

/** What is on the screen once it stays as it is. */
export async function shootAtRest(page, patience_ms = 10_000) {
  const end = Date.now() + patience_ms;
  let last = null;
  for (;;) {
    const seen = await shoot(page);
    if (last !== null && seen.data.equals(last.data)) return seen;
    if (Date.now() > end) throw new Error('the page never came to rest');
    last = seen;
    await page.waitForTimeout(700);
  }
}

/**
 * How far what is seen parts from what was kept: pixels in the hundred, in shade, of the whole, and of the worst square;
 * whether that is within the bars, and a picture of the differences (none where the sizes differ).
 */
export function compare(kept, seen, { whole, square, shade } = bars) {
  const { width, height } = kept;
  if (seen.width !== width || seen.height !== height) return { isSame: false, share: 100, worst: 100, shades: 100, difference: null };
  const difference = new PNG({ width, height });
  const n_clear = pixelmatch(kept.data, seen.data, difference.data, width, height, { threshold: CLEAR, diffMask: true });
  const n_faint = pixelmatch(kept.data, seen.data, undefined, width, height, { threshold: FAINT });
  const perHundred = (n, of) => Math.round((n * 10_000) / of) / 100;
  const share = perHundred(n_clear, width * height);
  const shades = perHundred(n_faint, width * height);
  const worst = perHundred(mostInASquare(difference), SQUARE * SQUARE);
  return { isSame: share <= whole && worst <= square && shades <= shade, share, worst, shades, difference };
}

/** The most clearly different pixels in any square of the grid. */
function mostInASquare({ width, height, data }) {
  const across = Math.ceil(width / SQUARE);
  const counts = new Uint32Array(across * Math.ceil(height / SQUARE));
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      // Red is different; yellow is the edge of a letter.
      if (data[at + 3] > 0 && data[at + 1] === 0) counts[Math.floor(y / SQUARE) * across + Math.floor(x / SQUARE)]++;
    }
  return Math.max(...counts);
}

/**
 * Looks until the page shows the kept picture; fails with how it parts from it, where it never does. With `UPDATE_LOOKS`
 * keeps what is shown in its place. Gives null, or a line for an editor of the page.
 */
export async function look(page, name, bar = bars) {
  const file = path.join(keptFolder, `${name}.png`);
  const isKept = fs.existsSync(file);
  const kept = isKept ? PNG.sync.read(fs.readFileSync(file)) : null;
  const isUpdate = process.env.UPDATE_LOOKS === '1';
  if (kept === null && !isUpdate) return `${name}: no picture is kept. Keep it: ${KEEP}`;
  const end = Date.now() + (isUpdate ? 0 : PATIENCE_MS);
  for (;;) {
    const seen = isUpdate ? await shootAtRest(page) : await shoot(page);
    const found = kept && compare(kept, seen, bar);
    if (found?.isSame) return null;
    if (isUpdate) {
      fs.mkdirSync(keptFolder, { recursive: true });
      fs.writeFileSync(file, packed(seen));
      return null;
    }
    if (Date.now() > end) return tell(name, seen, found, bar);
    await page.waitForTimeout(200);
  }
}

/** Lays what was seen and the difference beside each other, and says so. */
function tell(name, seen, { share, worst, shades, difference }, bar) {
  fs.mkdirSync(outFolder, { recursive: true });
  fs.writeFileSync(path.join(outFolder, `${name}.png`), PNG.sync.write(seen));
  if (difference) fs.writeFileSync(path.join(outFolder, `${name}.difference.png`), PNG.sync.write(difference));
  return (
    `${name}: ${share} % of its pixels differ (${bar.whole} may), ${worst} % in the worst square (${bar.square}), ${shades} % in shade (${bar.shade}). ` +
    `See out/looks/${name}.png and ${name}.difference.png beside tests/page/looks/${name}.png. If it is meant to look so: ${KEEP}`
  );
}

/**
 * A picture as a PNG of few colours, a quarter of what a browser writes: some fifty have to lie in the repository, and
 * pictures of half the size would hide what is a pixel wide. Colours that fill anything stay exactly as they are, and so do
 * those of words; the softened edges of letters become the nearest of these.
 */
export function packed({ width, height, data }) {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const colours = [];
  for (const [pixel, count] of [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    if (colours.length === 256) break;
    if (count > PLANE * pixels.length || colours.every((colour) => distance(colour, pixel) > APART)) colours.push(pixel);
  }
  const places = new Map(colours.map((pixel, place) => [pixel, place]));
  const placeOf = (pixel) => {
    if (!places.has(pixel)) places.set(pixel, nearest(colours, pixel));
    return places.get(pixel);
  };
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = placeOf(pixels[y * width + x]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits, each the place of a colour.
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(colours.flatMap(bytesOf))),
    chunk('IDAT', zlib.deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Red, green and blue of a pixel as it lies in memory. */
const bytesOf = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];

function distance(one, other) {
  const [r, g, b] = bytesOf(one);
  const [x, y, z] = bytesOf(other);
  return Math.hypot(r - x, g - y, b - z);
}

function nearest(colours, pixel) {
  const distances = colours.map((colour) => distance(colour, pixel));
  return distances.indexOf(Math.min(...distances));
}

function chunk(kind, body) {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(zlib.crc32(named), named.length + 4);
  return whole;
}
