import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { toCase } from './from-canonical.ts'
import { toCanonical } from './to-canonical.ts'
import { caseChange } from './vendor-types.ts'

const folder = join(import.meta.dirname, '../golden')

it.each(readdirSync(folder))('%s', (name) => {
  expect(readFileSync(join(folder, name, 'case.md'), 'utf8')).toMatch(/^[A-Z].*\.\n$/)
  const file = join(folder, name, 'expected.json')
  const played = play(JSON.parse(readFileSync(join(folder, name, 'input.json'), 'utf8')))
  const expected = `${JSON.stringify(played, null, 2)}\n`
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, expected)
  else expect(expected).toBe(readFileSync(file, 'utf8'))
})

/** The body of a request as the case that is opened, or a change of a case as the message that comes back. */
function play(input: Parameters<typeof toCase>[0] | object): unknown {
  if ('newAddress' in input) {
    return toCase(input, { externalReference: 'request-1', partyId: 'P-1', type: 'change-of-address' })
  }
  if (!caseChange.Check(input)) throw new TypeError('the input is neither a request nor a change')
  const { body, ...message } = toCanonical(input, 'crm')
  return { ...message, body: JSON.parse(new TextDecoder().decode(body)) }
}
