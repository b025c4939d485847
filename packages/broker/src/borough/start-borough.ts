import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FakeSystem, startFakeSystem } from '@portreeve/adapter-valuebill/fake-system'
import { type Configuration, requireConfiguration } from '@portreeve/configuration'
import { adapters } from '../adapters.ts'
import { conditionProblems } from '../conditions.ts'
import type { BrokerListener } from '../events.ts'
import { type Broker, openBroker } from '../open-broker.ts'
import { atUsualPort } from './at-usual-port.ts'
import { type BackOffices, startBackOffices } from './back-offices.ts'

/** Configuration of the Borough of Sallowmere, which does not exist. */
export const boroughConfiguration = fileURLToPath(new URL('../../../../config/examples/sallowmere', import.meta.url))

const standInPort = 4180

export interface BoroughOptions {
  /** Where the borough keeps everything; made when absent. */
  readonly dataFolder: string
  readonly listener?: BrokerListener
  /** Default: what the configuration says. */
  readonly log?: { readonly engine: 'sqlite' | 'kafka'; readonly brokers: string; readonly prefix?: string }
}

/** A whole borough on this machine: broker, inbox, door, and stand-ins of the VOA's service and of the back offices. */
export interface Borough extends AsyncDisposable {
  readonly broker: Broker
  readonly voa: FakeSystem
  readonly offices: BackOffices
  /** The key of whoever brings transactions to the door. */
  readonly doorKey: string
  readonly configuration: Configuration
  readonly folders: {
    readonly data: string
    readonly inbox: string
    readonly answers: string
    readonly samples: string
    /** E-mails, as the stand-in of a mail server took them. */
    readonly mailbox: string
  }
  stop(): Promise<void>
}

/**
 * Starts the borough. The stand-in's password is made anew for each data folder and lies in it, readable by its owner; the
 * stand-in keeps what it took there too, so that a second start goes on where the first one stopped.
 */
export async function startBorough({ dataFolder, listener, log }: BoroughOptions): Promise<Borough> {
  await using opened = new AsyncDisposableStack()
  const inbox = join(dataFolder, 'inbox')
  await mkdir(inbox, { recursive: true, mode: 0o700 })
  const password = await passwordOf(join(dataFolder, 'voa-password'))
  const crmKey = await passwordOf(join(dataFolder, 'crm-key'))
  const doorKey = await passwordOf(join(dataFolder, 'door-key'))
  const voaOptions = {
    authorityCode: '9999',
    password,
    refuse: { '3204': '1006' },
    file: join(dataFolder, 'voa-stand-in.jsonl'),
  }
  const voa = await atUsualPort(standInPort, (port) => startFakeSystem({ ...voaOptions, port }))
  opened.defer(() => voa.close())
  const offices = opened.use(await startBackOffices(join(dataFolder, 'back-offices'), { crmKey }))
  const environment = {
    ...process.env,
    SALLOWMERE_DATA: dataFolder,
    VOA_PASSWORD: password,
    VOA_URL: voa.baseUrl,
    CRM_KEY: crmKey,
    CRM_URL: offices.crm.baseUrl,
    ...(log && { PORTREEVE_LOG: log.engine, KAFKA_BROKERS: log.brokers }),
    ...(log?.prefix && { LOG_PREFIX: log.prefix }),
    SMTP_PORT: String(offices.mail.smtpPort),
    DOOR_KEY_HASH: `sha256:${createHash('sha256').update(doorKey).digest('hex')}`,
  }
  const readAgain = () =>
    requireConfiguration({ folder: boroughConfiguration, declarations: adapters, conditionProblems, environment })
  const configuration = await readAgain()
  const broker = opened.use(await openBroker({ configuration, readAgain, ...(listener && { listener }) }))
  const everything = opened.move()
  const stop = () => everything.disposeAsync()
  return {
    broker,
    voa,
    offices,
    doorKey,
    configuration,
    folders: {
      data: dataFolder,
      inbox,
      answers: join(inbox, 'answers'),
      samples: join(boroughConfiguration, 'samples'),
      mailbox: offices.mail.mailboxFolder,
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

async function passwordOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch {
    const password = randomBytes(18).toString('base64url')
    await writeFile(file, `${password}\n`, { mode: 0o600 })
    return password
  }
}
