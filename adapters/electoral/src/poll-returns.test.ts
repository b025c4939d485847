import { createHash } from 'node:crypto'
import { readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FakeSystem } from './fake-system.ts'
import { addressUpdate, ann } from './testing/messages.ts'
import { open, poll, send, systemWith } from './testing/running.ts'

const bo = { ...ann, personGivenName: 'Bo' }
const single = addressUpdate('r-1')
const household = addressUpdate('r-2', { household: [bo] })

const header = 'REQUEST_ID,PERSON_NO,RESULT,ELECTOR_NO,CANDIDATES,REASON\r\n'
const filesIn = async (folder: string) =>
  (await readdir(folder, { withFileTypes: true })).flatMap((entry) => (entry.isFile() ? entry.name : []))

describe('a return file', () => {
  it('brings one answer for each request, and is put away when all are accepted', async () => {
    await using system = await systemWith('Ann Example', 'Bo Example')
    await send(await open(system), single, household)
    await system.take()
    const name = await system.answer()
    const { answers, fault } = await poll(await open(system))
    expect(answers).toEqual([
      { system: 'electoral', requestId: 'r-1', status: 'confirmed', systemReference: 'E1001' },
      { system: 'electoral', requestId: 'r-2', status: 'confirmed', systemReference: 'E1001, E1002' },
    ])
    expect(fault).toBeNull()
    expect(await filesIn(system.returnsFolder)).toEqual([])
    expect(await filesIn(join(system.returnsFolder, 'done'))).toEqual([name])
  })

  it('stays until the last of its answers is accepted, and comes again as the same messages', async () => {
    await using system = await systemWith('Ann Example', 'Bo Example')
    await send(await open(system), single, household)
    await system.take()
    const name = await system.answer()
    const first = await poll(await open(system), (_polled, index) => index === 0)
    expect(await filesIn(system.returnsFolder)).toEqual([name])
    const again = await poll(await open(system))
    expect(again.ids).toEqual(first.ids)
    expect(await filesIn(system.returnsFolder)).toEqual([])
  })

  it.each([
    ['nobody matches', [], 'no-match', { words: 'Nobody of this name is on the register.' }],
    [
      'several match',
      ['Ann Example', 'Ann Example'],
      'several-matches',
      {
        candidates: [
          { personReference: 'E1001', description: 'Example, 1 OLD ROAD' },
          { personReference: 'E1002', description: 'Example, 2 OLD ROAD' },
        ],
      },
    ],
  ] as const)('says so when %s', async (_what, names, status, more) => {
    await using system = await systemWith(...names)
    await send(await open(system), single)
    await system.take()
    await system.answer()
    const { answers } = await poll(await open(system))
    expect(answers).toEqual([{ system: 'electoral', requestId: 'r-1', status, ...more }])
  })

  it('is answered once for lines that are doubled, and says nothing of lines that are missing', async () => {
    await using system = await systemWith('Ann Example')
    await send(await open(system), single, addressUpdate('r-9'))
    await system.take()
    await system.answer({ doubled: true, missing: true })
    const { answers, fault } = await poll(await open(system))
    expect(answers.map(({ requestId, status }) => [requestId, status])).toEqual([['r-1', 'confirmed']])
    expect(fault).toBeNull()
  })

  it('that comes a second time brings the same message', async () => {
    await using system = await systemWith('Ann Example')
    await send(await open(system), single)
    const text = `${header}r-1,1,REJECTED,E1,,No such street.\r\n`
    await system.answerWith(text)
    const first = await poll(await open(system))
    await system.answerWith(text)
    expect((await poll(await open(system))).ids).toEqual(first.ids)
  })
})

describe('what the electoral system says', () => {
  const ok = `${header}r-1,1,OK,E1,,\r\n`
  const rejected = `${header}r-1,1,REJECTED,E1,,No such street.\r\n`

  /** What each of these return files brings, each written a second after the one before. */
  async function broughtBy(system: FakeSystem, ...texts: readonly string[]) {
    const all = []
    for (const text of texts) {
      const path = join(system.returnsFolder, await system.answerWith(text))
      seconds += 1
      await utimes(path, seconds, seconds)
      all.push(await poll(await open(system)))
    }
    return {
      statuses: all.flatMap(({ answers }) => answers.map(({ status }) => status)),
      ids: all.flatMap(({ ids }) => ids),
    }
  }
  let seconds = 1_772_000_000

  it('is the same message in whatever order the persons of a household stand', async () => {
    await using system = await systemWith('Ann Example', 'Bo Example')
    await send(await open(system), addressUpdate('r-2', { household: [{ ...ann, personGivenName: 'Bo' }] }))
    await system.answerWith(
      'REQUEST_ID,PERSON_NO,RESULT,ELECTOR_NO,CANDIDATES,REASON\r\nr-2,2,NOMATCH,,,\r\nr-2,1,OK,E1,,\r\n',
    )
    const first = await poll(await open(system), () => false)
    const again = await poll(await open(system))
    expect(again.answers).toEqual(first.answers)
    expect(again.ids).toEqual(first.ids)
  })

  it('is another message when it is said again after something else, and the same when it is only repeated', async () => {
    await using system = await systemWith()
    await send(await open(system), single)
    const { statuses, ids } = await broughtBy(system, ok, ok, rejected, ok, `${ok}r-1,1,OK,E1,,\r\n`)
    expect(statuses).toEqual(['confirmed', 'confirmed', 'rejected', 'confirmed', 'confirmed'])
    const [first, repeated, other, again, last] = ids
    expect([repeated, last]).toEqual([first, again])
    expect(new Set([first, other, again]).size).toBe(3)
  })

  it('stands when an older return file is put back', async () => {
    await using system = await systemWith()
    await send(await open(system), single)
    const { ids } = await broughtBy(system, ok, rejected)
    const path = join(system.returnsFolder, await system.answerWith(ok))
    await utimes(path, seconds - 1, seconds - 1)
    expect(await poll(await open(system))).toMatchObject({ answers: [{ status: 'rejected' }], ids: [ids[1]] })
  })

  it('is the same message as before the upgrade, when it was taken then', async () => {
    await using system = await systemWith()
    await send(await open(system), single)
    const [file = ''] = await filesIn(system.outFolder)
    const result = { status: 'confirmed', systemReference: 'E1' }
    const results = { 'r-1': { 1: { toldMs: 1_700_000_000_000, result } } }
    await writeFile(join(system.outFolder, '.handed-over', `${file}.results.json`), JSON.stringify(results))
    const { ids } = await broughtBy(system, ok, rejected, ok)
    const body = JSON.stringify({ system: 'electoral', requestId: 'r-1', ...result })
    expect(ids[0]).toBe(`r-1/${createHash('sha256').update(body).digest('hex')}`)
    expect(new Set(ids).size).toBe(3)
  })
})

describe('a household', () => {
  it('is not answered for good before all of it is, on whatever day; then the worst counts', async () => {
    await using system = await systemWith()
    await send(await open(system), household)
    await system.answerWith(`${header}r-2,1,OK,E1001,,\r\n`)
    expect((await poll(await open(system))).answers).toMatchObject([
      { status: 'in-progress', systemReference: 'E1001' },
    ])
    await system.answerWith(`${header}r-2,2,MULTI,,E7 Bo A;E8 Bo B,\r\n`)
    expect((await poll(await open(system))).answers).toEqual([
      {
        system: 'electoral',
        requestId: 'r-2',
        status: 'several-matches',
        systemReference: 'E1001',
        candidates: [
          { personReference: 'E7', description: 'Person 2: Bo A' },
          { personReference: 'E8', description: 'Person 2: Bo B' },
        ],
      },
    ])
    await system.answerWith(`${header}r-2,2,REJECTED,,,Too young.\r\n`)
    expect((await poll(await open(system))).answers).toMatchObject([
      { status: 'rejected', words: 'Person 2: Too young.' },
    ])
    await system.answerWith(`${header}r-2,2,OK,E8,,\r\n`)
    expect((await poll(await open(system))).answers).toMatchObject([{ status: 'confirmed' }])
  })

  it('is answered as a whole by a line that names no person', async () => {
    await using system = await systemWith()
    await send(await open(system), household)
    await system.answerWith(`${header}r-2,,OK,,,\r\n`)
    expect((await poll(await open(system))).answers).toMatchObject([{ status: 'confirmed' }])
  })
})

describe('what cannot be used', () => {
  it('is told in one file beside the return file, and the good lines go on', async () => {
    await using system = await systemWith('Ann Example')
    await send(await open(system), single)
    await system.take()
    const bad = ['nobody,1,OK,,,', 'short', 'r-1,2,OK,,,', 'r-1,1,PERHAPS,,,', 'r-1,"1,OK,,,']
    await system.answerWith(`${header}${[...bad, 'r-1,1,OK,E1001,,'].join('\r\n')}\r\n`)
    const { answers, fault } = await poll(await open(system))
    expect(answers).toMatchObject([{ requestId: 'r-1', status: 'confirmed' }])
    expect(fault).toMatchObject({ code: 'PRV_ELECTORAL_RETURN_LINES', details: { file: 'return-001.csv', count: 5 } })
    const done = join(system.returnsFolder, 'done')
    const [problemFile = ''] = (await filesIn(done)).filter((name) => name.endsWith('.problems.txt'))
    const text = await readFile(join(done, problemFile), 'utf8')
    expect(text).toContain('5 of its lines could not be used. All others were.')
    expect(text.match(/^Line \d+/gm)).toEqual(['Line 2', 'Line 3', 'Line 4', 'Line 5', 'Line 6'])
    expect((await poll(await open(system))).fault).toBeNull()
  })

  it('is put away as refused when it is no return file', async () => {
    await using system = await systemWith()
    await system.answerWith('<html>Sign in</html>\n')
    const { answers, fault } = await poll(await open(system))
    expect([answers, fault]).toMatchObject([[], { code: 'PRV_ELECTORAL_RETURN_FILE' }])
    expect(await filesIn(join(system.returnsFolder, 'refused'))).toHaveLength(2)
    expect(await filesIn(system.returnsFolder)).toEqual([])
  })

  it('is a file that is half written: its whole lines count, and the rest when it comes', async () => {
    await using system = await systemWith('Ann Example', 'Bo Example')
    await send(await open(system), household)
    await system.take()
    const name = await system.answer({ half: true })
    const half = await poll(await open(system), () => false)
    expect(half.answers).toMatchObject([{ requestId: 'r-2', status: 'in-progress' }])
    await writeFile(join(system.returnsFolder, name), `${header}r-2,1,OK,E1001,,\r\nr-2,2,OK,E1002,,\r\n`)
    expect((await poll(await open(system))).answers).toMatchObject([{ requestId: 'r-2', status: 'confirmed' }])
  })

  it('is a link, which is told of behind what is read', async () => {
    await using system = await systemWith('Ann Example')
    await send(await open(system), single)
    await system.take()
    await system.answer()
    await symlink('/etc/hostname', join(system.returnsFolder, 'link.csv'))
    const { answers, fault } = await poll(await open(system))
    expect(answers).toMatchObject([{ requestId: 'r-1', status: 'confirmed' }])
    expect(fault).toMatchObject({ code: 'PRV_ENDPOINTS_FILE_STRANGE' })
  })
})

it('reads nothing while a folder is away', async () => {
  await using system = await systemWith()
  await system.breakFolders()
  expect((await poll(await open(system))).fault).toMatchObject({ code: 'PRV_ELECTORAL_FOLDER' })
})
