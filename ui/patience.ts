import { configure } from '@testing-library/svelte'
import { beforeEach } from 'vitest'
import { forgetToasts } from './parts/toasts.svelte'

// What comes at all may come late where the machine has other work: a test waits for it, and fails for what never comes.
configure({ asyncUtilTimeout: 10_000 })

// Each test is a first start: nothing was kept on this machine, and there is nothing to take back.
beforeEach(() => {
  forgetToasts()
  localStorage.clear()
})
