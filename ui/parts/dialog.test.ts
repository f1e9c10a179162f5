import { cleanup, fireEvent, render, screen as page } from '@testing-library/svelte'
import { createRawSnippet } from 'svelte'
import { afterEach, expect, it, vi } from 'vitest'
import Dialog from './Dialog.svelte'

afterEach(cleanup)

it('opened again at once after Escape, it stays open when the browser tells that it closed', async () => {
  const open = vi.fn(function (this: HTMLDialogElement) {
    this.open = true
  })
  HTMLDialogElement.prototype.showModal = open
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
  const children = createRawSnippet(() => ({ render: () => '<p>Why?</p>' }))
  const { rerender } = render(Dialog, { title: 'cq', isOpen: true, children })
  const box = page.getByRole('dialog', { hidden: true })
  expect(open).toHaveBeenCalledTimes(1)
  await fireEvent(box, new Event('cancel'))
  expect(page.queryByText('Why?')).toBeNull()
  await rerender({ isOpen: true })
  expect(open).toHaveBeenCalledTimes(2)
  await fireEvent(box, new Event('close'))
  expect(page.getByText('Why?')).toBeTruthy()
})

it('has keys of its own, and leaves a letter to a field', async () => {
  const replace = vi.fn()
  const keep = vi.fn()
  const children = createRawSnippet(() => ({ render: () => '<input aria-label="Why" />' }))
  render(Dialog, { title: 'cq', isOpen: true, children, keys: { r: replace, 'Ctrl+s': keep } })
  const box = page.getByRole('dialog', { hidden: true })
  const field = page.getByLabelText('Why')
  await fireEvent.keyDown(field, { key: 'r' })
  await fireEvent.keyDown(field, { key: 's', ctrlKey: true })
  expect([replace.mock.calls.length, keep.mock.calls.length]).toEqual([0, 1])
  await fireEvent.keyDown(box, { key: 'r' })
  expect(replace).toHaveBeenCalledTimes(1)
})
