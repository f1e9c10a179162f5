// What each key does, screen by screen, as the page binds them, and whether one key does two things on a screen.
import fs from 'node:fs';
import path from 'node:path';

const table = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../../ui/help/keys.json'), 'utf8'));
const everywhere = table.all.flatMap(({ key }) => key.split(' '));
let nActions = 0;
const doubled = [];
for (const [screen, rows] of Object.entries(table)) {
  console.log(`\n${screen === 'all' ? 'everywhere' : screen}`);
  const taken = new Set(screen === 'all' ? [] : everywhere);
  for (const { key, label } of rows) {
    console.log(`  ${key.padEnd(24)} ${label}`);
    nActions += 1;
    for (const each of key.split(' ')) {
      if (taken.has(each)) doubled.push(`${screen}: ${each}`);
      taken.add(each);
    }
  }
}
console.log(`\n${nActions} actions, each with a key; ${doubled.length} keys that do two things on one screen${doubled.map((each) => `\n  ${each}`).join('')}`);
process.exitCode = doubled.length > 0 ? 1 : 0;
