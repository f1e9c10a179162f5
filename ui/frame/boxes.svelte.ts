/** The boxes that open over every screen. */
class Boxes {
  isCommandsOpen = $state(false)
  isSearchOpen = $state(false)
  isKeysOpen = $state(false)
  isHelpOpen = $state(false)
  isAboutOpen = $state(false)
  isSettingsOpen = $state(false)
  settingsTab = $state<'looks' | 'desk' | 'keys'>('looks')
}

/** Which of them is open. */
export const boxes = new Boxes()
