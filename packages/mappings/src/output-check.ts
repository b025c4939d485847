import { isPortreeveError } from '@portreeve/errors'
import { type Problem, readXml, SourceRefused, type XmlElement, xsdValidator } from '@portreeve/formats'
import { fromXml, type JsonSchema } from '@portreeve/model'
import { canonicalSchema, type JsonCheck, jsonCheck } from './json-check.ts'
import type { MappedBody, MappingTarget } from './mapping.ts'

export interface Checked {
  readonly mapped: MappedBody
  readonly problems: readonly Problem[]
}

/** Looks at what a script gave; canonical XML becomes the JSON that it stands for. */
export interface OutputCheck extends Disposable {
  readonly contentType: string
  check(output: Uint8Array): Promise<Checked>
}

/**
 * @param contentType of what the script gives
 * @throws PortreeveError `PRV_FORMATS_SCHEMA_UNUSABLE`
 */
export async function outputCheck({ type, schema }: MappingTarget, contentType: string): Promise<OutputCheck> {
  const canonical = schema === undefined ? canonicalSchema(type) : undefined
  if (canonical) return canonicalCheck(canonical, contentType)
  if (schema?.kind === 'xsd') return await xsdCheck(schema, contentType)
  const check = schema ? jsonCheck(schema.schema) : contentType === 'application/xml' ? xmlCheck : nothingWrong
  return {
    contentType,
    check: async (output) => ({ mapped: { body: output, contentType }, problems: await check(output) }),
    [Symbol.dispose]: () => {},
  }
}

function canonicalCheck(schema: JsonSchema, given: string): OutputCheck {
  const check = jsonCheck({ ...schema })
  const contentType = 'application/json'
  return {
    contentType,
    async check(output) {
      if (given === contentType) return { mapped: { body: output, contentType }, problems: await check(output) }
      const read = canonicalJson(schema, output)
      if ('problem' in read) return { mapped: { body: output, contentType: given }, problems: [read.problem] }
      return { mapped: { body: read.body, contentType }, problems: await check(read.body) }
    },
    [Symbol.dispose]: () => {},
  }
}

function canonicalJson(schema: JsonSchema, xml: Uint8Array): { body: Uint8Array } | { problem: Problem } {
  try {
    return { body: Buffer.from(JSON.stringify(fromXml(schema, readXml(xml)))) }
  } catch (error) {
    if (error instanceof SourceRefused) return { problem: error.problem }
    if (!isPortreeveError(error, 'PRV_MODEL_XML')) throw error
    const { path = '', problem = '' } = error.details
    return { problem: { code: error.code, path: `/${path}`, rule: String(problem), sentence: error.message } }
  }
}

async function xsdCheck(
  { folder, file }: { readonly folder: string; readonly file: string },
  contentType: string,
): Promise<OutputCheck> {
  const validator = await xsdValidator({ folder, rootFile: file })
  return {
    contentType,
    async check(output) {
      const root = treeOf(output)
      const problems = 'problem' in root ? [root.problem] : validator.validate(root.tree)
      return { mapped: { body: output, contentType }, problems }
    },
    [Symbol.dispose]: () => validator[Symbol.dispose](),
  }
}

function treeOf(xml: Uint8Array): { tree: XmlElement } | { problem: Problem } {
  try {
    return { tree: readXml(xml) }
  } catch (error) {
    if (error instanceof SourceRefused) return { problem: error.problem }
    throw error
  }
}

const xmlCheck: JsonCheck = async (output) => {
  const read = treeOf(output)
  return 'problem' in read ? [read.problem] : []
}

const nothingWrong: JsonCheck = async () => []
