import { Refused } from './host'

/** What could not be done, until the editor has read it. */
class Trouble {
  message = $state<string | null>(null)
  /** True while it is about something that was only to be shown. */
  isOfLook = false

  /** Says what came back from a call that was refused. */
  say(cause: unknown, isOfLook = false): void {
    this.message = Refused.from(cause).message
    this.isOfLook = isOfLook
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

/** As `attempt`, for what is only read to be shown: that it could be read puts away no word about an act that failed before. */
export async function lookUp<T>(reading: () => Promise<T>): Promise<T | null> {
  try {
    const read = await reading()
    if (trouble.isOfLook) trouble.clear()
    return read
  } catch (cause) {
    trouble.say(cause, true)
    return null
  }
}
