// How well words can be read: contrast as WCAG 2 counts it, over the colours the browser computes.

/** Words need so much. */
export const ENOUGH = 4.5;

/** The words that are shown, each with its contrast, the faintest first; what is disabled, unseen or veiled on purpose is let be. Run in the page. */
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
  const isLet = (one) => one.closest(':disabled, .veiled, .unseen, option, [aria-hidden="true"]') || getComputedStyle(one).color === 'rgba(0, 0, 0, 0)';
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const found = new Map();
  const note = (one, words, colour) => {
    if (isLet(one) || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return;
    found.set(`${one.tagName.toLowerCase()}.${String(one.className)}: “${words.trim().slice(0, 40)}”`, Math.round(contrast(one, colour) * 100) / 100);
  };
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode())
    if (/[\p{L}\p{N}]/u.test(text.data)) note(text.parentElement, text.data, getComputedStyle(text.parentElement).color);
  for (const box of top.querySelectorAll('input, textarea, select')) {
    if (box.value) note(box, box.value, getComputedStyle(box).color);
    else if (box.placeholder) note(box, box.placeholder, getComputedStyle(box, '::placeholder').color);
  }
  return [...found].sort((a, b) => a[1] - b[1]);
}
