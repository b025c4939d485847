import type { Answer } from './vendor-types.ts'

/** Longest part of a file's name that goes into its answers' names: file systems allow 255 bytes for all of a name. */
const maxNameBytes = 160
/** What some system takes for more than a character of a name. */
const unsafe = /[\\/:*?"<>|\p{C}\p{Zl}\p{Zp}]/gu

/** What the answers about a file are called, without their ending: its name as far as every system allows, and its digest. */
export function answerName({ fileName, digest }: Pick<Answer, 'fileName' | 'digest'>): string {
  let name = ''
  let bytes = 0
  for (const character of fileName.replace(unsafe, '_')) {
    bytes += Buffer.byteLength(character)
    if (bytes > maxNameBytes) break
    name += character
  }
  return `${name}.${digest.slice(0, 8)}`
}
