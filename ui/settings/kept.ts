/** What was kept beside the window under a name, by key: on this machine, also while a desk is locked. None where it cannot be read. */
export function readKept(name: string): [string, unknown][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
    return typeof kept === 'object' && kept !== null ? Object.entries(kept) : []
  } catch {
    // What cannot be read is as good as never kept.
    return []
  }
}

/** Keeps it beside the window. */
export function keep(name: string, kept: Readonly<Record<string, string>>): void {
  try {
    localStorage.setItem(name, JSON.stringify(kept))
  } catch {
    // What cannot be kept holds as long as the window.
  }
}
