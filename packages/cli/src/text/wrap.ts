import { widthOf } from './width-of.ts'

export interface WrapOptions {
  /** Characters that a line may have. A longer word stands whole, for it may be a path or a command that is copied. */
  readonly width: number
  /** Before the first line; what it holds counts. */
  readonly first?: string
  /** Before every other line. Default: as many blanks as `first` is wide. */
  readonly hanging?: string
}

/** A sentence in lines that fit, those after the first below where the sentence begins. Colours count for nothing. */
export function wrap(
  sentence: string,
  { width, first = '', hanging = ' '.repeat(widthOf(first)) }: WrapOptions,
): string {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of sentence.split(' ')) {
    if (!isEmpty && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line)
      line = hanging
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line].join('\n')
}
