import { expect, it } from 'vitest'
import { ApiKeys, newApiKey } from './api-keys.ts'

const one = newApiKey()
const other = newApiKey()
const known = [
  { name: 'forms', hash: one.hash },
  { name: 'kiosk', hash: other.hash },
]
const keys = new ApiKeys(() => known)

it('knows a key by its hash, and whose it is', () => {
  expect(keys.senderOf(`Bearer ${one.key}`)).toBe('forms')
  expect(keys.senderOf(`bearer  ${other.key} `)).toBe('kiosk')
})

it.each([undefined, '', 'Bearer', 'Bearer ', one.key, `Basic ${one.key}`, `Bearer ${one.hash}`, `Bearer ${one.key}x`])(
  'knows nobody by %s',
  (authorization) => {
    expect(keys.senderOf(authorization)).toBeNull()
  },
)

it('makes keys of 256 random bits, and hashes that do not hold them', () => {
  expect(one.key).toMatch(/^prv_[\w-]{43}$/)
  expect(one.hash).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(one.key).not.toBe(other.key)
})

it('asks for none where none is configured', () => {
  const open = new ApiKeys(() => [])
  expect(open.areWanted).toBe(false)
  expect(open.senderOf(undefined)).toBe('')
})

it('knows a key from when it is there until it is taken away', () => {
  let present = known.slice(0, 1)
  const changing = new ApiKeys(() => present)
  expect(changing.senderOf(`Bearer ${other.key}`)).toBeNull()
  present = known.slice(1)
  expect(changing.senderOf(`Bearer ${other.key}`)).toBe('kiosk')
  expect(changing.senderOf(`Bearer ${one.key}`)).toBeNull()
})
