import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { errorOf, run } from '../testing/test-run.ts'

const root = join(import.meta.dirname, '../../../..')
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** The part of a checkout that the command reads and writes. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portreeve-adapter-'))
  folders.push(folder)
  const lists = ['package.json', 'packages/broker/package.json', 'packages/broker/src/adapters.ts', 'README.md']
  const read = ['packages/adapter-template', 'test/documentation/golden/canonical', 'test/architecture/rooms.ts']
  for (const path of [...lists, ...read]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(root, path), join(folder, path), { recursive: true, filter: (from) => !from.includes('node_modules') })
  }
  mkdirSync(join(folder, 'adapters'))
  return folder
}

it('works in any folder of a checkout', async () => {
  const folder = checkout()
  const { code, out } = await run(['adapter', 'new', 'notice-board'], {
    workingFolder: join(folder, 'packages/broker'),
  })
  expect(code).toBe(0)
  expect(out).toContain('adapters/notice-board is made.')
  expect(readdirSync(join(folder, 'adapters'))).toEqual(['notice-board'])
})

it('names the line for a list that it finds no place in, and makes the adapter all the same', async () => {
  const folder = checkout()
  writeFileSync(join(folder, 'README.md'), '# Ours\n')
  const { code, out } = await run(['adapter', 'new', 'notice-board', '--json'], { workingFolder: folder })
  expect(code).toBe(0)
  const { toRegister } = JSON.parse(out)
  expect(toRegister).toEqual([{ path: 'README.md', line: expect.stringContaining('`adapters/notice-board`') }])
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('# Ours\n')
})

it('leaves nothing behind when a file of the checkout is missing', async () => {
  const folder = checkout()
  rmSync(join(folder, 'test/architecture/rooms.ts'))
  const refused = await run(['adapter', 'new', 'notice-board', '--json'], { workingFolder: folder })
  expect([refused.code, errorOf(refused).code]).toEqual([4, 'PRV_CLI_CHECKOUT_UNWRITABLE'])
  expect(readdirSync(join(folder, 'adapters'))).toEqual([])
  expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe(readFileSync(join(root, 'package.json'), 'utf8'))
})

it('is for a checkout only', async () => {
  const refused = await run(['adapter', 'new', 'notice-board', '--json'])
  expect([refused.code, errorOf(refused).code]).toEqual([4, 'PRV_CLI_NO_CHECKOUT'])
})

it.each([
  ['a name that is no folder', ['../mail']],
  ['a name with a capital', ['Mail']],
  ['the name of a room', ['template']],
  ['a summary that is no sentence', ['mail2', '--summary', 'sends']],
  ['a summary of two lines', ['mail2', '--summary', 'Sends.\nAnd.']],
])('refuses %s', async (_what, words) => {
  const refused = await run(['adapter', 'new', ...words, '--json'], { workingFolder: checkout() })
  expect([refused.code, errorOf(refused).code]).toEqual([2, 'PRV_CLI_USAGE'])
})

it('refuses a type that the model has not got, and names those that it has', async () => {
  const refused = await run(['adapter', 'new', 'x', '--type', 'customer.moved', '--json'])
  expect([refused.code, errorOf(refused).code]).toEqual([1, 'PRV_CLI_NOT_KNOWN'])
  expect(errorOf(refused).remedy).toContain('customer.address-update.requested')
})
