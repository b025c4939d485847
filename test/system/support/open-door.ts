import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adapters, type Broker, type BrokerListener, conditionProblems, openBroker } from '@portreeve/broker'
import { type Configuration, type DoorConfiguration, requireConfiguration } from '@portreeve/configuration'
import { type Gateway, newApiKey, startGateway } from '@portreeve/gateway'
import { testLog } from '../../support/test-log.ts'
import { until } from './until.ts'

export interface OpenDoorOptions extends Partial<DoorConfiguration> {
  /** Default: one that is made and removed. */
  readonly dataFolder?: string
  readonly listener?: BrokerListener
}

/** A broker with nothing but a door, and a key for it. */
export interface OpenDoor extends AsyncDisposable {
  readonly baseUrl: string
  readonly key: string
  readonly broker: Broker
  readonly gateway: Gateway
  readonly dataFolder: string
  /** `POST /transactions/address-change`, with the key, as JSON unless the headers say otherwise. */
  bring(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>
}

export async function openDoor(options: OpenDoorOptions = {}): Promise<OpenDoor> {
  const { dataFolder: given, listener, ...door } = options
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'portreeve-door-')))
  const { key, hash } = newApiKey()
  const configuration = await doorConfiguration(folder, { apiKeys: [{ name: 'forms', hash }], ...door })
  const broker = await openBroker({ configuration, ...(listener && { listener }) })
  const gateway = await startGateway(broker, configuration)
  await until('the door is ready', async () => (await fetch(`${gateway.baseUrl}/ready`)).ok)
  return {
    baseUrl: gateway.baseUrl,
    key,
    broker,
    gateway,
    dataFolder: join(folder, 'data'),
    bring: (body, headers = {}) =>
      fetch(`${gateway.baseUrl}/transactions/address-change`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async [Symbol.asyncDispose]() {
      await gateway.stop()
      await broker.stop()
      if (given === undefined) await rm(folder, { recursive: true })
    },
  }
}

/** Writes a configuration with a door and an inbox that nothing is dropped into, and reads it. */
export async function doorConfiguration(folder: string, door: Partial<DoorConfiguration>): Promise<Configuration> {
  const file = {
    authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
    dataFolder: join(folder, 'data'),
    log: testLog(folder),
    diskAlarmMegabytes: 0,
    door: { port: 0, ...door },
    adapters: { inbox: { adapter: 'revenues', inboxFolder: join(folder, 'inbox') } },
  }
  const config = join(folder, 'config')
  await mkdir(config, { recursive: true })
  await writeFile(join(config, 'broker.yaml'), JSON.stringify(file))
  return requireConfiguration({ folder: config, declarations: adapters, conditionProblems, environment: {} })
}
