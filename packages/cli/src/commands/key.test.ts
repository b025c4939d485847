import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { errorOf, run } from '../testing/test-run.ts'

it('shows a new key once, and the lines that stand for it in broker.yaml', async () => {
  const { code, out } = await run(['key', 'new', 'web-forms'])
  const [key = ''] = out.split('\n')
  expect(code).toBe(0)
  expect(key).toMatch(/^prv_[\w-]{43}$/)
  const hash = createHash('sha256').update(key).digest('hex')
  expect(out).toContain(`door:\n  apiKeys:\n    - name: web-forms\n      hash: sha256:${hash}\n`)
  expect(out.split(key)).toHaveLength(2)
  const flat = out.replaceAll(/\s+/g, ' ')
  expect(flat).toContain('It holds after portreeve apply, or from the next start of the broker.')
})

it('makes another one each time', async () => {
  const one = JSON.parse((await run(['key', 'new', 'a', '--json'])).out)
  const other = JSON.parse((await run(['key', 'new', 'a', '--json'])).out)
  expect(Object.keys(one)).toEqual(['name', 'key', 'hash'])
  expect(one.key).not.toBe(other.key)
  expect(one.hash).not.toBe(other.hash)
})

it('refuses a name that broker.yaml would not take', async () => {
  const refused = await run(['key', 'new', 'Web Forms', '--json'])
  expect(refused.code).toBe(2)
  expect(errorOf(refused).code).toBe('PRV_CLI_USAGE')
})
