import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openBroker } from '@portreeve/broker'
import { expect, it } from 'vitest'
import { readConfiguration } from '../configured.ts'
import { exampleFolder } from '../testing/example-folder.ts'
import { errorOf, run } from '../testing/test-run.ts'

const environment = { VOA_PASSWORD: 'correct horse' }

it('copies the data of a broker at work into a folder, and says that everything fits', async () => {
  await using folder = await exampleFolder()
  await mkdir(folder.inbox)
  const terminal = { environment, workingFolder: folder.path, now: () => new Date() }
  const configuration = await readConfiguration({ needsSecrets: true }, { ...terminal, ...silent })
  await using _broker = await openBroker({ configuration })
  const { code, out } = await run(['backup', 'copy'], { workingFolder: folder.path })
  expect(code).toBe(0)
  expect(out).toContain(join(folder.path, 'copy'))
  expect(out).toContain('Read through: everything fits.')
  expect(await readdir(join(folder.path, 'copy'))).toEqual(expect.arrayContaining(['ledger.db', 'log', 'state.db']))
  const unread = await run(['backup', 'other', '--no-check', '--json'], { workingFolder: folder.path })
  expect(JSON.parse(unread.out)).toMatchObject({ folder: join(folder.path, 'other'), problems: null })
})

it('has nothing to copy where no broker has ever run, and makes nothing', async () => {
  await using folder = await exampleFolder()
  const refused = await run(['backup', 'copy', '--json'], { workingFolder: folder.path })
  expect(errorOf(refused).code).toBe('PRV_BROKER_NO_DATA')
  expect(existsSync(join(folder.path, 'copy'))).toBe(false)
})

const silent = { out: async () => {}, err: () => {}, colour: false, live: false, columns: 80 }
