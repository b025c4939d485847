import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { AdapterConfiguration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { findConfiguration } from '../configuration-folder.ts'
import { readConfiguration } from '../configured.ts'
import type { CommonOptions } from '../invocation.ts'
import type { Terminal } from '../terminal.ts'

/** Who judges a file. */
export interface Validator {
  readonly validate: NonNullable<AdapterDeclaration['validate']>
  /** Of the instance whose configuration is used; `undefined`: none, so only what holds for every council is judged. */
  readonly label?: string
  readonly config?: AdapterConfiguration['config']
}

/**
 * The adapter with this label, or of this name: then with the configuration of its only instance, where there is one.
 * Works without any configuration. Throws `PRV_CLI_NOT_KNOWN`, `PRV_CLI_CANNOT_VALIDATE`.
 */
export async function validatorFor(named: string, options: CommonOptions, terminal: Terminal): Promise<Validator> {
  const { adapters: declarations } = await import('@portreeve/broker')
  const folder = findConfiguration(options, terminal)
  const instances = folder ? (await readConfiguration({ ...options, needsSecrets: false }, terminal)).adapters : []
  const labelled = instances.find(({ label }) => label === named)
  const declaration = declarations.find(({ name }) => name === (labelled?.adapter ?? named))
  if (!declaration) {
    const able = declarations.filter(({ validate }) => validate).map(({ name }) => name)
    const labels = instances.filter(({ adapter }) => able.includes(adapter)).map(({ label }) => label)
    const advice = `${[...labels, ...able].join(', ')}${folder ? '' : '; or, for a label of a configuration, name its folder with --config'}.`
    throw new PortreeveError('PRV_CLI_NOT_KNOWN', { what: 'adapter', value: named, advice })
  }
  const validate = declaration.validate?.bind(declaration)
  if (!validate) throw cannotValidate(declaration, declarations)
  const [only, second] = instances.filter(({ adapter }) => adapter === declaration.name)
  const instance = labelled ?? (second === undefined ? only : undefined)
  return instance ? { validate, label: instance.label, config: instance.config } : { validate }
}

function cannotValidate({ name }: AdapterDeclaration, declarations: readonly AdapterDeclaration[]): PortreeveError {
  const able = declarations.flatMap((declaration) => (declaration.validate ? [declaration.name] : []))
  return new PortreeveError('PRV_CLI_CANNOT_VALIDATE', { adapter: name, adapters: able.join(', ') || 'none can' })
}
