const temporary = /^\.|\.(part|tmp|temp|filepart|partial|crdownload)$|~$/i

/** Names under which a file is still being written: dot files, `.part`, `.tmp` and their like. Never taken. */
export function isTemporaryName(name: string): boolean {
  return temporary.test(name)
}

/** A file's name for people and for messages: control characters and the like are shown as `\u{a}`, nothing acts. */
export function shownFileName(name: string): string {
  return name.replace(/[\p{C}\p{Zl}\p{Zp}\\/]/gu, escaped)
}

/** The same of a whole path: what parts its folders stays. */
export function shownPath(path: string): string {
  return path.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped)
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
