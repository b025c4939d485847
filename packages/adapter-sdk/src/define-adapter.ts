import type { TObject } from 'typebox'
import type { AdapterDeclaration } from './declaration.ts'

/** Freezes the declaration and keeps its types. There is no registry: `broker` imports the declarations it names. */
export function defineAdapter<const Config extends TObject>(
  declaration: AdapterDeclaration<Config>,
): AdapterDeclaration<Config> {
  return Object.freeze(declaration)
}
