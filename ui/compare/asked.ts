/** What an editor can ask of the screen beside going through its changes. */
export type Asked = {
  sinceYesterday: () => void
  sinceRead: () => void
  sinceNamed: () => void
  pickFile: () => void
  bringBack: () => void
  markRead: () => void
  nameIt: () => void
  correct: () => void
  send: () => void
  restore: () => void
}
