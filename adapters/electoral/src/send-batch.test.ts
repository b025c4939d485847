import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addressUpdate, ann } from './testing/messages.ts'
import { lookUp, open, send, systemWith } from './testing/running.ts'

const [one, two] = [addressUpdate('r-1'), addressUpdate('r-2', { household: [{ ...ann, personGivenName: 'Bo' }] })]
const bad = addressUpdate('r-3', { movedOn: '2026-02-31' })

const visible = async (folder: string) => (await readdir(folder)).filter((name) => !name.startsWith('.'))

describe('a batch', () => {
  it('is one file with a line for each person, and each message is proved by its file and line', async () => {
    await using system = await systemWith()
    const outcomes = await send(await open(system), two, one)
    const [name = '', ...others] = await visible(system.outFolder)
    expect(others).toEqual([])
    expect(name).toMatch(/^address-changes-2026-03-02-000001-[0-9a-f]{16}\.csv$/)
    expect(outcomes).toEqual([
      { state: 'delivered', proof: `${name}, line 2` },
      { state: 'delivered', proof: `${name}, line 4` },
    ])
    const lines = (await readFile(join(system.outFolder, name), 'utf8')).split('\r\n')
    expect(lines.map((line) => line.split(',').slice(0, 3).join())).toEqual([
      'REQUEST_ID,PERSON_NO,PERSONS',
      'r-2,1,2',
      'r-2,2,2',
      'r-1,1,1',
      '',
    ])
  })

  it('is known by its messages when it comes again, after the file was taken away, in another batch and another order', async () => {
    await using system = await systemWith()
    const sent = await send(await open(system), one, two)
    await system.take()
    expect(await send(await open(system), two, one)).toEqual(sent.toReversed())
    await system.take()
    expect([...system.record]).toEqual([
      ['r-1/1', 1],
      ['r-2/1', 1],
      ['r-2/2', 1],
    ])
    expect(await lookUp(await open(system), one, bad)).toMatchObject([sent[0], { state: 'not-taken' }])
  })

  it('goes without a message that makes no line, which is told by field and rule and not by value', async () => {
    await using system = await systemWith()
    const outcomes = await send(await open(system), one, bad, two)
    expect(outcomes.map(({ state }) => state)).toEqual(['delivered', 'not-taken', 'delivered'])
    expect(outcomes[1]).toMatchObject({
      error: { code: 'PRV_ELECTORAL_MESSAGE', details: { id: 'r-3', field: 'movedOn', rule: 'date YYYY-MM-DD' } },
    })
    expect(JSON.stringify(outcomes[1])).not.toContain('2026-02-31')
  })

  it('has a name that comes behind those of all files before it, also of those that were taken away', async () => {
    await using system = await systemWith()
    const requests = Array.from({ length: 12 }, (_, index) => addressUpdate(`r-${index}`))
    const names: string[] = []
    for (const [index, request] of requests.entries()) {
      await send(await open(system), request)
      names.push(...(await visible(system.outFolder)))
      if (index % 3 === 2) await system.take()
    }
    const inOrder = [...new Set(names)]
    expect(inOrder).toHaveLength(12)
    expect(inOrder).toEqual(inOrder.toSorted())
    await system.take()
    expect([...system.record.keys()]).toEqual(requests.map(({ envelope }) => `${envelope.id}/1`))
  })

  it('neutralises a name that a spreadsheet would run', async () => {
    await using system = await systemWith()
    const person = { personGivenName: '=HYPERLINK("https://evil.example.org","Ann")', personFamilyName: 'Example' }
    await send(await open(system), addressUpdate('r-1', { person }))
    const [name = ''] = await visible(system.outFolder)
    expect(await readFile(join(system.outFolder, name), 'utf8')).toContain(`,"'=HYPERLINK(""https:`)
  })
})

describe('a death while a file is handed over', () => {
  async function interrupted(named: boolean) {
    const system = await systemWith()
    const sent = await send(await open(system), one)
    const [name = ''] = await visible(system.outFolder)
    if (!named) await rename(join(system.outFolder, name), join(system.outFolder, `.${name}.part`))
    return { system, sent, name }
  }

  it('before it got its name: nothing was handed over, and it goes once when it is sent again', async () => {
    const { system, sent } = await interrupted(false)
    await using _ = system
    expect(await lookUp(await open(system), one)).toMatchObject([{ state: 'not-taken' }])
    expect(await send(await open(system), one)).toEqual(sent)
    await system.take()
    expect(system.record.get('r-1/1')).toBe(1)
  })

  it('after it got its name and was taken away: it was handed over, and does not go again', async () => {
    const { system, sent } = await interrupted(true)
    await using _ = system
    await system.take()
    expect(await lookUp(await open(system), one)).toEqual(sent)
    expect(await send(await open(system), one)).toEqual(sent)
    expect(await visible(system.outFolder)).toEqual([])
  })

  it('leaves no note without its file when the note says nothing', async () => {
    await using system = await systemWith()
    await send(await open(system), one)
    const notes = join(system.outFolder, '.handed-over')
    const [note = ''] = await readdir(notes)
    await writeFile(join(notes, note), '{"file":"../../x","messages":[]}')
    expect(await lookUp(await open(system), one)).toMatchObject([{ state: 'unknown' }])
    await expect(send(await open(system), one)).rejects.toMatchObject({ code: 'PRV_ENDPOINTS_FILE_FAILED' })
  })
})

describe('a folder that is gone', () => {
  it('is a system that is down: it is not made, nothing is taken, and all goes on when it is back', async () => {
    await using system = await systemWith()
    const adapter = await open(system)
    await rm(system.outFolder, { recursive: true })
    await expect(send(adapter, one)).rejects.toMatchObject({ code: 'PRV_ELECTORAL_FOLDER' })
    expect(await lookUp(adapter, one)).toMatchObject([{ state: 'unknown', error: { code: 'PRV_ELECTORAL_FOLDER' } }])
    await expect(readdir(system.outFolder)).rejects.toMatchObject({ code: 'ENOENT' })
    await mkdir(system.outFolder)
    expect(await send(adapter, one)).toMatchObject([{ state: 'delivered' }])
  })

  it('says that nothing was handed over when the name of the file is in the way', async () => {
    await using system = await systemWith()
    await send(await open(system), one)
    const [name = ''] = await visible(system.outFolder)
    await rm(system.outFolder, { recursive: true })
    await mkdir(join(system.outFolder, name), { recursive: true })
    await writeFile(join(system.outFolder, name, 'full'), '')
    await expect(send(await open(system), one)).rejects.toMatchObject({ code: 'PRV_ENDPOINTS_FILE_FAILED' })
    expect(await lookUp(await open(system), one)).toMatchObject([{ state: 'not-taken' }])
    expect((await readdir(system.outFolder)).toSorted()).toEqual(['.handed-over', name])
  })
})
