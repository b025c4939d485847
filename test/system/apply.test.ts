import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Adapter } from '@portreeve/adapter-sdk'
import { runCli } from '@portreeve/cli'
import { newApiKey } from '@portreeve/gateway'
import { expect, it } from 'vitest'
import { addressChange } from './support/address-change.ts'
import type { TestBorough } from './support/borough.ts'
import { boroughs } from './support/boroughs.ts'
import { openDoor } from './support/open-door.ts'
import { named } from './support/recorded-events.ts'
import { startRecordingProxy } from './support/recording-proxy.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const receiver = 'reports-to-voa.voa'

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
  return { code, told: JSON.parse(out.join('') || 'null'), error: JSON.parse(err.join('') || '{}').error }
}

async function applied(borough: TestBorough) {
  const { told, error } = await portreeve(borough, 'apply')
  expect(error).toBeUndefined()
  return told
}

async function edit(borough: TestBorough, file: string, change: (content: Record<string, unknown>) => unknown) {
  const path = join(borough.folder, 'config', file)
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))))
}

/** An adapter's methods as they are, bound to it. */
function own(adapter: Adapter): Adapter {
  const { poll, receive, send, lookup } = adapter
  return {
    check: (signal) => adapter.check(signal),
    [Symbol.asyncDispose]: () => adapter[Symbol.asyncDispose](),
    ...(poll && { poll: poll.bind(adapter) }),
    ...(receive && { receive }),
    ...(send && { send: send.bind(adapter) }),
    ...(lookup && { lookup: lookup.bind(adapter) }),
  }
}

const version = async (borough: TestBorough) => (await borough.operations.activeConfiguration())?.record.version

it('takes over changed routes, receivers and adapters, and messages say under which version they were made', async () => {
  const borough = await start()
  const before = await borough.drop('before.xml', reportFile({ reports: reports(2) }))
  await borough.settled()
  expect(await applied(borough)).toMatchObject({ changes: [], opened: [] })

  await mkdir(borough.inbox('benefits'))
  await borough.configuration({ inboxes: ['revenues', 'benefits'], maxMessages: 7 })
  // Else nothing is sent to a receiver that comes to a topic which has messages.
  expect((await portreeve(borough, 'apply')).error.message).toContain('PRV_BROKER_RECEIVER_NEW')
  await edit(borough, 'routes/answers-to-revenues.yaml', (route) => ({ ...route, startFrom: 'beginning' }))
  const { changes, opened, consequences, ...versions } = await applied(borough)
  expect(opened).toEqual(['benefits'])
  expect(changes.map(({ group, name }: Record<string, unknown>) => `${group} ${name}`)).toEqual([
    'adapters benefits',
    'routes answers-to-revenues',
    'routes reports-to-voa',
  ])
  expect(consequences).toContainEqual(expect.objectContaining({ name: 'answers-to-revenues.benefits', refusal: null }))
  expect(await version(borough)).toBe(versions.after)
  expect(named(borough.events, 'tookOver')).toMatchObject([{ version: versions.after, before: versions.before }])

  const after = await borough.drop('after.xml', reportFile({ reports: reports(3) }), { inbox: 'benefits' })
  await until('the new inbox is looked into', async () => (await borough.reportsOf(after)).length === 3)
  await borough.settled()
  await borough.answer(after, '', 'benefits')
  const madeUnder = async (file: typeof before) =>
    new Set((await borough.reportsOf(file)).map(({ configuration }) => configuration))
  expect(await madeUnder(before)).toEqual(new Set([versions.before]))
  expect(await madeUnder(after)).toEqual(new Set([versions.after]))
})

it('maps by the changed mapping what comes after it was taken over, also what had stopped by the one before', async () => {
  const borough = await start({ startBroker: false })
  await using proxy = await startRecordingProxy(borough.voa.baseUrl)
  await borough.startBroker({ voaUrl: proxy.url })
  const config = join(borough.folder, 'config')
  await mkdir(join(config, 'mappings'))
  const mapping = async (script: string) => {
    const type = 'valuation.report.proposed'
    const text = JSON.stringify({ from: type, to: type, language: 'jsonata', script })
    await writeFile(join(config, 'mappings/remarks.yaml'), text)
  }
  const remarks = (value: string) => `$merge([$, { "remarks": ${value} }])`
  const sent = () => {
    const texts = proxy.passed.filter(({ what }) => what.startsWith('POST')).map(({ body }) => body.toString())
    return texts.flatMap((text) => Array.from(text.matchAll(/<Remarks>(.*?)<\/Remarks>/g), ([, remark]) => remark))
  }
  await mapping(remarks('remarks = "NOTHING" ? $error("no remarks") : "OLD " & remarks'))
  await edit(borough, 'routes/reports-to-voa.yaml', (route) => ({ ...route, map: 'remarks' }))
  expect(await applied(borough)).toMatchObject({ opened: [] })
  const before = await borough.drop(
    'before.xml',
    reportFile({ reports: [{ remarks: 'GARDEN' }, { remarks: 'NOTHING' }] }),
  )
  const held = async () => (await borough.operations.deadLetters({ receiver })).keys
  const [letter] = await until('one is held', async () => (await held()).length === 1 && held())
  if (!letter) throw new TypeError('there is one')
  expect(letter.code).toBe('PRV_MAPPINGS_STOPPED')
  await until('the other is delivered', () => borough.voa.reports().length === 1)
  expect(sent()).toEqual(['OLD GARDEN'])

  await mapping(remarks('"NEW " & remarks'))
  const { changes, ...versions } = await applied(borough)
  expect(changes).toMatchObject([{ group: 'mappings', name: 'remarks', kind: 'changed' }])
  const after = await borough.drop('after.xml', reportFile({ reports: [{ remarks: 'GARAGE' }] }))
  await until('it is delivered', () => borough.voa.reports().length === 2)
  expect(sent()).toEqual(['OLD GARDEN', 'NEW GARAGE'])
  await borough.operations.retryDeadLetter({ ...letter, by: 'A. Clerk', why: 'The mapping is put right.' })
  await until('it is delivered, too', () => borough.voa.reports().length === 3)
  expect(sent()).toEqual(['OLD GARDEN', 'NEW GARAGE', 'NEW NOTHING'])
  const madeUnder = async (file: typeof before) =>
    (await borough.reportsOf(file)).map(({ configuration }) => configuration)
  expect(new Set(await madeUnder(before))).toEqual(new Set([versions.before]))
  expect(await madeUnder(after)).toEqual([versions.after])
  await borough.settled()
  expect(named(borough.events, 'tookOver')).toHaveLength(2)
})

it('loses and doubles nothing, however often another configuration is taken over while files go through', async () => {
  const borough = await start()
  for (let round = 0; round < 12; round += 1) {
    await borough.drop(`${round}.xml`, reportFile({ reports: reports(40) }))
    await borough.configuration({ maxMessages: 10 + round, timeoutSeconds: 30 - (round % 3) })
    const { opened } = await applied(borough)
    expect(opened).toEqual(round === 0 ? [] : ['voa'])
  }
  await borough.settled(60_000)
  expect(named(borough.events, 'tookOver')).toHaveLength(12)
  expect(borough.voa.reports()).toHaveLength(480)
}, 120_000)

it('lets what is on its way to a system finish, and asks nobody about it', async () => {
  const borough = await start({ partitions: 1, startBroker: false })
  const way = Promise.withResolvers<void>()
  await using proxy = await startRecordingProxy(borough.voa.baseUrl, {
    hold: async ({ what }) => {
      if (what.startsWith('POST')) await way.promise
    },
  })
  await borough.startBroker({ voaUrl: proxy.url })
  await borough.drop('reports.xml', reportFile({ reports: reports(3) }))
  const posts = () => proxy.passed.filter(({ what }) => what.startsWith('POST')).length
  await until('it is on its way', () => posts() === 1)
  await borough.configuration({ voaUrl: proxy.url, maxMessages: 20 })
  const taking = applied(borough)
  // By the time that nothing else is to be waited for.
  await until('the inbox is not looked into', () =>
    borough.operations.status().then(({ broker }) => broker === 'running'),
  )
  way.resolve()
  await taking
  await borough.settled()
  expect(borough.voa.requests()).toMatchObject({ submit: 1, lookup: 0 })
})

it('goes on as before and says why, whatever is wrong with the new one', async () => {
  const borough = await start()
  const first = await version(borough)
  const refusal = async () => {
    const { code, error } = await portreeve(borough, 'apply')
    expect(code).not.toBe(0)
    expect(await version(borough)).toBe(first)
    return error
  }
  const path = join(borough.folder, 'config/broker.yaml')
  await writeFile(path, 'adapters: [')
  expect(await refusal()).toMatchObject({ code: 'PRV_CONFIGURATION_INVALID' })
  await borough.configuration({ voaUrl: 'http://127.0.0.1:9' })
  expect(await refusal()).toMatchObject({ code: 'PRV_BROKER_APPLY_ADAPTER', message: expect.stringContaining('voa') })
  await borough.configuration({ partitions: 5 })
  expect(await refusal()).toMatchObject({
    code: 'PRV_BROKER_APPLY_REFUSED',
    message: expect.stringContaining('PRV_LOG_TOPIC_PARTITIONS'),
  })
  await borough.configuration()
  await edit(borough, 'broker.yaml', (content) => ({ ...content, door: { port: 0 } }))
  expect(await refusal()).toMatchObject({ code: 'PRV_BROKER_APPLY_RESTART', message: expect.stringContaining('door') })

  await borough.configuration()
  expect(await applied(borough)).toMatchObject({ before: first, after: first, changes: [] })
  await borough.drop('reports.xml', reportFile({ reports: reports(4) }))
  await borough.settled()
  expect(named(borough.events, 'tookOver')).toEqual([])
})

it('leaves no message behind for a receiver that is gone', async () => {
  const borough = await start()
  await borough.stopVoa()
  await borough.drop('reports.xml', reportFile({ reports: reports(2) }))
  await until('two reports wait', async () => (await borough.search({ state: 'waiting' })).length === 2)
  await rm(join(borough.folder, 'config/routes/reports-to-voa.yaml'))
  const { error } = await portreeve(borough, 'apply')
  expect(error).toMatchObject({
    code: 'PRV_BROKER_APPLY_REFUSED',
    message: expect.stringContaining('PRV_BROKER_RECEIVER_GONE'),
  })
  expect((await borough.operations.status()).receivers.map((one) => one.receiver)).toContain(receiver)
  await borough.startVoa()
  await borough.settled()
})

it('goes on as before when a message comes for a receiver that is to go, at the last moment', async () => {
  let meanwhile = async () => undefined as unknown
  const borough = await start({
    openAdapter: async (declaration, config, context) => {
      const adapter = await declaration.open(config, context)
      const { label } = context
      return { ...own(adapter), check: async () => void (label === 'revenues' && (await meanwhile())) }
    },
  })
  const before = await version(borough)
  await borough.stopVoa()
  await rm(join(borough.folder, 'config/routes/reports-to-voa.yaml'))
  await edit(borough, 'broker.yaml', ({ adapters, ...content }) => {
    const { revenues, voa } = Object(adapters)
    return { ...content, adapters: { voa, revenues: { ...revenues, pollEverySeconds: 0.06 } } }
  })
  meanwhile = async () => {
    await borough.drop('reports.xml', reportFile({ reports: reports(2) }))
    await until('two reports wait', async () => (await borough.search({ state: 'waiting' })).length === 2)
  }
  const { error } = await portreeve(borough, 'apply')
  expect(error).toMatchObject({ message: expect.stringContaining('PRV_BROKER_RECEIVER_GONE') })
  expect(await version(borough)).toBe(before)
  await borough.startVoa()
  await borough.settled()
})

it('reads secrets anew, opens what they are for, and shows none of them', async () => {
  const borough = await start()
  const password = 'sedge-and-sallow'
  Object.assign(borough.settings, { password })
  const { error } = await portreeve(borough, 'apply')
  expect(error, 'the system does not know it').toMatchObject({
    code: 'PRV_BROKER_APPLY_ADAPTER',
    details: { label: 'voa' },
  })
  expect(JSON.stringify(error)).not.toContain(password)
  expect(await readFile(join(borough.dataFolder, 'configuration.json'), 'utf8')).not.toContain('reed-and-withy')
})

it('says that it is taken over by a start where no broker runs', async () => {
  const borough = await start()
  await borough.stopBroker()
  expect((await portreeve(borough, 'apply')).error).toMatchObject({ code: 'PRV_BROKER_NOT_RUNNING' })
})

it('takes transactions in at the door meanwhile, and knows the keys of the one that it works with', async () => {
  await using door = await openDoor()
  const config = join(door.dataFolder, '../config/broker.yaml')
  const file = JSON.parse(await readFile(config, 'utf8'))
  const next = newApiKey()
  let brought = 0
  let isOver = false
  const bringing = (async () => {
    while (!isOver) {
      expect((await door.bring(addressChange)).status).toBe(202)
      brought += 1
    }
  })()
  for (let days = 1; days <= 5; days += 1) {
    const topics = { 'customer.address.changed': { retentionDays: 300 + days } }
    await writeFile(config, JSON.stringify({ ...file, topics }))
    await door.broker.operations.applyConfiguration({})
  }
  const keys = { ...file, door: { ...file.door, apiKeys: [...file.door.apiKeys, { name: 'new', hash: next.hash }] } }
  const withNew = { authorization: `Bearer ${next.key}` }
  expect((await door.bring(addressChange, withNew)).status).toBe(401)
  await writeFile(config, JSON.stringify(keys))
  await door.broker.operations.applyConfiguration({})
  expect((await door.bring(addressChange, withNew)).status).toBe(202)
  isOver = true
  await bringing
  expect(brought).toBeGreaterThan(0)
  await writeFile(config, JSON.stringify({ ...keys, door: { ...keys.door, apiKeys: keys.door.apiKeys.slice(1) } }))
  await door.broker.operations.applyConfiguration({})
  expect((await door.bring(addressChange)).status, 'a key that was taken away').toBe(401)
})
