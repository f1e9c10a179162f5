import { configure } from '@testing-library/svelte'
import { beforeEach } from 'vitest'

// What comes at all may come late where the machine has other work: a test waits for it, and fails for what never comes.
configure({ asyncUtilTimeout: 10_000 })

// Each test is a first start: nothing was kept on this machine.
beforeEach(() => {
  localStorage.clear()
})
