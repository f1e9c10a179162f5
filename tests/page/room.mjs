// What the page tests share: a desk of its own for each test, one browser for each file, and the words to ask with.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { launch, openTwin, stet } from './twin.mjs';

const screens = ['desk', 'draft', 'check', 'compare', 'sources', 'export'];
let browser = null;
after(() => browser?.close());

/**
 * A page on a fresh desk with the sample, closed with the test. Whatever the test does, the page must not complain and
 * must ask nobody but this machine; `refusals` are commands the core may refuse, which the browser calls an error.
 */
export async function openPage(t, { refusals = [], ...options } = {}) {
  browser ??= await launch();
  const twin = await openTwin({ ...options, browser });
  const { page, deskPath } = twin;
  t.after(async () => {
    const strangers = twin.requests.filter((url) => !/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(url));
    const refused = twin.refused.filter((name) => !refusals.includes(name));
    const complaints = twin.complaints.filter((words) => !/Failed to load resource/.test(words));
    await twin.close();
    assert.deepEqual(strangers, [], 'the page asks nobody but this machine');
    assert.deepEqual(refused, [], 'the core refuses only what the test makes it refuse');
    assert.deepEqual(complaints, [], 'no script error and no refused policy');
  });
  return {
    ...twin,
    /** Presses keys one after the other. */
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    /** Goes by key, once no dialog holds the keys: one that was just answered closes when the core has answered too. */
    async goTo(screen) {
      await page.locator('dialog[open]').waitFor({ state: 'hidden' });
      await page.keyboard.press(`Control+${screens.indexOf(screen) + 1}`);
      await page.locator(`main[aria-label="${screen}"]`).waitFor();
    },
    /** The sample piece, open, its quotes read. */
    async openSample() {
      // A start leads back to where the page was; what is pressed before that is nobody's.
      await page.locator('main').first().waitFor();
      await page.keyboard.press('Control+1');
      await page.getByRole('row', { name: 'ferry-sale' }).first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.cm-content .quote').first().waitFor();
    },
    /** Puts the caret at the end of the body. */
    async writeAtEnd(words) {
      await page.locator('.cm-content').focus();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(words);
    },
    text: (css = 'main') => page.locator(css).first().innerText(),
    isSaved: async () => /^saved/.test(await page.locator('header .saved').innerText()),
    /** The body of a piece as the desk file has it. */
    show: (slug = 'ferry-sale') => stet('show', slug, '--desk', deskPath),
    drafts: (...more) => JSON.parse(stet('drafts', '--desk', deskPath, '--json', ...more)).drafts,
    /** Gives files to a hidden file field, as the file dialog would. */
    give: (label, ...files) =>
      page.locator(`input[type="file"][aria-label="${label}"]`).setInputFiles(
        files.map(([name, text]) => ({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) })),
      ),
  };
}

/** Waits until something holds, asking again; fails with what was awaited. */
export async function until(what, ask, patience_ms = 10000) {
  const end = Date.now() + patience_ms;
  let last;
  for (;;) {
    last = await Promise.resolve().then(ask).catch((error) => void (last = error));
    if (last) return last;
    if (Date.now() > end) assert.fail(`never came true: ${what}`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
