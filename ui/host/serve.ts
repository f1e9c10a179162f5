import { say } from '../language/language.svelte'

/** Asks the loopback twin; rejects with a `Refusal`, or with what `fetch` says when nobody answers. */
export async function call(name: string, args: unknown): Promise<unknown> {
  const response = await fetch('/call', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, args }),
  })
  const text = await response.text()
  const reply: unknown = text === '' ? null : parse(text, response.status)
  if (response.ok) return reply
  throw reply
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {
      code: 'host',
      message: say('Stet gave an answer that cannot be read ({status}).', {
        status: String(status),
      }),
    }
  }
}
