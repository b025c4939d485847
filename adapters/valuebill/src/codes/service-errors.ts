/** What the VOA's service means by its numbered errors. Source: error codes of the published upload service. */
const meanings: Readonly<Record<string, string>> = {
  '1000': 'A character is not allowed.',
  '1001': 'There must be exactly one proposed entry.',
  '1002': 'There must be no existing entry.',
  '1003': 'There must be either one existing or one proposed entry.',
  '1004': 'There must be at least one proposed entry.',
  '1005': 'There must be at least one existing entry.',
  '1006': 'The reason code is not in use.',
  '1007': 'There must be exactly one existing entry.',
  '1008': 'There must be no proposed entry.',
  '1010': 'The billing authority code is not that of the login.',
  '1012': 'The billing authority code is missing.',
  '1020': 'The kind of tax is not one that the service takes.',
  '2000': 'The report does not follow the Valuebill schema.',
  '2001': 'The document is not XML that the service reads.',
  '3000': 'The system behind the service cannot be reached.',
  '4000': 'The upload did not work.',
  '4500': 'The service took too long.',
}

/** A sentence for a number of the service; a rule that the service only names is its own name. */
export function serviceErrorMeaning(code: string): string {
  return meanings[code] ?? (/^\d+$/.test(code) ? `The VOA gave no meaning for ${code}.` : `The rule ${code} is broken.`)
}
