import type { FileFault, Inspection } from '@portreeve/adapter-sdk'
import { isPortreeveError } from '@portreeve/errors'
import type { ElectoralConfig } from './config.ts'
import { readLayouts } from './layouts.ts'

const settings = ['layoutFile', 'returnLayoutFile'] as const

/** Layouts that can be used, but not here. One that cannot be used at all is the linter's own business. */
export async function inspectLayouts(config: ElectoralConfig): Promise<Inspection> {
  const faults = await Promise.all(settings.map((setting) => faultOf(setting, config)))
  return { faults: faults.flat() }
}

async function faultOf(setting: (typeof settings)[number], config: ElectoralConfig): Promise<readonly FileFault[]> {
  const { [setting]: file, outFolder, returnsFolder } = config
  try {
    await readLayouts({ outFolder, returnsFolder, ...(file !== undefined && { [setting]: file }) })
    return []
  } catch (error) {
    if (isPortreeveError(error, 'PRV_FORMATS_LAYOUT_UNUSABLE')) return []
    if (isPortreeveError(error)) return [{ setting, error }]
    throw error
  }
}
