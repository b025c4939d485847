import { widthOf } from './width-of.ts'

/**
 * A command that may be copied, in lines that fit: broken before an option, or before its last word where that does not do,
 * each line but the last ending with a backslash, as shells read it.
 */
export function commandLine(command: string, { width, indent }: { width: number; indent: string }): string {
  if (widthOf(indent + command) <= width) return indent + command
  const lines: string[] = []
  let line = indent
  for (const part of command.split(/ (?=--\w|\S+$)/)) {
    const isFirst = line.trim() === ''
    if (!isFirst && widthOf(line) + widthOf(part) + 3 > width) {
      lines.push(`${line} \\`)
      line = `${indent}    ${part}`
    } else line += isFirst ? part : ` ${part}`
  }
  return [...lines, line].join('\n')
}
