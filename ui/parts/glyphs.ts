/** Small drawings on a 24 by 24 grid, as lucide draws them, in the colour of the text around them; names are shapes, not meanings. */
export const glyphs = {
  unequal: 'M5 9h14M5 15h14M19 5 5 19',
  almost: 'M5 15a6.5 6.5 0 0 1 7 0 6.5 6.5 0 0 0 7 0M5 9a6.5 6.5 0 0 1 7 0 6.5 6.5 0 0 0 7 0',
  bowtie: 'M4 6v12L20 6v12z',
  heads:
    'M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M16 3.130a4 4 0 0 1 0 7.740M22 21v-2a4 4 0 0 0-3-3.870M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8',
  question: 'M8 8.500a4 4 0 1 1 5.8 3.600C12.6 12.8 12 13.5 12 15M12 19.500v.1',
  sheet: 'M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8l6 6v12a2 2 0 0 1-2 2zM14 2v6h6',
  turned: 'M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.740L21 8M21 3v5h-5',
  tick: 'M20 6 9 17l-5-5',
  dots: 'M4 12a1 1 0 1 0 2 0 1 1 0 0 0-2 0M11 12a1 1 0 1 0 2 0 1 1 0 0 0-2 0M18 12a1 1 0 1 0 2 0 1 1 0 0 0-2 0',
  corners: 'M4 11V4h7M20 13v7h-7',
} as const

/** The name of a drawing. */
export type GlyphName = keyof typeof glyphs

/** One drawing, for where there is no Svelte: the margin of the editor. */
export function drawGlyph(name: GlyphName): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'glyph')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(space, 'path')
  path.setAttribute('d', glyphs[name])
  svg.append(path)
  return svg
}
