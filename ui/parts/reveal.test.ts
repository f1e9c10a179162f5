import { expect, it } from 'vitest'
import { reveal } from './reveal'

/** A box of 100 px, scrolled to the top, and something 20 px high at `top` in it. */
function boxes(top: number): { box: HTMLElement; inside: HTMLElement } {
  const [box, inside] = [document.createElement('div'), document.createElement('p')]
  box.getBoundingClientRect = () => new DOMRect(0, 50, 10, 100)
  inside.getBoundingClientRect = () => new DOMRect(0, 50 + top, 10, 20)
  return { box, inside }
}

it('brings what is below into the middle, or just into sight', () => {
  const middle = boxes(300)
  reveal(middle.box, middle.inside)
  expect(middle.box.scrollTop).toBe(260)
  const nearest = boxes(300)
  reveal(nearest.box, nearest.inside, 'nearest')
  expect(nearest.box.scrollTop).toBe(220)
})

it('leaves what is in sight where it is, and says nothing of what is not there', () => {
  const { box, inside } = boxes(40)
  reveal(box, inside, 'nearest')
  expect(box.scrollTop).toBe(0)
  reveal(box, null)
  reveal(null, inside)
  expect(box.scrollTop).toBe(0)
})
