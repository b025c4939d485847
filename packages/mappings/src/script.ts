/** What mappings are written in. `xslt` is XSLT 1.0. */
export const mappingLanguages = ['jsonata', 'xslt'] as const
export type MappingLanguage = (typeof mappingLanguages)[number]

export interface Script {
  readonly language: MappingLanguage
  readonly text: string
}

/** A place in the text of a script, from 1. */
export interface ScriptPlace {
  readonly line: number
  readonly column: number
}

/** What is wrong with a script, or stopped it. Never holds anything of a message. */
export interface ScriptFault {
  /** A whole sentence. */
  readonly sentence: string
  /** Absent where the engine does not know. */
  readonly place?: ScriptPlace
}

/** The place of a character, counted in UTF-16 units from 0. */
export function placeAt(text: string, offset: number): ScriptPlace {
  const before = text.slice(0, Math.max(0, offset))
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: before.length - lineStart + 1 }
}
