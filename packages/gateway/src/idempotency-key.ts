import { PortreeveError } from '@portreeve/errors'

const maxIdempotencyKeyCharacters = 200

/** Visible ASCII; a header that came twice has a blank in it and is refused. */
export const idempotencyKeyPattern = `^[!-~]{1,${maxIdempotencyKeyCharacters}}$`

const form = new RegExp(idempotencyKeyPattern)

/** Throws `PRV_GATEWAY_IDEMPOTENCY_KEY`. */
export function idempotencyKeyOf(header: string | readonly string[] | undefined): string {
  if (typeof header === 'string' && form.test(header)) return header
  throw new PortreeveError('PRV_GATEWAY_IDEMPOTENCY_KEY', { maxCharacters: maxIdempotencyKeyCharacters })
}
