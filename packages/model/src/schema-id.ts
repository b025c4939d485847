/** `$id` of a canonical schema, and target namespace of its XSD: one name, one version, never reused for another shape. */
export function schemaId(name: string, version: number): string {
  return `https://portreeve.example/schemas/canonical/${name}/${version}`
}
