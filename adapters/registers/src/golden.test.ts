import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Question } from '@portreeve/adapter-sdk'
import { expect, it } from 'vitest'
import registers from './index.ts'

const folder = join(import.meta.dirname, '../golden')
const files = join(import.meta.dirname, '../../../config/examples/sallowmere/registers')

/** What the registers of the synthetic borough answer. */
async function answerTo(question: Question): Promise<unknown> {
  const { signal } = new AbortController()
  const claims = { put: () => Promise.reject(new TypeError()), get: () => Promise.reject(new TypeError()) as never }
  const context = { label: 'registers', authority: 'X99000001', now: () => new Date(), signal, claims }
  const config = { addressesFile: join(files, 'addresses.csv'), personsFile: join(files, 'persons.csv') }
  return await (await registers.open(config, context)).request?.(question, signal)
}

it.each(readdirSync(folder))('%s', async (name) => {
  expect(readFileSync(join(folder, name, 'case.md'), 'utf8')).toMatch(/^[A-Z].*\.\n$/)
  const answer = await answerTo(JSON.parse(readFileSync(join(folder, name, 'input.json'), 'utf8')))
  const expected = join(folder, name, 'expected.json')
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(expected, `${JSON.stringify(answer, null, 2)}\n`)
  else expect(answer).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
})
