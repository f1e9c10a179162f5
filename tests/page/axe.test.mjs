// axe finds nothing to mend, and all words and marks can be seen: every screen and moment, light and dark. `node tests/page/axe.mjs` prints the table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit, states } from './axe.mjs';
import { openPage } from './room.mjs';

/** What some moments have refused on purpose. */
const refused = (name) =>
  /^locked|wreck|damaged|salvaged/.test(name)
    ? ['desk', 'unlock', 'list_drafts', 'list_events', 'check_draft', 'open_draft', 'indexing', 'count_quotes', 'survey']
    : ['save_draft', 'export', 'look_at_file', ...(name === 'draft-beside-trouble' ? ['open_draft'] : [])];

for (const [name, lead] of Object.entries(states))
  test(`axe has nothing against ${name}, and its words and marks can be seen, light and dark`, async (t) => {
    const desk = await openPage(t, { refusals: refused(name) });
    await lead(desk);
    for (const { colorScheme, lines } of await audit(desk.page)) assert.deepEqual(lines, [], `${name}, ${colorScheme}`);
    const headings = await desk.page.evaluate(() => document.querySelectorAll('h1').length);
    assert.equal(headings, 1, `${name}: one heading says where one is`);
  });
