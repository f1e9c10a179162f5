// What of a page can be reached with a mouse: seen, or scrolled to, and nothing over it.

/**
 * The buttons, fields and text boxes that lie out of the window and in no box that can be scrolled to them, those with
 * something over their middle, and words at the side of the window; a line each. Only boxes an editor can scroll are
 * scrolled. Run in the page.
 */
export function outOfReach() {
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const all = top.querySelectorAll('button, a[href], input, select, textarea, summary, [role="slider"], [contenteditable="true"]');
  const boxesOf = (one) => {
    const boxes = [];
    for (let each = one.parentElement; each && each !== document.documentElement; each = each.parentElement) boxes.push(each);
    return boxes;
  };
  const can = (overflow) => overflow === 'auto' || overflow === 'scroll';
  const within = (a, b) => ({ left: Math.max(a.left, b.left), top: Math.max(a.top, b.top), right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom) });
  /** What is to be hit: of a field that is drawn by its label, the label. */
  const drawn = (one) => (one.matches('[type="radio"], [type="checkbox"]') ? (one.closest('label') ?? one) : one);
  const found = [];
  for (const each of all) {
    const one = drawn(each);
    if (one.closest('.unseen, .skip, [inert]') || !one.checkVisibility({ visibilityProperty: true })) continue;
    const boxes = boxesOf(one);
    const stood = boxes.map((box) => [box, box.scrollLeft, box.scrollTop]);
    for (const box of boxes) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const [mine, its] = [one.getBoundingClientRect(), box.getBoundingClientRect()];
      if (can(overflowX)) box.scrollLeft += (mine.left + mine.right - its.left - its.right) / 2;
      if (can(overflowY)) box.scrollTop += (mine.top + mine.bottom - its.top - its.bottom) / 2;
    }
    const mine = one.getBoundingClientRect();
    let room = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    for (const box of boxes) if (getComputedStyle(box).overflow !== 'visible') room = within(room, box.getBoundingClientRect());
    const seen = within(mine, room);
    // What is larger than its room must fill it; anything else is seen whole.
    const fits = (from, to, size, of) => to - from > 0 && to - from >= Math.min(size, of) - 2;
    const isIn = fits(seen.left, seen.right, mine.width, room.right - room.left) && fits(seen.top, seen.bottom, mine.height, room.bottom - room.top);
    const hit = isIn ? document.elementFromPoint((seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2) : null;
    const name = (what) => `${what.tagName.toLowerCase()}.${String(what.className)} “${(what.getAttribute('aria-label') || what.innerText || '').slice(0, 40).replaceAll('\n', ' ')}”`;
    const at = [mine.left, mine.top, mine.right, mine.bottom].map(Math.round).join(' ');
    if (!isIn) found.push(`out of the window: ${name(one)} at ${at}`);
    else if (!hit || !(one.contains(hit) || hit.closest('label')?.control === one)) found.push(`covered: ${name(one)} at ${at} by ${hit ? name(hit) : 'nothing'}`);
    for (const [box, left, above] of stood) Object.assign(box, { scrollLeft: left, scrollTop: above });
  }
  for (const one of top.querySelectorAll('h1, h2, h3, p, li, td, dd, pre, article, aside')) {
    if (one.closest('.unseen') || !one.checkVisibility({ visibilityProperty: true }) || boxesOf(one).some((box) => can(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth)) continue;
    const { left, right } = one.getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1) found.push(`at the side of the window: ${one.tagName.toLowerCase()} “${one.innerText.slice(0, 40)}”, ${Math.round(left)} to ${Math.round(right)}`);
  }
  return found;
}
