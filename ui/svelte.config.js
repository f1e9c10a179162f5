/** Runes everywhere; nothing else is set. */
export const config = { compilerOptions: { runes: true } }

export { config as default }
