// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { readPage, type Part } from './page'

const told = (parts: Part[]): string =>
  parts
    .map((part) =>
      typeof part === 'string' ? part : `<${part.tag}>${told(part.parts)}</${part.tag}>`,
    )
    .join('')

describe('a page that goes out', () => {
  it('is read with its words and their structure', () => {
    const page = '<!doctype html><html><body><h1>Ferry</h1><p>It is <em>old</em>.</p></body></html>'
    expect(told(readPage(page))).toBe('<h1>Ferry</h1><p>It is <em>old</em>.</p>')
  })

  it('loses scripts, styles and frames with all they hold', () => {
    const page =
      '<p>a</p><script>alert(1)</script><style>p{}</style><iframe srcdoc="x"></iframe><p>b</p>'
    expect(told(readPage(page))).toBe('<p>a</p><p>b</p>')
  })

  it('keeps the words of an element it does not know, and no link', () => {
    expect(
      told(
        readPage('<p><blink>on</blink> <a href="https://example.org" onclick="x()">here</a></p>'),
      ),
    ).toBe('<p>on <span>here</span></p>')
  })

  it('keeps class names out of reach of the desk’s own rules', () => {
    const [part] = readPage('<p class="wrong big">a</p>')
    expect(part).toEqual({ tag: 'p', classes: 'out-wrong out-big', parts: ['a'] })
  })
})
