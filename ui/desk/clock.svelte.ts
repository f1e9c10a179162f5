/** How often it is looked at. */
const TICK_MS = 15_000

/** The clock on the wall, for what is said of deadlines. */
class Clock {
  now = $state.raw(new Date())

  /** Goes on until what comes back is called. */
  run(): () => void {
    this.now = new Date()
    const timer = setInterval(() => (this.now = new Date()), TICK_MS)
    return () => {
      clearInterval(timer)
    }
  }
}

/** The one clock. */
export const clock = new Clock()
