/** Objects of the VOA's own service, by the file of `app/uk/gov/hmrc/voabar/services` in which they stand. */
type VoaBarFile = 'RulesCorrectionEngine' | 'RulesValidationEngine' | 'ValidationService'

export function voaBar(file: VoaBarFile, name: string): string {
  return `hmrc/voa-bar, ${file}.scala: ${name}`
}

/** Rules that the service has no more. */
export function voaBarUntil2020(what: string): string {
  return `hmrc/voa-bar, before f3fb738: ${what}`
}

/** A type or an element of the published schema, 3-1d. */
export function publishedSchema(file: 'ValuebillBAtoVOA' | 'VBcommon', name: string): string {
  return `${file}-v3-1d.xsd: ${name}`
}
