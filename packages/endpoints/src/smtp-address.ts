const local = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}"
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const address = `${local}@${label}(?:\\.${label})*`
const name = '[^<>"(),:;@\\\\\\p{C}\\p{Zl}\\p{Zp}]{1,100}'

/** A plain address by RFC 5321: ASCII, nothing quoted, no name. To be read with the flag `u`. */
export const mailAddressPattern = `^${address}$`

/** `a@b`, or `Name <a@b>` without quotation marks. To be read with the flag `u`. */
export const senderPattern = `^(?:${address}|${name} <${address}>)$`

const isAddress = new RegExp(mailAddressPattern, 'u')
const isSender = new RegExp(senderPattern, 'u')

/** Whether it is a plain address, of at most 254 characters. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && isAddress.test(text)
}

/** The address of `a@b` or `Name <a@b>`; `null`: it is neither. */
export function addressOf(text: string): string | null {
  const found = text.slice(text.indexOf('<') + 1).replace(/>$/, '')
  return isSender.test(text) && isMailAddress(found) ? found : null
}
