import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddressUpdateRequested } from '@portreeve/model'
import { expect, it } from 'vitest'
import { toChange } from './from-canonical.ts'
import { toCanonical } from './to-canonical.ts'
import type { Change } from './vendor-types.ts'

const folder = join(import.meta.dirname, '../golden')

it.each(readdirSync(folder))('%s', (name) => {
  expect(readFileSync(join(folder, name, 'case.md'), 'utf8')).toMatch(/^[A-Z].*\.\n$/)
  const file = join(folder, name, 'expected.json')
  const played = play(JSON.parse(readFileSync(join(folder, name, 'input.json'), 'utf8')))
  const expected = `${JSON.stringify(played, null, 2)}\n`
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, expected)
  else expect(expected).toBe(readFileSync(file, 'utf8'))
})

interface Input {
  /** Body of a request, and how many lines the table has for an address. */
  readonly request?: AddressUpdateRequested
  readonly lines?: number
  /** Row of the table for changes. */
  readonly row?: Change
}

/** A request as the row that is written, or a row as the message that comes back. */
function play({ request, lines = 4, row }: Input): unknown {
  if (request) return toChange(request, { externalReference: 'request-1', accountRef: 'A-1', lines })
  if (!row) throw new TypeError('the input is neither a request nor a row')
  const { body, ...message } = toCanonical(row, { system: 'revenues', appliedStatus: 'APPLIED' })
  return { ...message, body: JSON.parse(new TextDecoder().decode(body)) }
}
