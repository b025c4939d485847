import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { type Mapping, openMapping, ScriptEngine } from '@portreeve/mappings'

/** The mappings of a configuration, by name. */
export interface OpenMappings extends AsyncDisposable {
  readonly byName: ReadonlyMap<string, Mapping>
}

/** Compiles every mapping that a route uses. Rejects with `PRV_MAPPINGS_SCRIPT`, `PRV_MAPPINGS_THREAD` and `PRV_FORMATS_SCHEMA_UNUSABLE`. */
export async function openMappings({ mappings, routes }: Configuration): Promise<OpenMappings> {
  await using opened = new AsyncDisposableStack()
  const engine = opened.use(new ScriptEngine())
  const used = new Set(
    routes.flatMap((route) => (route.kind === 'delivery' ? route.branches.map(({ map }) => map) : [])),
  )
  const byName = new Map<string, Mapping>()
  for (const definition of mappings.filter(({ name }) => used.has(name))) {
    const mapping = await openMapping(definition, engine)
    if ('fault' in mapping) {
      throw new PortreeveError('PRV_MAPPINGS_SCRIPT', { mapping: definition.name, fault: mapping.fault.sentence })
    }
    byName.set(definition.name, opened.use(mapping))
  }
  const everything = opened.move()
  return { byName, [Symbol.asyncDispose]: () => everything.disposeAsync() }
}
