/**
 * `$id` and title of a canonical schema. The `$id` is the `dataSchema` of messages and the target namespace of the XSD:
 * one title and version, never reused for another shape.
 *
 * @example named('BillingAuthorityReport', 1)
 */
export function named(title: string, version: number): { readonly $id: string; readonly title: string } {
  const name = title.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()
  return { $id: `https://portreeve.example/schemas/canonical/${name}/${version}`, title }
}
