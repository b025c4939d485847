import { cutValue } from '../cut-value.ts'
import type { Problem } from '../problem.ts'
import { SourceRefused } from '../source-refused.ts'
import { stepOf } from '../xml/element-path.ts'
import { namespacePrefixes } from '../xml/namespace-prefixes.ts'
import { xmlText } from '../xml/write-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { schemaFault } from './complaint-meanings.ts'
import { type CompiledSchema, compileSchema, type SchemaComplaint } from './libxml2.ts'
import { elementsOnPath } from './node-path.ts'
import { SchemaFolder, unusable } from './schema-folder.ts'
import { type SimpleTypes, simpleTypes } from './simple-types.ts'
import { mayBeAboutSpaceAround, withoutSpaceIn } from './space-around.ts'

export interface XsdValidatorOptions {
  /** Folder with all files of the schema. Nothing is read from outside it, and nothing over a network. */
  readonly folder: string
  /** The file in it that includes and imports the others, such as `ValuebillBAtoVOA-v3-1d.xsd`. */
  readonly rootFile: string
  /** What is read in place of files of the folder, by their names. */
  readonly inPlaceOf?: ReadonlyMap<string, Uint8Array>
}

/** A record to be checked, and its path in the file that it came from. */
export interface RecordAt {
  readonly element: XmlElement
  readonly path: string
}

/**
 * Checks trees against one compiled XML Schema. Disposing it frees memory that the garbage collector does not see. A tree
 * that cannot be written as XML at all throws `ValueRefused`.
 */
export interface XsdValidator extends Disposable {
  /** The problems of a whole small document, in document order; none when it is valid. */
  validate(root: XmlElement): readonly Problem[]
  /**
   * The problems of each record, one list per record in the same order; the records must be different objects. A schema knows a record only inside its file:
   * `wrap` puts the records, all of them and unchanged, into a document that is valid but for them.
   */
  validateRecords(
    records: readonly RecordAt[],
    wrap: (records: readonly XmlElement[]) => XmlElement,
  ): readonly (readonly Problem[])[]
}

/**
 * Compiles a schema once, for many trees.
 *
 * @throws PortreeveError `PRV_FORMATS_SCHEMA_UNUSABLE`: a file is missing, outside the folder, or no schema
 */
export async function xsdValidator({ folder, rootFile, inPlaceOf }: XsdValidatorOptions): Promise<XsdValidator> {
  const files = new SchemaFolder(folder, inPlaceOf)
  const schema = await compileSchema(files.virtualName(rootFile), files.read)
  if (files.missing.length > 0) {
    if ('validate' in schema) schema[Symbol.dispose]()
    throw unusable(rootFile, `${files.missing.join(', ')} is not in the folder ${folder}.`)
  }
  if ('reason' in schema) throw unusable(rootFile, schema.reason)
  try {
    return new Validator(schema, simpleTypes(files.filesRead.values()))
  } catch (error) {
    schema[Symbol.dispose]()
    if (error instanceof SourceRefused) throw unusable(rootFile, error.message, error)
    throw error
  }
}

class Validator implements XsdValidator {
  readonly #schema: CompiledSchema
  readonly #types: SimpleTypes

  constructor(schema: CompiledSchema, types: SimpleTypes) {
    this.#schema = schema
    this.#types = types
  }

  validate(root: XmlElement): readonly Problem[] {
    return this.#located(root).map(({ chain, complaint }) => this.#problem(chain, 0, '', complaint))
  }

  validateRecords(records: readonly RecordAt[], wrap: (records: readonly XmlElement[]) => XmlElement) {
    const problems = records.map((): Problem[] => [])
    if (records.length === 0) return problems
    const indexes = new Map(records.map(({ element }, index) => [element, index]))
    for (const { chain, complaint } of this.#located(wrap(records.map(({ element }) => element)))) {
      const depth = chain.findIndex((element) => indexes.has(element))
      const record = chain[depth]
      const index = record && indexes.get(record)
      const path = index === undefined ? undefined : records[index]?.path
      if (index === undefined || path === undefined) {
        throw new TypeError(`the document around the records is not valid itself: ${complaint.message}`)
      }
      problems[index]?.push(this.#problem(chain, depth + 1, path, complaint))
    }
    return problems
  }

  [Symbol.dispose](): void {
    this.#schema[Symbol.dispose]()
  }

  #located(root: XmlElement): readonly Located[] {
    const found = this.#complaints(root, root)
    const spaced = found.flatMap(({ chain, complaint }) => {
      const element = chain.at(-1)
      return element && mayBeAboutSpaceAround(complaint.message, element) ? [element] : []
    })
    return spaced.length === 0 ? found : this.#complaints(withoutSpaceIn(new Set(spaced), root), root)
  }

  /** The complaints about `checked`, as chains of elements of `root`, which has the same shape. */
  #complaints(checked: XmlElement, root: XmlElement): readonly Located[] {
    const complaints = this.#schema.validate(xmlText(checked))
    if (complaints.length === 0) return []
    const prefixes = namespacePrefixes(root, {})
    return complaints.map((complaint) => ({ chain: elementsOnPath(root, complaint.nodePath, prefixes), complaint }))
  }

  /** The path is `base` with the steps of the chain from `depth` on. */
  #problem(chain: readonly XmlElement[], depth: number, base: string, { message }: SchemaComplaint): Problem {
    const element = chain.at(-1)
    const subject = element?.name ?? 'The document'
    const attributeName = /^Element '[^']*', attribute '(?:\{[^}]*\})?([^']*)'/.exec(message)?.[1]
    const value = (attributeName === undefined ? element?.text : element?.attribute(attributeName)) ?? ''
    const { rule, sentence, attribute, aboutValue } = schemaFault(message, {
      subject,
      value: cutValue(value),
      types: this.#types,
    })
    const steps = chain.map((each, at) => (at < depth ? '' : stepOf(chain[at - 1], each))).join('')
    const placed = chain.findLast(({ line }) => line > 0)
    return {
      code: 'PRV_FORMATS_SCHEMA',
      path: base + steps + (attribute === undefined ? '' : `/@${attribute}`),
      ...(placed && { line: placed.line, column: placed.column }),
      rule,
      ...(aboutValue && { value: cutValue(value) }),
      sentence,
    }
  }
}

interface Located {
  /** From the root of the document to the element that the complaint is about. */
  readonly chain: readonly XmlElement[]
  readonly complaint: SchemaComplaint
}
