import type { ErrorObject } from 'ajv'

/**
 * Where a schema wants at least one of some properties (`anyOf` of `required`), one fault that names them all in place of one for each:
 * what lacks all of them is not to be given all of them.
 */
export function oneOfThem(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf')
  return choices.reduce((left, choice) => {
    const ways = left.filter((error) => isWay(error, choice))
    const names = ways.map(({ params }) => String(params.missingProperty))
    if (ways.length === 0 || ways.some(({ keyword }) => keyword !== 'required')) return left
    const one = { ...choice, keyword: 'required one of', params: { missingProperty: listed(names) } }
    return left.filter((error) => !ways.includes(error)).map((error) => (error === choice ? one : error))
  }, errors)
}

function isWay({ instancePath, schemaPath }: ErrorObject, choice: ErrorObject): boolean {
  return instancePath === choice.instancePath && schemaPath.startsWith(`${choice.schemaPath}/`)
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
