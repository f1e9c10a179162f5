// How well words and marks can be seen: contrast as WCAG 2 counts it, over the colours the browser computes.

/** Words need so much. */
export const ENOUGH = 4.5;
/** And so much what one must see to know a control or how it stands: an edge, a ring, a sign, an underline. */
export const ENOUGH_FOR_MARKS = 3;

/**
 * The words that are shown and the marks, each with its contrast, the faintest first; what is disabled, unseen, veiled on
 * purpose or fading until the next check is let be. Run in the page.
 *
 * Marks are underlines and strikes, edges all around a control and bars at its side, signs (drawn, or a character that
 * is neither letter nor number), shadows that are lines, and the ring of the focus around all that can have it.
 */
export function contrasts() {
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((each, n) => each * a + below[n] * (1 - a));
  const groundOf = (one) => {
    const layers = [];
    for (let each = one; each; each = each.parentElement) layers.push(read(getComputedStyle(each).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((each) => (each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const opacityOf = (one) => (one ? Number(getComputedStyle(one).opacity) * opacityOf(one.parentElement) : 1);
  const contrast = (one, colour) => {
    const ground = groundOf(one);
    const [r, g, b, a] = read(colour);
    const [x, y] = [light(over([r, g, b, a * opacityOf(one)], ground)), light(ground)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const hasNoColour = (colour) => read(colour)[3] === 0;
  const isLet = (one) => one.closest(':disabled, .veiled, .unseen, .skip, option');
  const isSeen = (one) => !isLet(one) && one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const [words, marks] = [new Map(), new Map()];
  /** Against any of the grounds: an edge is told from what is around it or from what is inside. */
  const note = (found, one, what, colour, ...grounds) => {
    if (!isSeen(one) || hasNoColour(colour)) return;
    const name = `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''}: ${what}`;
    const ratio = Math.round(Math.max(...(grounds.length > 0 ? grounds : [one]).map((ground) => contrast(ground, colour))) * 100) / 100;
    found.set(name, Math.min(ratio, found.get(name) ?? Infinity));
  };
  const isWord = (text) => /[\p{L}\p{N}]/u.test(text);
  const isSign = (text) => !isWord(text) && /[^\s\p{P}]|[#*&@§†•]/u.test(text);
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const one = text.parentElement;
    if (isWord(text.data) && !one.closest('[aria-hidden="true"]')) note(words, one, `“${text.data.trim().slice(0, 40)}”`, getComputedStyle(one).color);
    else if (isSign(text.data)) note(marks, one, `the sign ${text.data.trim().slice(0, 10)}`, getComputedStyle(one).color);
  }
  for (const box of top.querySelectorAll('input, textarea, select')) {
    if (box.value) note(words, box, `“${box.value.trim().slice(0, 40)}”`, getComputedStyle(box).color);
    else if (box.placeholder) note(words, box, `“${box.placeholder.slice(0, 40)}”`, getComputedStyle(box, '::placeholder').color);
  }
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter(({ selectorText, style }) => selectorText?.includes(':focus-visible') && style.outlineOffset.startsWith('-'));
  const isRingInside = (one) => rules.some(({ selectorText }) => one.matches(selectorText.replaceAll(':focus-visible', '')));
  const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent');
  for (const one of top.querySelectorAll('*')) {
    const style = getComputedStyle(one);
    const isDrawn = one.closest('svg') !== null;
    if (one.matches('svg')) note(marks, one, 'a sign', style.color, one.parentElement);
    if (isDrawn) continue;
    if (style.textDecorationLine !== 'none' && one.textContent.trim() && !one.matches('.is-faded')) note(marks, one, style.textDecorationLine, style.textDecorationColor);
    for (const shadow of style.boxShadow.split(/,(?![^(]*\))/)) {
      const [, colour, lengths] = shadow.trim().match(/^(.*\)) (.*)$/) ?? [];
      const [x, y, blur, spread] = (lengths ?? '').split(' ').map(parseFloat);
      if (colour && blur === 0 && spread === 0 && Math.abs(x) + Math.abs(y) > 1 && colour !== style.backgroundColor) note(marks, one, 'a line of shadow', colour);
    }
    const canBePressed = one.matches('button, input, textarea, select, a[href], [role="slider"], [tabindex="0"], [contenteditable="true"]');
    if (!canBePressed) continue;
    note(marks, one, 'the ring', accent, isRingInside(one) ? one : one.parentElement);
    if (!one.matches('button, input:not([type="radio"], [type="checkbox"]), textarea, select, [role="slider"]')) continue;
    const sides = ['Top', 'Right', 'Bottom', 'Left'].map((side) => ({ width: parseFloat(style[`border${side}Width`]), colour: style[`border${side}Color`] }));
    const isBox = sides.filter(({ width, colour }) => width > 0 && !hasNoColour(colour)).length > 2;
    for (const { width, colour } of sides) if (width > 1 || (width > 0 && isBox)) note(marks, one, 'an edge', colour, one.parentElement, one);
  }
  const faintest = (found) => [...found].sort((a, b) => a[1] - b[1]);
  return { words: faintest(words), marks: faintest(marks) };
}
