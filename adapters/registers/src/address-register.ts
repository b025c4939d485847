import type { InboxFile } from '@portreeve/endpoints'
import { addressLayout } from './layouts.ts'
import { type RegisterOptions, readRegister } from './read-register.ts'
import type { AddressRow } from './vendor-types.ts'

/** Addresses by UPRN, without leading zeros. */
export type AddressRegister = ReadonlyMap<string, Omit<AddressRow, 'uprn'>>

/** Rejects as `readRegister` does. */
export async function readAddresses(
  file: InboxFile,
  { encoding, ...options }: RegisterOptions,
): Promise<AddressRegister> {
  const register = new Map<string, Omit<AddressRow, 'uprn'>>()
  await readRegister(file, {
    ...options,
    layout: { ...addressLayout, encoding },
    take({ uprn, address, capacity, occupants }) {
      const key = uprnKey(String(uprn))
      if (register.has(key)) return 'uprn'
      register.set(key, {
        ...(typeof address === 'string' && { address }),
        ...(typeof capacity === 'number' && { capacity }),
        ...(typeof occupants === 'number' && { occupants }),
      })
      return null
    },
  })
  return register
}

/** Some systems fill a UPRN up to twelve digits. */
export function uprnKey(uprn: string): string {
  return uprn.replace(/^0+(?=\d)/, '')
}
