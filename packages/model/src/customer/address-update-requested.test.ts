import { expect, it } from 'vitest'
import { type AddressChange, addressChangeProperties } from './address-change.ts'
import { addressUpdateOf } from './address-update-requested.ts'

it('a system is asked with all that has changed, and with nothing of whom else to tell', () => {
  const said = Object.fromEntries(Object.keys(addressChangeProperties).map((name) => [name, `the ${name}`]))
  const change = { ...said, tell: ['council-tax'], consents: [] } as unknown as AddressChange
  expect(addressUpdateOf(change, { system: 'crm' })).toEqual({ system: 'crm', ...said })
})
