import { readFile } from 'node:fs/promises'
import { PortreeveError } from '@portreeve/errors'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { type LayoutFault, layoutFaults } from './layout-faults.ts'
import { type RecordLayout, recordLayoutSchema } from './record-layout.ts'

const ajv = new Ajv2020({ strict: true, allErrors: true })
const isLayout = ajv.compile<RecordLayout>(recordLayoutSchema)

/** A layout, or all that is wrong with it: first by the schema, then by what the schema cannot say. */
export function parseRecordLayout(
  value: unknown,
): { readonly layout: RecordLayout; readonly faults: readonly [] } | { readonly faults: readonly LayoutFault[] } {
  if (!isLayout(value)) return { faults: (isLayout.errors ?? []).map(faultOf) }
  const faults = layoutFaults(value)
  return faults.length === 0 ? { layout: value, faults: [] } : { faults }
}

/** From a file of YAML or JSON. Rejects with `PRV_FORMATS_LAYOUT_UNUSABLE`. */
export async function readRecordLayout(file: string): Promise<RecordLayout> {
  const parsed = parseRecordLayout(await contentOf(file))
  if ('layout' in parsed) return parsed.layout
  const reason = parsed.faults.map(({ pointer, sentence }) => `${pointer}: ${sentence}`).join(' ')
  throw unusable(file, reason)
}

async function contentOf(file: string): Promise<unknown> {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)), { maxAliasCount: 0 })
  } catch (error) {
    throw unusable(file, `it cannot be read (${error instanceof Error ? error.message : error}).`, error)
  }
}

function unusable(file: string, reason: string, cause?: unknown): PortreeveError {
  return new PortreeveError('PRV_FORMATS_LAYOUT_UNUSABLE', { file, reason }, { cause })
}

function faultOf({ instancePath, keyword, params, message = 'is not valid' }: ErrorObject): LayoutFault {
  const { missingProperty, additionalProperty } = params
  if (keyword === 'required') return { pointer: `${instancePath}/${missingProperty}`, sentence: 'It is missing.' }
  if (keyword === 'additionalProperties') {
    return { pointer: `${instancePath}/${additionalProperty}`, sentence: 'It is not known here.' }
  }
  return { pointer: instancePath, sentence: `It ${message}.` }
}
