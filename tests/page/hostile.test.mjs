// Text that was written to do harm, in a real browser: nothing in it runs, nothing is fetched, and what is hidden is shown.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';
import { root, stet } from './twin.mjs';

/** The attacks of `tests/hostile/attacks.txt`, as they would be typed. */
const attacks = fs
  .readFileSync(path.join(root, 'tests/hostile/attacks.txt'), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('= ') && !/^# (What|A script) /.test(line))
  .map((line) => line.replace(/\\(?:u\{([0-9a-f]+)\}|(.))/gi, (_, code, c) => (code ? String.fromCodePoint(parseInt(code, 16)) : c === 'n' ? '\n' : c)));
const flat = attacks.map((attack) => attack.replaceAll('\n', ' '));
const piece = [`# ${flat[3]} ${flat[5]}`, `*${flat[22]} ${flat[71]}*`, `By ${flat[2]}`, ...attacks, ...flat.filter((_, n) => n % 4 === 0).map((attack) => `“${attack} may be sold by the spring,” Ines Eze said.`)].join('\n\n');
const note = (n) => `---\nsource: ${flat[n]}\nkind: ${flat[n + 1]}\nwhere: ${flat[n + 2]}\nterms: ${n % 2 ? flat[n] : 'on the record'}\n---\n${flat.map((attack) => `${attack} might be sold by the spring.`).join('\n\n')}\n`;

/** A desk with all of it, in every place. */
function prepare(deskPath, folder) {
  const write = (name, text) => (fs.writeFileSync(path.join(folder, name), text), path.join(folder, name));
  stet('import', write('hostile.md', piece.replace(/Ines/g, 'Ada')), '--desk', deskPath);
  stet('import', write('again.md', piece), '--into', 'hostile', '--desk', deskPath);
  stet('import', ...[0, 31, 90].map((n) => write(`note${n}.md`, note(n))), '--notes', '--desk', deskPath);
}

const isHit = (page) => page.evaluate(() => 'hit' in globalThis);

test('hostile text runs nothing and fetches nothing on any screen', async (t) => {
  const desk = await openPage(t, { prepare });
  const { page, press, goTo } = desk;
  const policy = (await (await page.request.get(new URL('/', desk.url).href)).headers())['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-eval|unsafe-inline|\*|https?:/, 'the policy lets nothing in from outside');
  await page.getByRole('row', { name: 'hostile' }).first().waitFor();
  await press('Enter');
  await page.locator('.cm-content').focus();
  await until('hidden characters are shown', async () => (await page.locator('.cm-specialChar').count()) > 0 || (await press('PageDown'), false));
  await until('its quotes are read', async () => !/Reading the quotes/.test(await desk.text('main')), 60_000);
  for (const screen of ['check', 'compare', 'sources', 'export', 'draft', 'desk']) {
    await goTo(screen);
    await page.waitForTimeout(500);
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await press(key);
    if (screen === 'sources') for (const row of await page.locator('nav[aria-label="Notes"] li button').all()) await row.click();
    assert.ok(!(await isHit(page)), `${screen}: no script ran`);
  }
  await goTo('export');
  await page.locator('.gate h2').waitFor();
  assert.match(await desk.text('.gate'), /invisible/i, 'the gate warns of what nobody sees');
  for (const key of ['1', '2', '3', '4', '5']) {
    await page.locator('.preview .out').focus();
    await press(key);
    await page.waitForTimeout(700);
    await press('v');
    await page.waitForTimeout(200);
    await press('v');
    assert.ok(!(await isHit(page)), `target ${key}: no script ran`);
  }
  await goTo('desk');
  await page.evaluate(() => document.activeElement?.blur());
  await press('/');
  await page.locator('dialog[open] [role="combobox"]').fill('script');
  await until('the search answers', async () => /script/.test(await desk.text('dialog[open]')));
  assert.ok(!(await isHit(page)), 'the search runs nothing');
  await press('Escape');
});

test('every page that goes out runs nothing and fetches nothing when it is opened', async (t) => {
  const { context, folder, deskPath } = await openPage(t, { prepare });
  const pages = ['html', 'proof'].map((format) => {
    const file = path.join(folder, `out.${format}.html`);
    stet('export', 'hostile', '--as', format, '-o', file, '--force', '--why', 'a test', '--by', 'SB', '--desk', deskPath);
    return file;
  });
  const first = JSON.parse(stet('log', 'hostile', '--json', '--desk', deskPath)).revisions.at(-1).id;
  pages.push(path.join(folder, 'changes.html'));
  stet('diff', `hostile@${first}`, 'hostile', '--html', pages.at(-1), '--desk', deskPath);
  const sheet = await context.newPage();
  const asked = [];
  const said = [];
  sheet.on('request', (request) => asked.push(request.url()));
  sheet.on('dialog', (dialog) => (said.push(dialog.message()), dialog.dismiss()));
  sheet.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  for (const file of pages) {
    await sheet.goto(`file://${file}`);
    await sheet.waitForTimeout(500);
    // Hovered and focused, as a reader would.
    const targets = await sheet.locator('a[href]').evaluateAll((links) =>
      links.map((link) => {
        for (const name of ['mouseover', 'pointerenter', 'focus']) link.dispatchEvent(new Event(name, { bubbles: true }));
        return link.getAttribute('href');
      }),
    );
    for (const target of targets) assert.match(target, /^(https?:|mailto:|tel:|#)/);
    assert.ok(!(await isHit(sheet)), `${path.basename(file)}: no script ran`);
    assert.equal(sheet.url().split('#')[0], `file://${file}`, 'it leads nowhere by itself');
  }
  assert.deepEqual(asked, pages.map((file) => `file://${file}`), 'nothing else was asked for');
  assert.deepEqual(said, [], 'nothing was said, and no policy had to refuse anything');
});
