/**
 * Scrolls a box, and nothing around it, so that something inside is seen: in the middle, or by the shortest way.
 *
 * `scrollIntoView` scrolls every box around it too, also those that only hide what runs over.
 */
export function reveal(
  box: Element | null,
  inside: Element | null | undefined,
  where: 'middle' | 'nearest' = 'middle',
): void {
  if (!box || !inside) return
  const [outer, inner] = [box.getBoundingClientRect(), inside.getBoundingClientRect()]
  const [above, below] = [inner.top - outer.top, inner.bottom - outer.bottom]
  if (where === 'middle') box.scrollTop += above - Math.max(0, (outer.height - inner.height) / 2)
  else if (above < 0) box.scrollTop += above
  else if (below > 0) box.scrollTop += Math.min(below, above)
}
