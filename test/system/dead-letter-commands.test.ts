import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBorough } from '@portreeve/broker'
import { runCli } from '@portreeve/cli'
import { fromHeaders } from '@portreeve/envelope'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { openState } from '@portreeve/state'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'

const receiver = 'reports-to-voa.voa'
const key = 'parked by a test'
const sample = join(root, 'config/examples/sallowmere/samples/1-good.xml')
const decision = ['--by', 'A. Clerk', '--why', 'agreed by telephone']
let dataFolder = ''

async function portreeve(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCli([...words, '--config', join(root, 'config/examples/sallowmere')], {
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    colour: false,
    live: false,
    columns: 80,
    environment: { SALLOWMERE_DATA: dataFolder, ...environment },
    workingFolder: dataFolder,
    now: () => new Date(),
  })
  return { code, out: out.join(''), err: err.join('') }
}

async function asked(words: readonly string[]) {
  const { code, out, err } = await portreeve([...words, '--json'])
  expect({ code, err }, words.join(' ')).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

async function until<Value>(ask: () => Promise<Value>, holds: (value: Value) => boolean): Promise<Value> {
  const end = Date.now() + 30_000
  for (;;) {
    const value = await ask()
    if (holds(value)) return value
    if (Date.now() > end) throw new TypeError(`it did not come about: ${JSON.stringify(value)}`)
    await sleep(100)
  }
}

/** Reports that the broker has delivered, as records of one partition of the log. */
async function deliveredReports() {
  await using borough = await startBorough({ dataFolder })
  expect((await portreeve(['send', 'revenues', sample])).code).toBe(0)
  await until(
    () => borough.broker.operations.search({ type: 'valuation.report.proposed', state: 'delivered' }),
    ({ messages }) => messages.length === 6,
  )
  await borough.stop()
  await using log = await openSqliteLog({ folder: join(dataFolder, 'log') })
  const topic = 'valuation.report.proposed'
  for (const { partition, start, end } of await log.ranges(topic)) {
    const { records } = await log.read({ topic, partition, from: start })
    if (end - start < 2) continue
    return records.map(({ headers, offset }) => {
      const { id, reference } = fromHeaders(headers)
      return { messageId: id, reference, place: { topic, partition, offset } }
    })
  }
  throw new TypeError('no partition has two reports')
}

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'portreeve-dead-letters-'))
  const [first, second] = await deliveredReports()
  if (!first || !second) throw new TypeError('fewer than two reports')
  using state = openState({ path: join(dataFolder, 'state.db') })
  const since = new Date()
  await state.parked.park(receiver, [
    { key, ...first, since, failure: { code: 'PRV_VALUEBILL_MESSAGE', reason: 'Made so by a test.' } },
    { key, ...second, since },
  ])
}, 60_000)
afterAll(() => rm(dataFolder, { recursive: true }))

describe('a message that waits for a person', () => {
  it('is listed with what waits behind it and why', async () => {
    const { keys } = await asked(['dead-letters', 'list'])
    expect(keys).toMatchObject([{ receiver, key, state: 'parked', behind: 1, code: 'PRV_VALUEBILL_MESSAGE' }])
    expect((await asked(['dead-letters', 'list', '--receiver', receiver])).keys).toHaveLength(1)
  })

  it('is shown, its body only when that is asked for', async () => {
    expect(await asked(['dead-letters', 'show', receiver, key])).toMatchObject({
      behind: 1,
      behindReferences: [expect.stringMatching(/-/)],
      body: null,
      events: [{ reference: expect.stringMatching(/-/) }, {}],
    })
    const { body } = await asked(['dead-letters', 'show', receiver, key, '--body'])
    expect(JSON.parse(body)).toMatchObject({ typeOfTax: expect.any(String) })
  })

  it('is not let go by an edit that changed nothing', async () => {
    const words = ['dead-letters', 'edit', receiver, key, ...decision]
    const { code, err } = await portreeve(words, { EDITOR: 'true' })
    expect(code).toBe(1)
    expect(err).toContain('PRV_CLI_NOTHING_EDITED')
    expect((await asked(['dead-letters', 'show', receiver, key])).state).toBe('parked')
  })

  it('is not let go with a new body from a file that is not there', async () => {
    const { code, err } = await portreeve(['dead-letters', 'edit', receiver, key, '--body', 'absent.json', ...decision])
    expect(code).toBe(4)
    expect(err).toContain('PRV_CLI_FILE_UNREADABLE')
  })

  it('is discarded only by somebody who says who and why', async () => {
    const { code, err } = await portreeve(['dead-letters', 'discard', receiver, key, '--by', 'A. Clerk'])
    expect(code).toBe(2)
    expect(err).toContain('--why')
    const absent = await portreeve(['dead-letters', 'discard', receiver, 'no such key', ...decision])
    expect(absent.code).toBe(1)
    expect(absent.err).toContain('PRV_STATE_KEY_NOT_PARKED')
    expect((await asked(['dead-letters', 'show', receiver, key])).state).toBe('parked')
  })

  it('is neither retried, edited nor discarded when another message was seen', async () => {
    for (const how of ['retry', 'edit', 'discard']) {
      const words = ['dead-letters', how, receiver, key, '--reference', '9R3R-L632', ...decision]
      const { code, err } = await portreeve(words, { EDITOR: 'false' })
      expect({ how, code, isOther: err.includes('PRV_STATE_OTHER_MESSAGE') }).toEqual({ how, code: 1, isOther: true })
    }
    const { state, reference } = await asked(['dead-letters', 'show', receiver, key])
    expect(state).toBe('parked')
    const shown = (await portreeve(['dead-letters', 'show', receiver, key])).out.replaceAll(/ \\\n +/g, ' ')
    const config = join(root, 'config/examples/sallowmere')
    const words = `dead-letters retry ${receiver} '${key}' --reference ${reference} --by 'your name' --why 'your reason'`
    expect(shown).toContain(`portreeve ${words} --config ${config}\n`)
  })

  it('goes again with its new body, and what waited behind it follows; who decided and why is kept', async () => {
    const { body } = await asked(['dead-letters', 'show', receiver, key, '--body'])
    const mended = JSON.stringify({ ...JSON.parse(body), baReportNumber: '9001' })
    await writeFile(join(dataFolder, 'mended.json'), mended)
    const { reference } = await asked(['dead-letters', 'show', receiver, key])
    const seen = ['--reference', reference]
    const edit = ['dead-letters', 'edit', receiver, key, ...seen, '--body', 'mended.json', ...decision]
    expect(await portreeve(edit)).toMatchObject({ code: 0, err: '' })
    expect((await portreeve(edit)).err).toContain('PRV_STATE_KEY_NOT_PARKED')
    expect((await asked(['dead-letters', 'list'])).keys).toMatchObject([{ key, state: 'released' }])

    await using borough = await startBorough({ dataFolder })
    const settled = await until(
      () => asked(['dead-letters', 'show', receiver, key]),
      ({ state }) => state === 'settled',
    )
    const told = settled.events.map(({ what, by, why }: Record<string, unknown>) => [what, by, why])
    expect(told).toContainEqual(['released', 'A. Clerk', 'agreed by telephone'])
    expect(told.filter(([what]: unknown[]) => what === 'settled')).toHaveLength(2)
    const { timeLine } = await asked(['track', settled.events[0].messageId, '--id'])
    const story = timeLine.map(({ state, sentence }: Record<string, unknown>) => [state, sentence])
    expect(story).toEqual([
      ['accepted', expect.any(String)],
      ...story.filter(([state]: string[]) => state === 'delivered'),
      ['parked', `Held back from ${receiver} (PRV_VALUEBILL_MESSAGE: Made so by a test.); a person had to decide.`],
      ['released', `A. Clerk corrected it and let it go to ${receiver} again: agreed by telephone`],
    ])
    expect(borough.voa.reports().map(({ reportNumber }) => reportNumber)).toContain('9001')
  }, 60_000)
})
