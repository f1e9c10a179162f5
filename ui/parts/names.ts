/** A name as it is kept: no blanks around it, and one between its words. */
export const tidy = (name: string) => name.trim().replace(/\s+/g, ' ')

/** Two names that are the same to who reads them are the same. */
export const isSameName = (a: string, b: string) => tidy(a).toLowerCase() === tidy(b).toLowerCase()
