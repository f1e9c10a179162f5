import { describe, expect, it } from 'vitest'
import { drawPage, readPage, type Part } from './page'

const told = (parts: Part[]): string =>
  parts
    .map((part) =>
      typeof part === 'string' ? part : `<${part.tag}>${told(part.parts)}</${part.tag}>`,
    )
    .join('')

describe('a page that goes out', () => {
  it('is read with its words and their structure', () => {
    const page = '<!doctype html><html><body><h1>Ferry</h1><p>It is <em>old</em>.</p></body></html>'
    expect(told(readPage(page).parts)).toBe('<h1>Ferry</h1><p>It is <em>old</em>.</p>')
  })

  it('loses scripts, styles and frames with all they hold', () => {
    const page =
      '<p>a</p><script>alert(1)</script><style>p{}</style><iframe srcdoc="x"></iframe><p>b</p>'
    expect(told(readPage(page).parts)).toBe('<p>a</p><p>b</p>')
  })

  it('keeps the words of an element it does not know', () => {
    expect(told(readPage('<p><blink>on</blink> and <form>off</form></p>').parts)).toContain('on')
    expect(told(readPage('<p><blink>on</blink></p>').parts)).toBe('<p>on</p>')
  })

  it('is drawn with its classes and no other attribute', () => {
    const page = '<p class="wrong" onclick="x()"><a href="https://example.org">here</a></p>'
    const root = document.createElement('div').attachShadow({ mode: 'open' })
    drawPage(root, readPage(page))
    expect(root.querySelector('.body')?.innerHTML).toBe('<p class="wrong"><a>here</a></p>')
  })

  it('is read from the side it says, and from no other', () => {
    const page =
      '<p dir="auto">العبّارة</p><p dir="RTL">b</p><p dir="ltr">c</p><p dir="up">d</p><p>e</p>'
    const root = document.createElement('div').attachShadow({ mode: 'open' })
    drawPage(root, readPage(page))
    expect(root.querySelector('.body')?.innerHTML).toBe(
      '<p dir="auto">العبّارة</p><p dir="rtl">b</p><p dir="ltr">c</p><p>d</p><p>e</p>',
    )
  })

  it('keeps its rules, for the box it is drawn in', () => {
    const css =
      ':root { --ink: #111; } body { margin: 2em; font: 9px Inter, serif; } .body-text { color: red; } @media (max-width: 52em) { p { margin: 0; } }'
    expect(readPage(`<head><style>${css}</style></head><p>a</p>`).css).toBe(
      ':host { --ink: #111; } .body { margin: 2em; font: 9px "Inter Variable", Inter, serif; } .body-text { color: red; } @container (max-width: 52em) { p { margin: 0; } }',
    )
  })
})
