import type { FileIn } from '../wire'

/** Reads files as the core takes them: name and bytes, base64. */
export function readFiles(files: Iterable<File>): Promise<FileIn[]> {
  return Promise.all([...files].map(readFile))
}

async function readFile(file: File): Promise<FileIn> {
  return { name: file.name, bytes: base64Of(new Uint8Array(await file.arrayBuffer())) }
}

/** In pieces, for a call takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 0x8000)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  return btoa(pieces.join(''))
}
