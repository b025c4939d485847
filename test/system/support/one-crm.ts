import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FakeSystem, startFakeSystem } from '@portreeve/adapter-crm-cases/fake-system'
import { adapters, type Broker, conditionProblems, openBroker } from '@portreeve/broker'
import { type Configuration, requireConfiguration } from '@portreeve/configuration'
import { addressChange } from './address-change.ts'

/** The stand-in knows her twice, and him once. */
const persons = [
  { reference: 'P-1', givenName: 'Wilhelmina Ada', familyName: "O'Synthetic", birthDate: '1984-02-29' },
  { reference: 'P-2', givenName: 'Wilhelmina Ada', familyName: "O'Synthetic", birthDate: '1984-02-29' },
  { reference: 'P-3', givenName: 'Aloysius', familyName: 'Synthetic', birthDate: '1950-06-01' },
] as const
export const wilhelmina = {
  personGivenName: 'Wilhelmina Ada',
  personFamilyName: "O'Synthetic",
  personBirthDate: '1984-02-29',
}
export const aloysius = { personGivenName: 'Aloysius', personFamilyName: 'Synthetic', personBirthDate: '1950-06-01' }

/** A process that tells one CRM of changes of address, in a folder of its own. */
export interface OneCrm extends AsyncDisposable {
  readonly crm: FakeSystem
  readonly config: string
  /** Needed by `start` alone. */
  readonly environment: NodeJS.ProcessEnv
  start(): Promise<Broker>
  stop(): Promise<void>
  /** Brings a change of address, of today unless it says otherwise; resolves with its reference. */
  bring(change: Readonly<Record<string, unknown>>): Promise<string>
}

export async function oneCrm(): Promise<OneCrm> {
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-one-crm-'))
  const crm = await startFakeSystem({ persons })
  const config = join(folder, 'config')
  const environment = { CRM_KEY: 'secret' }
  await writeConfiguration(config, join(folder, 'data'), crm.baseUrl)
  let configuration: Configuration | undefined
  let broker: Broker | undefined
  let brought = 0
  const stop = async () => {
    await broker?.stop()
    broker = undefined
  }
  return {
    crm,
    config,
    environment,
    async start() {
      configuration ??= await requireConfiguration({
        folder: config,
        declarations: adapters,
        conditionProblems,
        environment,
      })
      broker = await openBroker({ configuration })
      return broker
    },
    stop,
    async bring(change) {
      brought += 1
      const body = { ...addressChange, movedOn: new Date().toISOString().slice(0, 10), ...change }
      const taken = await broker?.door?.accept({
        type: 'customer.address.changed',
        sender: 'forms',
        idempotencyKey: `key-${brought}`,
        attributes: {},
        about: JSON.stringify(body.person),
        body: new TextEncoder().encode(JSON.stringify(body)),
      })
      if (!taken) throw new TypeError('the broker has no door')
      return taken.reference
    },
    async [Symbol.asyncDispose]() {
      await stop()
      await crm.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function writeConfiguration(config: string, dataFolder: string, baseUrl: string): Promise<void> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a secret, as configuration names it
  const crm = { adapter: 'crm-cases', baseUrl, apiKey: '${env:CRM_KEY}', pollEverySeconds: 1 }
  const files = {
    'broker.yaml': {
      authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
      dataFolder,
      diskAlarmMegabytes: 0,
      door: { port: 0 },
      adapters: { crm },
    },
    'routes/updates-to-crm.yaml': { from: 'customer.address-update.requested', to: 'crm' },
    'processes/tell-us-once.yaml': {
      startsWith: 'customer.address.changed',
      requests: 'customer.address-update.requested',
      answers: 'customer.address-update.answered',
      quality: 'address-change',
      systems: { crm: { service: 'customer-record', confirmWithinWorkingDays: 5 } },
    },
    'quality/address-change.yaml': {
      rules: [{ name: 'long-ago', when: { field: 'facts.daysSinceMove', moreThan: 90 }, hold: 'They moved long ago.' }],
    },
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(config, name, '..'), { recursive: true })
    await writeFile(join(config, name), JSON.stringify(content))
  }
}
