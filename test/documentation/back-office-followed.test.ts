import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeSystem } from '@portreeve/adapter-crm-open311/fake-system'
import { adapters, conditionProblems, openBroker } from '@portreeve/broker'
import { requireConfiguration } from '@portreeve/configuration'
import { startGateway } from '@portreeve/gateway'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { root } from '../support/source-files.ts'
import { TellUsOnce } from '../system/support/tell-us-once.ts'
import { changeOf, person } from '../system/support/tell-us-once-people.ts'
import { until } from '../system/support/until.ts'
import { fencesOf } from './fences.ts'

const receiver = 'updates-to-housing.housing'
const routeFile = 'routes/updates-to-housing.yaml'
const tenant = person(3)
let journey: TellUsOnce
let scratch = ''

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'portreeve-housing-'))
  journey = await TellUsOnce.start()
  const told = await journey.tell(changeOf(person(1), 3))
  await journey.untilEnded(told)
  await journey.stopBroker()
}, 180_000)
afterAll(async () => {
  await journey[Symbol.asyncDispose]()
  await rm(scratch, { recursive: true })
})

/** The configuration of a broker that has told three offices of a change, with what the page adds to it. */
async function withHousing(baseUrl: string, change: (route: string) => string = (route) => route) {
  const folder = await mkdtemp(join(scratch, 'config-'))
  await cp(journey.configurationFolder, folder, { recursive: true })
  const page = await readFile(join(root, 'docs/how-to/connect-a-back-office.md'), 'utf8')
  for (const { text } of fencesOf(page, 'yaml')) {
    const [, added, file = ''] = /^# (added to )?(\S+)\n/.exec(text) ?? []
    if (file.endsWith('.test.yaml')) continue
    const path = join(folder, file)
    await writeFile(path, added ? merged(await readFile(path, 'utf8'), text) : file === routeFile ? change(text) : text)
  }
  return await requireConfiguration({
    folder,
    declarations: adapters,
    conditionProblems,
    environment: { ...journey.environment, HOUSING_KEY: 'reed-and-withy' },
  })

  /** The one heading of what is added, with one entry more. */
  function merged(before: string, text: string): string {
    const all = Object(parse(before))
    for (const [heading, entries] of Object.entries(Object(parse(text)))) {
      const { housing } = Object(entries)
      const at = 'baseUrl' in Object(housing) ? { ...housing, baseUrl, pollEverySeconds: 0.2 } : housing
      all[heading] = { ...all[heading], housing: at }
    }
    return stringify(all)
  }
}

it('refuses a back office without startFrom where others have requests already', async () => {
  const configuration = await withHousing('http://127.0.0.1:9', (route) => route.replace('startFrom: beginning\n', ''))
  await expect(openBroker({ configuration })).rejects.toMatchObject({ code: 'PRV_BROKER_RECEIVER_NEW' })
})

it('tells the back office that the page adds of what comes from then on, and of nothing that was there', async () => {
  const { givenName, familyName, birthDate } = tenant
  const persons = [
    { reference: 'H-3', givenName, familyName, birthDate, address: '14 Tannery Row', postcode: 'ZZ99 3WZ' },
  ]
  const housing = await startFakeSystem({ apiKey: 'reed-and-withy', persons })
  const configuration = await withHousing(housing.baseUrl)
  const broker = await openBroker({ configuration })
  const gateway = await startGateway(broker, configuration)
  try {
    const states = async () => {
      const { counts } = await broker.operations.status()
      return counts.filter((each) => each.receiver === receiver).map(({ state, messages }) => `${state} ${messages}`)
    }
    const isPassedBy = async () => (await states()).join() === 'not-concerned 3'
    await until('what was there is passed by', isPassedBy, { instead: states })
    expect(housing.cases()).toEqual([])
    const response = await fetch(`${gateway.baseUrl}/transactions/address-change`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'housing-1' },
      body: JSON.stringify(changeOf(tenant, 3)),
    })
    expect(response.status).toBe(202)
    await until('housing has the new one', async () => housing.cases().length === 1, {
      withinMs: 60_000,
      instead: states,
    })
    expect(housing.cases()).toMatchObject([{ personReference: 'H-3' }])
  } finally {
    await gateway.stop()
    await broker.stop()
    await housing.close()
  }
}, 120_000)
