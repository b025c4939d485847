/** `anyOf` for an object that must have at least one of these properties; Ajv's strict mode wants each one declared. */
export function atLeastOne(...names: readonly string[]) {
  return { anyOf: names.map((name) => ({ required: [name], properties: { [name]: true } })) }
}
