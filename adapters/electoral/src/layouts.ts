import { PortreeveError } from '@portreeve/errors'
import { type RecordLayout, readRecordLayout } from '@portreeve/formats'
import type { ElectoralConfig } from './config.ts'
import { outgoingNames, ownLayout, ownReturnLayout, returnNames } from './vendor-types.ts'

export interface Layouts {
  readonly outgoing: RecordLayout
  readonly returned: RecordLayout
}

/**
 * The layouts of the configuration, ours in their place. Rejects with `PRV_FORMATS_LAYOUT_UNUSABLE`, and with
 * `PRV_ELECTORAL_LAYOUT` for one whose fields say nothing here.
 */
export async function readLayouts({ layoutFile, returnLayoutFile }: ElectoralConfig): Promise<Layouts> {
  return {
    outgoing: layoutFile === undefined ? ownLayout : await read(layoutFile, outgoingNames, ['requestId']),
    returned:
      returnLayoutFile === undefined
        ? ownReturnLayout
        : await read(returnLayoutFile, returnNames, ['requestId', 'status']),
  }
}

async function read(file: string, known: readonly string[], needed: readonly string[]): Promise<RecordLayout> {
  const layout = await readRecordLayout(file)
  const valued = layout.fields.filter((field) => field.const === undefined).map(({ name }) => name)
  const missing = needed.find((name) => !valued.includes(name))
  if (missing !== undefined) throw unusable(file, `it has no field ${missing}`)
  const other = valued.find((name) => !known.includes(name))
  if (other !== undefined) throw unusable(file, `it has a field ${other}; known are ${known.join(', ')}`)
  return layout
}

function unusable(file: string, reason: string): PortreeveError {
  return new PortreeveError('PRV_ELECTORAL_LAYOUT', { file, reason })
}
