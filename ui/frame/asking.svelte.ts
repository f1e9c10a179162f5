import { lookUp } from '../trouble.svelte'

/** Waits this long after a letter. */
const PAUSE_MS = 60

/**
 * What the core finds for a query that is being typed: asked for a moment after the last letter, an answer to what is no
 * longer asked dropped. Nothing while `asked` is null.
 */
export function asking<Found>(
  asked: () => string | null,
  ask: (query: string) => Promise<Found[]>,
): { readonly found: Found[] } {
  let found = $state.raw<Found[]>([])
  $effect(() => {
    const query = asked()
    if (query === null) {
      found = []
      return
    }
    let isAsked = true
    const timer = setTimeout(
      () =>
        void lookUp(async () => {
          const answer = await ask(query)
          if (isAsked) found = answer
        }),
      query === '' ? 0 : PAUSE_MS,
    )
    return () => {
      isAsked = false
      clearTimeout(timer)
    }
  })
  return {
    get found() {
      return found
    },
  }
}
