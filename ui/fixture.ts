import type { Host } from './host'

/** A desk of invented pieces, for page tests and `vite dev`; never part of the built page. */
export function fixtureHost(): Host {
  return (name) => Promise.reject(new Error(`the fixture does not answer ${name}`))
}
