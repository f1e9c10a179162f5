// The page in a real browser, through the loopback twin (`stet serve`).
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { chromium } from 'playwright-core';

export const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(process.env.STET_PROGRAMS ?? path.join(root, 'target/debug'), 'stet');

/** What `stet` prints, as text. Exit 1 (an editor is needed) is no failure. */
export function stet(...args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8' });
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw error;
  }
}

/** A browser that says nothing to anybody by itself. */
export function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** The page on a desk, served on the loopback; the desk's folder is its home. The address works once. */
export async function serve(program, deskPath) {
  const home = path.dirname(deskPath);
  const server = spawn(program, ['serve', '--desk', deskPath, '--port', '0', '--ui', path.join(root, 'ui/dist')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HOME: home, XDG_DATA_HOME: home },
  });
  const url = await new Promise((found, failed) => {
    readline.createInterface({ input: server.stdout }).on('line', (line) => {
      const match = line.match(/http:\/\/127\.0\.0\.1:\d+\/\S*/);
      if (match) found(match[0]);
    });
    server.on('exit', (code) => failed(new Error(`stet serve stopped with ${code}`)));
  });
  return { server, url };
}

/**
 * A desk served on the loopback, and a browser on it, `options.browser` or its own. `close()` ends both and removes the
 * folder. `options.before` is called with the page before it goes anywhere.
 */
export async function openTwin(options = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stet-page-'));
  const deskPath = path.join(folder, 'desk.sqlite');
  options.prepare?.(deskPath, folder);
  const { server, url } = await serve(program, deskPath);
  const browser = options.browser ?? (await launch());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options.context });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const requests = [];
  const refused = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('response', (response) => response.status() >= 400 && refused.push(nameOf(response.request())));
  await options.before?.(page, { folder });
  await page.goto(url);
  // A key pressed before there is anything on the screen is nobody's.
  await page.locator('main').first().waitFor();
  return {
    page,
    context,
    folder,
    deskPath,
    url,
    /** What the page complained of: script errors and refused policies. */
    complaints,
    /** Every address that was asked for. */
    requests,
    /** Every command that was refused, by name; anything else by its address. */
    refused,
    async close() {
      await context.close();
      if (!options.browser) await browser.close();
      server.kill();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function nameOf(request) {
  return request.url().endsWith('/call') ? request.postDataJSON().name : request.url();
}

/** Shows the page light or dark, and waits until its colours have come to rest. */
export async function showIn(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  // Transitions begin with the frame behind the change.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.waitForFunction(() => document.getAnimations().every((moving) => !(moving instanceof CSSTransition)));
}
