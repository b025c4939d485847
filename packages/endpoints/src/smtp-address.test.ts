import { describe, expect, it } from 'vitest'
import { addressOf, isMailAddress } from './smtp-address.ts'

describe('an address that e-mail is sent to', () => {
  it.each(['w.osynthetic@example.org', "o'synthetic+moves@mail.example.org", 'a@b', 'A_1%x@xn--bcher-kva.example'])(
    'is taken: %s',
    (address) => expect(isMailAddress(address)).toBe(true),
  )

  it.each([
    '',
    'nobody',
    'a@b@c',
    'a b@example.org',
    '"a b"@example.org',
    'a@example.org, b@example.org',
    'Ada <a@example.org>',
    '<a@example.org>',
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org\n',
    'a@example.org\0',
    'a@-example.org',
    'a@example..org',
    'a@[127.0.0.1]',
    'ä@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}`,
  ])('is not taken: %j', (address) => expect(isMailAddress(address)).toBe(false))
})

describe('a sender', () => {
  it.each([
    ['no-reply@sallowmere.example', 'no-reply@sallowmere.example'],
    ['Borough of Sallowmere <no-reply@sallowmere.example>', 'no-reply@sallowmere.example'],
    ['Cyngor Tŷ’r Môr <post@example.org>', 'post@example.org'],
  ])('has an address: %s', (sender, address) => expect(addressOf(sender)).toBe(address))

  it.each([
    'Borough',
    'Borough <no-reply>',
    'Borough <a@example.org> <b@example.org>',
    'Borough\r\nBcc: b@example.org <a@example.org>',
    'a@example.org, b@example.org',
    '"Borough" <a@example.org>',
    'a@example.org>',
  ])('is none: %j', (sender) => expect(addressOf(sender)).toBeNull())
})
