// What the bench of typing writes on: news-like copy that is the same each time, with people who speak and the notes of it.

const subjects = ['The harbour office', 'A clerk of the county', 'The night ferry', 'Her deputy', 'The boatmen’s union', 'An auditor'];
const verbs = ['opened', 'counted', 'delayed', 'mended', 'weighed', 'described', 'withdrew', 'published'];
const objects = ['the ledger of the north berth', 'a plan for the winter timetable', 'forty crates of rope', 'the minutes of the meeting', 'an offer nobody had asked for'];
const people = ['Ines Eze', 'Marta Lund', 'Paul Okoro', 'Jean Weiss', 'Ada Brandt', 'Tom Varga', 'Lena Sato', 'Omar Quist'];
const openings = ['We have counted', 'Nobody here will sign', 'They were told about', 'I would not trust', 'It took a year to find', 'You can still see'];
const places = ['the old berth', 'the county road', 'the lower quay', 'the second shed', 'the bank in town', 'the winter fund', 'the new crane'];
const ends = ['and it changes nothing', 'because the numbers are wrong', 'before the ice comes', 'whatever the mayor says', 'for the first time in years'];

/** Numbers from 0 to below `n`, the same for the same seed. */
export function dice(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/**
 * A piece of at least `nWords` words, somebody speaking in every other graf, and a note of each of them. Of six
 * passages one stands altered in its note and one in none, so that a check has something to say.
 */
export function copyOf(nWords, seed = 1) {
  const below = dice(seed);
  const pick = (words) => words[below(words.length)];
  const told = () => `${pick(subjects)} ${pick(verbs)} ${pick(objects)}.`;
  const said = new Map(people.map((name) => [name, []]));
  const grafs = [];
  for (let n = 0; n < nWords; ) {
    let graf = `${told()} ${told()} ${told()} ${told()} ${told()}`;
    if (grafs.length % 2 === 1) {
      const name = pick(people);
      const words = `${pick(openings)} ${pick(places)} ${below(900) + 100} times ${pick(ends)}`;
      graf = `“${words},” ${name} said. ${told()} ${told()} ${told()}`;
      const kind = below(6);
      if (kind > 0) said.get(name).push(kind === 1 ? words.replace('the ', 'the whole ') : words);
    }
    grafs.push(graf);
    n += graf.split(' ').length;
  }
  const notes = [...said].map(([name, words]) => ({
    name,
    text: `---\nsource: ${name}\nkind: call\nsaid_at: 2026-11-10\nterms: on the record\n---\n${words.map((one) => `${one}.`).join('\n\n')}\n`,
  }));
  return { body: `${grafs.join('\n\n')}\n`, notes };
}
