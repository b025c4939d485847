import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { PortreeveError } from '@portreeve/errors'

/** Where the folder seems to lie for the schema compiler: no path of the machine is ever asked for. */
const virtualRoot = '/schemas/'

/** The schema files of one folder and of the folders in it. Nothing outside it can be reached, by link, `..` or address. */
export class SchemaFolder {
  readonly #files: ReadonlyMap<string, string>
  readonly #read = new Map<string, Uint8Array>()
  readonly #missing = new Set<string>()
  readonly #inPlaceOf: ReadonlyMap<string, Uint8Array>

  /** @throws PortreeveError `PRV_FORMATS_SCHEMA_UNUSABLE` when the folder cannot be read */
  constructor(folder: string, inPlaceOf: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#inPlaceOf = inPlaceOf
    try {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        // A link is no file, so none leads out of the folder.
        .filter((entry) => entry.isFile() && entry.name.endsWith('.xsd'))
        .map((entry) => join(entry.parentPath, entry.name))
      this.#files = new Map(files.map((file) => [relative(folder, file).split(sep).join('/'), file]))
    } catch (error) {
      throw unusable(folder, `the folder cannot be read (${error instanceof Error ? error.message : error})`, error)
    }
  }

  /** The name under which the compiler knows a file of the folder. */
  virtualName(fileName: string): string {
    return virtualRoot + fileName
  }

  /**
   * A file by its virtual name. A file that is given by an address (`https://…/xml.xsd`) is looked for by its own name in
   * the folder.
   */
  read = (virtualName: string): Uint8Array | undefined => {
    const isAddress = /^[a-z][a-z+.-]*:/i.test(virtualName)
    const name = isAddress ? virtualName.slice(virtualName.lastIndexOf('/') + 1) : inRoot(virtualName)
    const read = name === undefined ? undefined : this.#read.get(name)
    if (read !== undefined) return read
    const file = name === undefined ? undefined : this.#files.get(name)
    if (name === undefined || file === undefined) {
      this.#missing.add(name ?? virtualName)
      return undefined
    }
    const bytes = this.#inPlaceOf.get(name) ?? readFileSync(file)
    this.#read.set(name, bytes)
    return bytes
  }

  /** Files that were asked for and are not in the folder. */
  get missing(): readonly string[] {
    return [...this.#missing]
  }

  /** What was read, by name within the folder. */
  get filesRead(): ReadonlyMap<string, Uint8Array> {
    return this.#read
  }
}

export function unusable(schema: string, reason: string, cause?: unknown): PortreeveError {
  return new PortreeveError('PRV_FORMATS_SCHEMA_UNUSABLE', { schema, reason }, { cause })
}

function inRoot(virtualName: string): string | undefined {
  return virtualName.startsWith(virtualRoot) ? virtualName.slice(virtualRoot.length) : undefined
}
