import authorities from './billing-authorities.json' with { type: 'json' }

/**
 * Billing authorities of England and Wales by the four digits that the VOA knows them by, as `BA` + digits in a login.
 * Powys has three codes. The list is a picture of one day: councils merge, so an unknown code is no proof of an error.
 */
export const billingAuthorityNames: ReadonlyMap<string, string> = new Map(
  authorities.map(([code = '', name = '']): [string, string] => [code, name]),
)

/** A report may write the code as a number: `835` is `0835`. */
export function billingAuthorityCode(written: string): string {
  return written
    .trim()
    .replace(/^\+?0*/, '')
    .padStart(4, '0')
}
