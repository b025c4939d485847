import { findConfiguration } from './configuration-folder.ts'
import { readConfiguration } from './configured.ts'
import type { CommonOptions, Invocation } from './invocation.ts'
import { renderAdapters } from './render/inventory.ts'

/** Adapters are there without a configuration; where there is one, it says which are in use. */
export async function listAdapters(invocation: Invocation, options: CommonOptions): Promise<void> {
  const { terminal } = invocation
  const { adapters: declarations } = await import('@portreeve/broker')
  const used = findConfiguration(options, terminal)
    ? (await readConfiguration({ ...options, needsSecrets: false }, terminal)).adapters
    : []
  const adapters = declarations.map(({ name, status, summary, capabilities, emits, accepts }) => ({
    name,
    status,
    summary,
    capabilities,
    emits,
    accepts,
    labels: used.filter(({ adapter }) => adapter === name).map(({ label }) => label),
  }))
  await invocation.answer({ adapters }, () => renderAdapters(adapters, invocation.look), options)
}
