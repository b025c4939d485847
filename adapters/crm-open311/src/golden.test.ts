import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { toForm } from './from-canonical.ts'
import { toCanonical } from './to-canonical.ts'
import { serviceRequestForm } from './vendor-types.ts'

const folder = join(import.meta.dirname, '../golden')

it.each(readdirSync(folder))('%s', (name) => {
  expect(readFileSync(join(folder, name, 'case.md'), 'utf8')).toMatch(/^[A-Z].*\.\n$/)
  const file = join(folder, name, 'expected.json')
  const played = play(JSON.parse(readFileSync(join(folder, name, 'input.json'), 'utf8')))
  const expected = `${JSON.stringify(played, null, 2)}\n`
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, expected)
  else expect(expected).toBe(readFileSync(file, 'utf8'))
})

/** The body of a request as the form that is filed, a field a line, or a service request as the message that comes back. */
function play(input: Parameters<typeof toForm>[0] | object): unknown {
  if ('newAddress' in input) return toForm(input, 'request-1').map(([name, value]) => `${name}=${value}`)
  if (!serviceRequestForm.Check(input)) throw new TypeError('the input is neither a request nor a service request')
  const { body, ...message } = toCanonical(input, 'crm')
  return { ...message, body: JSON.parse(new TextDecoder().decode(body)) }
}
