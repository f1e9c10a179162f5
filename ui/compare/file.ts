import type { FileIn } from '../wire'

/** Reads a file as a call takes it. */
export async function readFile(file: File): Promise<FileIn> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  // A stretch at a time: one call with every byte of a big file would overflow the stack.
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return { name: file.name, bytes: btoa(text) }
}
