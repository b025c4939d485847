import { isUtf8 } from 'node:buffer'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { collectBytes } from '../collect-bytes.ts'
import { cutValue } from '../cut-value.ts'
import type { ByteSource, MessageFormat, ReadFormatOptions, ReadItem } from '../message-format.ts'
import type { Problem } from '../problem.ts'
import { encodingFault, refused } from '../refused.ts'
import { defaultJsonLimits, type JsonLimits } from './json-limits.ts'
import { jsonSchemaFault } from './json-meanings.ts'
import { JsonScanFault, JsonScanner, placeIn } from './json-scanner.ts'
import { oneOfThem } from './one-of-them.ts'

export interface JsonFormatOptions {
  /** JSON Schema 2020-12. Unknown keywords and formats are refused when the format is made. */
  readonly schema: Readonly<Record<string, unknown>>
  /** Default `application/json`. */
  readonly mediaType?: string
  readonly limits?: Partial<JsonLimits>
  /** False where problems go to whom the values do not concern: none has a value, in its sentence neither. Default true. */
  readonly tellsValues?: boolean
}

/** One JSON value to a source, in UTF-8, checked against a schema. `Value` is what the schema describes. */
export function jsonFormat<Value>({
  schema,
  mediaType = 'application/json',
  limits,
  tellsValues = true,
}: JsonFormatOptions): MessageFormat<Value> {
  const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true })
  addFormats.default(ajv)
  return new JsonFormat(mediaType, ajv.compile<Value>(schema), { ...defaultJsonLimits, ...limits }, tellsValues)
}

class JsonFormat<Value> implements MessageFormat<Value> {
  readonly mediaType: string
  readonly #validate: ValidateFunction<Value>
  readonly #limits: JsonLimits
  readonly #tellsValues: boolean

  constructor(mediaType: string, validate: ValidateFunction<Value>, limits: JsonLimits, tellsValues: boolean) {
    this.mediaType = mediaType
    this.#validate = validate
    this.#limits = limits
    this.#tellsValues = tellsValues
  }

  async *read(source: ByteSource, options?: ReadFormatOptions): AsyncGenerator<ReadItem<Value>> {
    const { text } = await this.#text(source, options)
    const value: unknown = JSON.parse(text)
    if (this.#validate(value)) {
      yield { index: 0, value, problems: [] }
      return
    }
    const places = new Map<string, number>()
    new JsonScanner(text, this.#limits.maxDepth, places).scan()
    const [first, ...more] = oneOfThem(this.#validate.errors ?? [])
      .slice(0, this.#limits.maxProblems)
      .map((error) => problem(error, text, places, this.#tellsValues))
    if (first !== undefined) yield { index: 0, problems: [first, ...more] }
  }

  async check(source: ByteSource, options?: ReadFormatOptions) {
    const { bytesRead } = await this.#text(source, options)
    return { bytesRead, recordsRead: 1 }
  }

  write(value: Value): Uint8Array {
    return Buffer.from(JSON.stringify(value))
  }

  /** The text of a source that is well formed and within limits. */
  async #text(source: ByteSource, options?: ReadFormatOptions) {
    const { maxBytes, maxDepth } = this.#limits
    const bytes = await collectBytes(source, maxBytes, options)
    if (bytes === undefined) {
      const rule = `at most ${maxBytes} bytes`
      const sentence = `The file is larger than the ${maxBytes} bytes that one message may have. Split it, or ask the operator to raise the limit.`
      throw refused('PRV_FORMATS_LIMIT', { path: '', rule, sentence })
    }
    if (!isUtf8(bytes)) throw encodingFault('its bytes are not UTF-8', '')
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
    try {
      new JsonScanner(text, maxDepth).scan()
    } catch (error) {
      if (!(error instanceof JsonScanFault)) throw error
      const { code, pointer, offset, rule, what } = error.fault
      const sentence = `The file is not read as JSON: ${what}. Have it written again by the system that made it.`
      throw refused(code, { path: pointer, place: placeIn(text, offset), rule, sentence })
    }
    return { text, bytesRead: bytes.length }
  }
}

function problem(error: ErrorObject, text: string, places: ReadonlyMap<string, number>, tellsValues: boolean): Problem {
  const { data, instancePath, propertyName } = error
  const isPlain = data !== null && typeof data !== 'object'
  const value = isPlain && tellsValues ? cutValue(String(data)) : undefined
  const offset = places.get(instancePath)
  return {
    code: 'PRV_FORMATS_SCHEMA',
    path: instancePath + (propertyName === undefined ? '' : `/${propertyName}`),
    ...(offset === undefined ? {} : placeIn(text, offset)),
    ...jsonSchemaFault(error, tellsValues ? value : null),
    ...(value === undefined ? {} : { value }),
  }
}
