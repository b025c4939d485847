import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Static, TObject } from 'typebox'
import type { AdapterDeclaration } from './declaration.ts'

/** It keeps each schema that it has compiled. */
const ajv = new Ajv2020({ strict: true, allErrors: true, useDefaults: true, allowUnionTypes: true })
ajv.addKeyword('secret')
addFormats.default(ajv)

/** One thing that is wrong with a configuration. */
export interface ConfigProblem {
  /** JSON pointer (RFC 6901) of the value, or of the place where one is missing or not known. */
  readonly pointer: string
  /** What is wrong, without the value: it may be a secret. */
  readonly sentence: string
}

export type ValidConfig<Config extends TObject> =
  | { readonly config: Static<Config>; readonly problems: readonly [] }
  | { readonly config?: undefined; readonly problems: readonly [ConfigProblem, ...ConfigProblem[]] }

/** The declaration's config with its defaults filled in, or what is wrong with it. The value given is left as it is. */
export function validateConfig<Config extends TObject>(
  { config: schema }: Pick<AdapterDeclaration<Config>, 'config'>,
  value: unknown,
): ValidConfig<Config> {
  const validate = ajv.compile<Static<Config>>(schema)
  const config: unknown = structuredClone(value)
  if (validate(config)) return { config, problems: [] }
  const [first, ...others] = (validate.errors ?? []).map(problemOf)
  return { problems: [first ?? { pointer: '', sentence: 'is not valid.' }, ...others] }
}

function problemOf({ instancePath, keyword, params, message = 'is not valid' }: ErrorObject): ConfigProblem {
  const { missingProperty, additionalProperty } = params
  if (keyword === 'required') return { pointer: below(instancePath, missingProperty), sentence: 'is missing.' }
  if (keyword === 'additionalProperties') {
    return { pointer: below(instancePath, additionalProperty), sentence: 'is not known here.' }
  }
  return { pointer: instancePath, sentence: `${message}.` }
}

function below(pointer: string, name: unknown): string {
  return `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
