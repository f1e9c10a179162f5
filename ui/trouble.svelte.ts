import { Refused } from './host'

/** What could not be done, until the editor has read it. */
class Trouble {
  message = $state<string | null>(null)

  /** Says what came back from a call that was refused. */
  say(cause: unknown): void {
    this.message = Refused.from(cause).message
  }

  clear(): void {
    this.message = null
  }
}

/** The banner above every screen. */
export const trouble = new Trouble()

/** Does something that may be refused; a refusal becomes the banner, and the answer is null. */
export async function attempt<T>(doing: () => Promise<T>): Promise<T | null> {
  try {
    const done = await doing()
    trouble.clear()
    return done
  } catch (cause) {
    trouble.say(cause)
    return null
  }
}
