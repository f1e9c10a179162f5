import { configure } from '@testing-library/svelte'

// What comes at all may come late where the machine has other work: a test waits for it, and fails for what never comes.
configure({ asyncUtilTimeout: 10_000 })
