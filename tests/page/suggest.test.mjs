// Suggest mode: the piece stays as it is while it is changed, and what was suggested is accepted or rejected by another.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { select, suggestChanges } from './moments.mjs';
import { openPage, until } from './room.mjs';
import { stet } from './twin.mjs';

const gone = (page) => page.locator('.cm-content .suggested-gone').allInnerTexts();
const come = (page) => page.locator('.cm-content .suggested').allInnerTexts();

test('what is suggested is marked, outlives the next start, and handed over the piece is what it was', async (t) => {
  const desk = await openPage(t);
  const { page, press, openSample, goTo, deskPath } = desk;
  const show = () => stet('show', 'ferry-sale', '--desk', deskPath);
  await openSample();
  const was = show();
  await suggestChanges(desk);
  await until('what came is marked', async () => (await come(page)).join('|').includes('may'));
  assert.ok((await gone(page)).some((words) => words.startsWith('The line has run at a loss')), 'what went stands where it stood');

  await until('it is kept', () => show().includes('We may sell it by the spring'));
  await page.reload();
  await openSample();
  await page.getByText('Suggesting', { exact: true }).waitFor();
  await until('and marked at the next start', async () => (await come(page)).join('|').includes('may'));

  await goTo('export');
  await page.getByText('is suggested by Rosa Haddad', { exact: false }).waitFor();
  await goTo('draft');
  await press('Alt+g');
  await until('the piece is what it was', () => show() === was);
  await until('and nothing is marked', async () => (await come(page)).length === 0);

  await press('Alt+5');
  await page.getByRole('button', { name: 'What was handed over' }).press('Enter');
  const list = page.locator('aside[aria-label="Suggestions"]');
  await list.locator('.row', { hasText: 'will → may' }).click();
  await press('a');
  await until('what is accepted is the piece', () => show().includes('We may sell it by the spring'));
  assert.ok(show().includes('The line has run at a loss'), 'and nothing else is');
  assert.match(await list.locator('.row', { hasText: 'will → may' }).innerText(), /Rosa Haddad/);
});

test('one suggestion is taken back by key, and kept, the others are the piece', async (t) => {
  const desk = await openPage(t);
  const { page, press, openSample, deskPath } = desk;
  const show = () => stet('show', 'ferry-sale', '--desk', deskPath);
  await openSample();
  await suggestChanges(desk);
  await select(page, 'We may');
  await until('the hedge is the one at the caret', () => page.locator('[aria-label="What is suggested"] [aria-current="true"]', { hasText: 'will → may' }).isVisible());
  await press('Alt+z');
  await until('its words are back', () => show().includes('We will sell it by the spring'));
  assert.ok(!show().includes('The line has run at a loss'), 'the others stand');
  await press('Alt+Shift+G');
  await page.getByText('Suggesting', { exact: true }).waitFor({ state: 'hidden' });
  assert.ok(show().includes('is not for sale') && !show().includes('The line has run at a loss'));
});

test('of two suggestions that read alike the one at the caret is taken back', async (t) => {
  const desk = await openPage(t);
  const { page, press, openSample, deskPath } = desk;
  const show = () => stet('show', 'ferry-sale', '--desk', deskPath);
  await openSample();
  await suggestChanges(desk);
  for (const [was, words] of [['The boat is thirty-four', 'The ship is thirty-four'], ['A new boat', 'A new ship']]) {
    await select(page, was);
    await press('Delete');
    await page.keyboard.type(words);
  }
  await until('both are told', async () => (await page.locator('[aria-label="What is suggested"] .row', { hasText: 'boat → ship' }).count()) === 2);
  await select(page, 'A new ship');
  await press('Alt+z');
  await until('its words are back', () => show().includes('A new boat would cost'));
  assert.ok(show().includes('The ship is thirty-four'), 'the other stands');
});
