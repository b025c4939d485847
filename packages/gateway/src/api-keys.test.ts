import { expect, it } from 'vitest'
import { ApiKeys, newApiKey } from './api-keys.ts'

const one = newApiKey()
const other = newApiKey()
const keys = new ApiKeys([
  { name: 'forms', hash: one.hash },
  { name: 'kiosk', hash: other.hash },
])

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
  const open = new ApiKeys([])
  expect(open.areWanted).toBe(false)
  expect(open.senderOf(undefined)).toBe('')
})
