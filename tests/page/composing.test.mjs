// Words that are composed: dead keys, input methods, emoji. What the page does meanwhile must not break them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, until } from './room.mjs';

/** An input method of the browser: what it shows while it composes, and what it commits. */
async function inputMethod({ context, page }) {
  const session = await context.newCDPSession(page);
  return {
    show: (text) => session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }),
    commit: (text) => session.send('Input.insertText', { text }),
  };
}
const body = (page) => page.locator('.cm-content').innerText();
const count = (text, words) => text.split(words).length - 1;

/** Composes にほん step by step and commits it as 日本, slowly enough that the page saves and checks meanwhile. */
async function compose(page, method) {
  for (const text of ['に', 'にほ', 'にほん']) {
    await method.show(text);
    await page.waitForTimeout(700);
    assert.equal(count(await body(page), text), 1, `${text} is shown, once`);
  }
  await method.commit('日本');
}

test('what is composed inside a quote is shown, committed once and saved once, while the page saves and checks', async (t) => {
  const twin = await openPage(t);
  const { page, press, openSample, show } = twin;
  await openSample();
  const method = await inputMethod(twin);
  await page.locator('.cm-content').focus();
  await press('Control+Home');
  await page.getByText('by the spring').first().click();
  await compose(page, method);
  await until('it is saved once', () => count(show(), '日本') === 1);
  assert.equal(/[にほん]/.test(show()), false, 'nothing on the way is left');
  await page.keyboard.type(' here');
  await until('typing goes on behind it', () => show().includes('日本 here'));
  await press('Control+z');
  await until('it is undone as one', () => !show().includes('日本'));
});

test('what is composed in suggest mode is one suggestion', async (t) => {
  const twin = await openPage(t);
  const { page, press, openSample, writeAtEnd } = twin;
  await openSample();
  await press('Control+Shift+e');
  await page.getByRole('dialog').locator('input').first().fill('Ana Pires');
  await press('Enter');
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  await page.locator('.cm-content').focus();
  await press('Alt+g');
  await page.getByText('You suggest').or(page.locator('.suggesting')).first().waitFor();
  await writeAtEnd(' ');
  const method = await inputMethod(twin);
  await compose(page, method);
  await until('it is marked as suggested', async () => (await page.locator('.cm-content .suggested').allInnerTexts()).join('').trim() === '日本');
  assert.equal(count(await body(page), '日本'), 1);
  assert.equal(/[にほん]/.test(await body(page)), false);
});

test('dead keys and emoji come in as they are, and a straight mark by a dead key is curly', async (t) => {
  const twin = await openPage(t);
  const { page, openSample, show, writeAtEnd } = twin;
  await openSample();
  const method = await inputMethod(twin);
  await writeAtEnd(' caf');
  await method.show('´');
  await method.commit('é');
  await page.keyboard.type(' ');
  await method.commit('👩‍🚒');
  await page.keyboard.type(' ');
  await method.show('"');
  await method.commit('"');
  await page.waitForTimeout(200);
  await page.keyboard.type('yes');
  await method.show('"');
  await method.commit('"');
  await until('all of it is kept', () => /café 👩‍🚒 “yes”/.test(show()));
});
