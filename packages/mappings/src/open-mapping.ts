import { PortreeveError } from '@portreeve/errors'
import { writeXml, XmlElement } from '@portreeve/formats'
import { type JsonSchema, toXml } from '@portreeve/model'
import { canonicalSchema, jsonCheck } from './json-check.ts'
import type { MappedBody, Mapping, MappingDefinition, MappingTrial } from './mapping.ts'
import { type OutputCheck, outputCheck } from './output-check.ts'
import type { ScriptFault } from './script.ts'
import type { CompiledScript, ScriptEngine } from './script-engine.ts'
import { outputTypeOf } from './xslt/output-type.ts'

/** Answers with a fault when the script does not compile. Rejects with `PRV_FORMATS_SCHEMA_UNUSABLE` and `PRV_MAPPINGS_THREAD`. */
export async function openMapping(
  definition: MappingDefinition,
  engine: ScriptEngine,
): Promise<Mapping | { readonly fault: ScriptFault }> {
  const { from, to, script } = definition
  const schema = canonicalSchema(from)
  if (schema === undefined) return { fault: { sentence: `The model has no type ${from}.` } }
  const compiled = await engine.compile(script)
  if ('fault' in compiled) return compiled
  const given = script.language === 'jsonata' ? 'application/json' : outputTypeOf(script.text)
  return new CompiledMapping(definition, schema, compiled, await outputCheck(to, given))
}

class CompiledMapping implements Mapping {
  readonly definition: MappingDefinition
  readonly #schema: JsonSchema
  readonly #script: CompiledScript
  readonly #check: OutputCheck
  readonly inputProblems: Mapping['inputProblems']

  constructor(definition: MappingDefinition, schema: JsonSchema, script: CompiledScript, check: OutputCheck) {
    this.definition = definition
    this.#schema = schema
    this.#script = script
    this.#check = check
    this.inputProblems = jsonCheck({ ...schema })
  }

  get contentType(): string {
    return this.#check.contentType
  }

  async try(body: Uint8Array): Promise<MappingTrial> {
    const input = this.#inputOf(body)
    if (input === undefined) return { fault: { sentence: `The message is no ${this.definition.from}.` }, problems: [] }
    const result = await this.#script.run(input)
    if ('fault' in result) return { fault: result.fault, problems: [] }
    if ('over' in result) {
      return { fault: { sentence: `It went over a limit: ${result.over}.` }, limit: result.over, problems: [] }
    }
    return await this.#check.check(result.output)
  }

  async map(body: Uint8Array): Promise<MappedBody> {
    const { mapped, fault, limit, problems } = await this.try(body)
    const { name: mapping, to } = this.definition
    if (limit !== undefined) throw new PortreeveError('PRV_MAPPINGS_LIMIT', { mapping, limit })
    const [first] = problems
    if (first)
      throw new PortreeveError('PRV_MAPPINGS_OUTPUT', {
        mapping,
        type: to.type,
        path: first.path || 'its top',
        rule: first.rule,
      })
    if (mapped) return mapped
    throw new PortreeveError('PRV_MAPPINGS_STOPPED', { mapping, fault: fault ? told(fault) : 'it gave nothing.' })
  }

  [Symbol.dispose](): void {
    this.#check[Symbol.dispose]()
  }

  /** What the script is given; `undefined` when the body is no JSON, or has no XML form. */
  #inputOf(body: Uint8Array): Uint8Array | undefined {
    try {
      const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
      return this.definition.script.language === 'jsonata' ? body : canonicalXml(this.#schema, value)
    } catch {
      return undefined
    }
  }
}

/** The XML form of a canonical message, as a stylesheet is given it. */
export function canonicalXml(schema: JsonSchema, value: unknown): Uint8Array {
  return writeXml(
    toXml(schema, value, (...parts: ConstructorParameters<typeof XmlElement>) => new XmlElement(...parts)),
  )
}

function told({ sentence, place }: ScriptFault): string {
  return place === undefined ? sentence : `line ${place.line} of its script: ${sentence}`
}
