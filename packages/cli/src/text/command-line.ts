import { widthOf } from './width-of.ts'

/**
 * A command that may be copied, in lines that fit: broken before an option, or before its last word where that does not do, or before any word of a part that is too long by itself; never within quotes;
 * each line but the last ending with a backslash, as shells read it.
 */
export function commandLine(command: string, { width, indent }: { width: number; indent: string }): string {
  if (widthOf(indent + command) <= width) return indent + command
  const lines: string[] = []
  let line = indent
  for (const part of partsOf(command, width - indent.length - 6)) {
    const isFirst = line.trim() === ''
    if (!isFirst && widthOf(line) + widthOf(part) + 3 > width) {
      lines.push(`${line} \\`)
      line = `${indent}    ${part}`
    } else line += isFirst ? part : ` ${part}`
  }
  return [...lines, line].join('\n')
}

function partsOf(command: string, width: number): readonly string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []
  const parts: string[][] = []
  for (const [index, word] of words.entries()) {
    const isLast = index === words.length - 1 && !words[index - 1]?.startsWith('--')
    if (index === 0 || word.startsWith('--') || isLast) parts.push([])
    parts.at(-1)?.push(word)
  }
  return parts.flatMap((part) => (widthOf(part.join(' ')) <= width ? [part.join(' ')] : part))
}
