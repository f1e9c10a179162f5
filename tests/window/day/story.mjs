// What the day is about: a story of twenty quotes and the six notes behind it. All people in it are invented.
import fs from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { stet } from '../window.mjs';

export const slug = 'orrin-weir';
/** A confidential source, and what was said off the record: nothing that goes out may hold either. */
export const withheld = ['Quillfeather', 'walked off in June'];

const piece = `---
slug: ${slug}
hed: Village waits on its weir
dek: The county says the sluice is safe; the miller has stopped his wheel
byline: Ada Roe
dateline: ORRIN BRIDGE
---
The weir at Orrin Bridge has held back the river since 1871, and this winter the village asks for how long yet.

“The sluice will not fail this winter,” said Maud Tennick, the county engineer. “We measured it twice in September,” Tennick said. “Both gates moved, and both gates closed,” she said.

Nine steel pins hold the frame. “We replaced seven of the nine pins,” Tennick said. “The other two are on order,” she said.

Piet Arroway, who runs the mill, stopped his wheel in August. “I stopped the wheel because the frame was shaking,” Arroway said. “Nobody from the county asked me why,” he said. “My father would have closed the road,” Arroway said. “I grind forty sacks a week, and now I grind none,” he said.

Sefa Lindqvist, the river warden, wrote to the county in May. “The eels have stopped at the lower step,” Lindqvist wrote in a letter. “We counted 312 fish in April and eleven in May,” Lindqvist wrote. “A weir that leaks is kinder to a river than a weir that breaks,” she wrote. “I have asked for the plans and had no answer,” Lindqvist wrote.

On Tuesday evening the village met in the school. “The county must pay for the road,” said Corin Vale, who chaired the meeting. “We have waited long enough,” Vale said. “I live below it and I do not sleep,” said Nell Osgood, a baker. “My cellar filled twice last winter,” Osgood said.

The frame was never tested under load, said a foreman, who cannot be named. He said nobody had asked for a test.

A new weir would cost TK million. Tennick said the county would decide in March.

The road above the weir is open until further notice. The shop beside it sells soup whilst the office recieves visitors.
`;

/** The notes that come as files; the sixth is written in the window. */
const notes = {
  'tennick.md': `---
source: Maud Tennick
kind: interview
where: county hall
said_at: 2026-11-10
terms: on the record
aliases: Tennick; county engineer
---
The sluice may not fail this winter. We sleep if the rain is kind to us. We measured it twice in September. Both gates moved, and both gates closed.

We replaced seven of the nine pins. The other two are on order. The county decides in March.
`,
  'aside.md': `---
source: Maud Tennick
kind: call
said_at: 2026-11-12
terms: off the record
---
Between us, the contractor walked off in June and took the drawings along.
`,
  'foreman.md': `---
source: Hollis Quillfeather
kind: interview
said_at: 2026-11-13
terms: background, as a foreman
confidential: true
aliases: foreman
---
The frame was never tested under load. Nobody asked for a test. Keep my name out of this.
`,
  'lindqvist.eml': `From: Sefa Lindqvist <sefa@river.example>
To: Ada Roe <ada@paper.example>
Subject: The weir
Date: Wed, 11 Nov 2026 09:30:00 +0000
Content-Type: text/plain; charset=utf-8

The eels have stopped at the lower step. We counted 321 fish in April and eleven in May.

A weir that leaks is kinder to a river than a weir that breaks. I have asked for the plans and had no answer.
`,
  'meeting.srt': `1
00:00:01,000 --> 00:00:06,000
Corin Vale: The county must pay for the road.

2
00:00:07,000 --> 00:00:11,000
Corin Vale: We have waited long enough.

3
00:00:12,000 --> 00:00:18,000
Nell Osgood: I live below it and I do not sleep.

4
00:00:19,000 --> 00:00:24,000
Nell Osgood: My cellar was filled twice last winter.
`,
};

/** The note that is written in the window. */
export const call = {
  source: 'Piet Arroway',
  text: 'I stopped the wheel because the frame was shaking. Nobody from the county asked me why. My father would have closed the road. I grind forty sacks a week, and now I grind none.',
};

const write = (file, words) => (fs.writeFileSync(file, words), file);

/** The story as its writer sends it: a Word file in which a year was changed, and the change tracked. */
export function writeWordFile(folder) {
  const [before, after] = [piece.replace('since 1871', 'since 1870'), piece].map((words, at) => write(path.join(folder, `story-${at}.md`), words));
  const file = path.join(folder, `${slug}.docx`);
  stet(['diff', before, after, '--docx', file, '--author', 'Ada Roe']);
  return file;
}

/** The notes as files. */
export const writeNotes = (folder) => Object.entries(notes).map(([name, words]) => write(path.join(folder, name), words));

/** A desk with much on it, all of it invented and none of it about the weir. */
export function fillDesk(folder, desk, nPieces, nNotes) {
  const things = 'tide harbour ferry lock river field market tower school vote budget storm season crew boat yard rope chart'.split(' ');
  const some = (seed, n) => Array.from({ length: n }, (_, at) => things[(seed * 7 + at * at * 3 + at * seed) % things.length]).join(' ');
  const make = (name, n, words) => {
    const into = path.join(folder, name);
    fs.mkdirSync(into);
    return Array.from({ length: n }, (_, at) => write(path.join(into, `${name}-${at}.md`), words(at)));
  };
  const pieces = make('report', nPieces, (n) => `---\nhed: Report ${n} on the ${some(n, 2)}\n---\nThe ${some(n, 12)}.\n\n“We count the ${some(n, 6)},” said Reporter ${n % 97} of the ${some(n + 1, 3)}.\n`);
  make('call', nNotes, (n) => `---\nsource: Witness ${n % 400}\nkind: call\nsaid_at: 2026-10-${String(1 + (n % 28)).padStart(2, '0')}\nterms: on the record\n---\nWe saw the ${some(n, 14)} at number ${n}.\n`);
  stet(['import', ...pieces, '--desk', desk], { maxBuffer: 1 << 26 });
  stet(['import', path.join(folder, 'call'), '--notes', '--desk', desk], { maxBuffer: 1 << 26 });
}

/** What a file holds, all parts of it: the entries of a package are unpacked. */
export function wordsOf(file) {
  const bytes = fs.readFileSync(file);
  if (bytes.readUInt32LE(0) !== 0x04034b50) return bytes.toString();
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'));
  const parts = [];
  for (let at = bytes.readUInt32LE(end + 16); bytes.readUInt32LE(at) === 0x02014b50; at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)) {
    const [isPacked, size, from] = [bytes.readUInt16LE(at + 10) === 8, bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
    const start = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
    const packed = bytes.subarray(start, start + size);
    parts.push(isPacked ? inflateRawSync(packed) : packed);
  }
  return Buffer.concat(parts).toString();
}
