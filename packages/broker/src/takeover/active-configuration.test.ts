import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readActiveConfiguration } from './active-configuration.ts'

let folder = ''
let activeConfiguration = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-active-'))
  activeConfiguration = join(folder, 'configuration.json')
})
afterEach(() => rm(folder, { recursive: true }))

const reading = () => readActiveConfiguration({ activeConfiguration })
const refused = (fault: string) => ({
  code: 'PRV_BROKER_ACTIVE_CONFIGURATION',
  details: { file: activeConfiguration, fault },
})

describe('what a broker worked with last', () => {
  it('is null only where nothing was written down', async () => {
    expect(await reading()).toBeNull()
  })

  it.each([
    ['empty', ''],
    ['cut short', '{ "since": "2026-11-05T09:00:00.000Z", "record": { "broker": '],
    ['of another version', '{ "since": "2026-11-05T09:00:00.000Z", "record": { "broker": {} } }'],
  ])('is refused where the file is %s, and nothing of it is told', async (_what, text) => {
    await writeFile(activeConfiguration, text)
    await expect(reading()).rejects.toMatchObject(refused('it does not hold what a broker of this version writes'))
  })

  it('is refused with what the disk says where the file cannot be read', async () => {
    await mkdir(activeConfiguration)
    await expect(reading()).rejects.toMatchObject(refused('EISDIR'))
  })
})
