import type { PortreeveError } from '@portreeve/errors'

/** What an adapter finds in the files that its config names. */
export interface Inspection {
  readonly faults: readonly FileFault[]
  /** Templates of e-mails that are there: they are compared with those that processes name. */
  readonly templates?: readonly FoundTemplate[]
}

/** Why a file cannot be used. */
export interface FileFault {
  /** The setting that names the file or its folder, such as `layoutFile`. */
  readonly setting: string
  readonly error: PortreeveError
  /** Where in which file, by absolute path. Absent: it is not there, or wrong as a whole. */
  readonly at?: FilePlace
}

export interface FilePlace {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column: number
}

export interface FoundTemplate {
  readonly name: string
  /** Every value that it shows or asks about, by name. */
  readonly uses: readonly { readonly value: string; readonly at: FilePlace }[]
}
