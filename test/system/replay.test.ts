import { join } from 'node:path'
import { runCli } from '@portreeve/cli'
import { expect, it } from 'vitest'
import type { TestBorough } from './support/borough.ts'
import { boroughs } from './support/boroughs.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const receiver = 'reports-to-voa.voa'
const type = 'valuation.report.proposed'
const decision = ['--go', '--by', 'A. Clerk', '--why', 'restored from a backup']

async function portreeve(borough: TestBorough, ...words: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCli([...words, '--json', '--config', join(borough.folder, 'config')], {
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    colour: false,
    live: false,
    columns: 100,
    environment: {},
    workingFolder: borough.folder,
    now: () => new Date(),
  })
  return { code, told: JSON.parse(out.join('') || 'null'), err: err.join('') }
}

async function replayed(borough: TestBorough, ...words: readonly string[]) {
  const { told, err } = await portreeve(borough, 'replay', ...words, ...decision)
  expect(err).toBe('')
  const all = new Set(told.replays.map(({ replay }: { replay: string }) => replay))
  await until('it is over', async () => {
    const { replays } = await borough.operations.replays()
    return replays.filter(({ replay }) => all.has(replay)).every(({ state }) => state === 'finished')
  })
  await borough.settled()
  return told
}

const submitted = ({ voa }: TestBorough) => voa.reports().map(({ baTransaction }) => baTransaction)

it('shows first what would be sent, and sends nothing', async () => {
  const borough = await start()
  await borough.drop('reports.xml', reportFile({ reports: reports(5) }))
  await borough.settled()
  const { code, told } = await portreeve(borough, 'replay', '--receiver', receiver)
  expect(code).toBe(0)
  expect(told).toEqual({
    receivers: [
      {
        receiver,
        messages: 5,
        types: [{ type, messages: 5 }],
        deliveredBefore: 5,
        waitForPerson: 0,
        notConcerned: 0,
        oldest: expect.stringMatching(/Z$/),
        newest: expect.stringMatching(/Z$/),
      },
    ],
    replays: [],
  })
  expect((await borough.operations.replays()).replays).toEqual([])
  expect(submitted(borough)).toHaveLength(5)
})

it('goes to nobody who is not named, and not without who decided and why', async () => {
  const borough = await start()
  expect((await portreeve(borough, 'replay')).err).toContain('PRV_CLI_USAGE')
  expect((await portreeve(borough, 'replay', '--receiver', receiver, '--go')).err).toContain('PRV_CLI_USAGE')
  expect((await portreeve(borough, 'replay', '--receiver', 'nobody.voa')).err).toContain('PRV_BROKER_REPLAY_RECEIVER')
  const none = ['replay', '--all-receivers', '--type', 'customer.address.changed']
  expect((await portreeve(borough, ...none)).err).toContain('PRV_BROKER_REPLAY_RECEIVER')
})

it('has no effect where the messages had theirs already, and the ledger shows it as what followed from them', async () => {
  const borough = await start()
  const file = await borough.drop('reports.xml', reportFile({ reports: reports(4) }))
  await borough.settled()
  const before = submitted(borough)
  // What is proved of every borough knows no replays.
  borough.provable = false
  await replayed(borough, '--receiver', receiver)
  expect(submitted(borough)).toEqual(before)
  const list = await portreeve(borough, 'replay', 'list')
  expect(list.told.replays, 'counted as before it: what goes to the receiver').toMatchObject([
    { state: 'finished', messages: 0, looked: 4 },
  ])

  const messages = (await borough.reportsOf(file)).filter(({ replayOf }) => replayOf !== null)
  expect(messages).toHaveLength(4)
  for (const message of messages) {
    expect(message).toMatchObject({
      state: 'delivered',
      receivers: [
        { receiver, code: 'PRV_BROKER_REPLAY_DELIVERED_BEFORE', sentence: expect.stringContaining('already') },
      ],
    })
    const track = await borough.operations.track({ messageId: message.replayOf ?? '' })
    expect(track?.children.map(({ id }) => id)).toEqual([message.id])
  }
  expect(await borough.operations.check()).toEqual([])
  await replayed(borough, '--receiver', receiver)
  const twice = (await borough.reportsOf(file)).filter(({ replayOf }) => replayOf !== null)
  expect(twice, 'a replay is not repeated itself').toHaveLength(8)
})

it('has effect once more when it is told so, in the order of each key, and only what is selected', async () => {
  const borough = await start({ partitions: 1, maxMessages: 3 })
  const sameHouse = reports(5, { uprn: '999900770077' })
  const file = await borough.drop('reports.xml', reportFile({ reports: sameHouse }))
  await borough.drop('others.xml', reportFile({ reports: reports(3) }))
  await borough.settled()
  // The VOA is to have them twice.
  borough.provable = false
  const [first] = await borough.reportsOf(file)
  await replayed(borough, '--receiver', receiver, '--reference', first?.reference ?? '', '--again')
  expect(submitted(borough).slice(8)).toEqual(file.transactions.slice(0, 1))

  const now = new Date().toISOString().slice(0, 23)
  const { told } = await portreeve(borough, 'replay', '--receiver', receiver, '--from', `${now}Z`)
  expect(told.receivers[0].messages, 'a replay is never repeated').toBe(0)
  await replayed(borough, '--receiver', receiver, '--to', `${now}Z`, '--again')
  const again = submitted(borough).slice(9)
  expect(again).toHaveLength(8)
  expect(again.filter((transaction) => file.transactions.includes(transaction))).toEqual(file.transactions)
})

it('reaches the one receiver that it is for, and concerns no other', async () => {
  const borough = await start({ inboxes: ['revenues', 'benefits'] })
  await borough.drop('reports.xml', reportFile({ reports: reports(2) }))
  await borough.settled()
  const all = ['--all-receivers', '--type', 'valuation.submission.split', '--again']
  borough.provable = false
  const { replays } = await replayed(borough, ...all)
  expect(replays.map((one: { receiver: string }) => one.receiver)).toEqual([
    'answers-to-revenues.revenues',
    'answers-to-revenues.benefits',
  ])
  const found = (await borough.search({ type: 'valuation.submission.split' })).filter(({ replayOf }) => replayOf)
  const states = found.map(({ receivers }) => receivers.map(({ receiver: name, state }) => `${name} ${state}`).sort())
  expect(states.toSorted()).toEqual([
    ['answers-to-revenues.benefits not-concerned', 'answers-to-revenues.revenues delivered'],
    ['answers-to-revenues.benefits not-concerned', 'answers-to-revenues.revenues not-concerned'],
  ])
})

it('goes on after a restart, puts no more before a receiver than it takes, and can be stopped', async () => {
  const borough = await start({ partitions: 1, maxMessages: 100 })
  await borough.drop('reports.xml', reportFile({ reports: reports(1500) }))
  await borough.settled(60_000)
  borough.provable = false
  await borough.stopVoa()
  const query = ['replay', '--receiver', receiver, '--again', ...decision]
  const { told } = await portreeve(borough, ...query)
  const { replay } = told.replays[0]
  const under = async () => (await borough.operations.replays()).replays.find((one) => one.replay === replay)
  const lag = async () => (await borough.operations.status()).receivers.find((one) => one.receiver === receiver)?.lag
  await until('some are on their way', async () => ((await under())?.messages ?? 0) >= 500)
  expect(await lag(), 'what comes anew waits behind no more').toBeLessThanOrEqual(1000)
  expect((await under())?.state).toBe('under-way')

  await borough.stopBroker()
  await borough.startVoa()
  await borough.startBroker()
  await until('it is over', async () => (await under())?.state === 'finished', { withinMs: 60_000 })
  await borough.settled(60_000)
  expect(await under()).toMatchObject({ messages: 1500, looked: 1500, inAll: 1500, by: 'A. Clerk' })
  expect(submitted(borough)).toHaveLength(3000)

  await borough.stopVoa()
  const second = (await portreeve(borough, ...query)).told.replays[0].replay
  const stop = ['replay', 'stop', second, '--by', 'B. Clerk', '--why', 'by mistake']
  expect((await portreeve(borough, ...stop)).told).toEqual({ replay: second, state: 'stopped' })
  expect((await portreeve(borough, ...stop)).err).toContain('PRV_BROKER_REPLAY_NOT_UNDER_WAY')
  const { replays } = (await portreeve(borough, 'replay', 'list')).told
  expect(replays[0]).toMatchObject({ replay: second, state: 'stopped', endedBy: 'B. Clerk', endedWhy: 'by mistake' })
})
