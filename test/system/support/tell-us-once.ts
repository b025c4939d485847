import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { adapters, type Broker, conditionProblems, openBroker, type Transaction } from '@portreeve/broker'
import { type Configuration, requireConfiguration } from '@portreeve/configuration'
import { type Gateway, startGateway } from '@portreeve/gateway'
import { simpleParser } from 'mailparser'
import { type TestLog, testLog } from '../../support/test-log.ts'
import { compareRecords } from './compare-records.ts'
import { recordEvents, type ToldEvent } from './recorded-events.ts'
import { type ConfigurationSettings, configurationFiles, writeFiles } from './tell-us-once-configuration.ts'
import { crmKey, type Offices, type OfficesOptions, startOffices } from './tell-us-once-offices.ts'
import type { Change } from './tell-us-once-people.ts'
import { testFolder } from './test-folder.ts'
import { until } from './until.ts'

export interface TellUsOnceOptions
  extends OfficesOptions,
    Partial<Omit<ConfigurationSettings, 'crm' | 'engine' | 'hasPassword'>> {
  /** Default: the machine's clock. */
  readonly now?: () => Date
}

/** What the door answered. */
export interface Told {
  readonly reference: string
  readonly statusAddress: string
}

export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export type SystemProgress = Transaction['systems'][number]

/** Far more than it takes, even on a busy machine. */
const withinMs = 120_000

/** The second journey on its own configuration: stand-ins of the back offices, a broker and its door. */
export class TellUsOnce implements AsyncDisposable {
  readonly folder: string
  readonly offices: Offices
  readonly events: ToldEvent[] = []
  /** What was accepted, in the order of the answers. */
  readonly accepted: string[] = []
  /** Systems that say that they took what they did not: nobody but they can know it. */
  readonly liars = new Set<string>()
  /** Of the next start. */
  now: () => Date
  readonly configuration: Configuration
  /** What the configuration needs of it. */
  readonly environment: NodeJS.ProcessEnv
  #broker: Broker | undefined
  #gateway: Gateway | undefined

  private constructor(parts: Pick<TellUsOnce, 'folder' | 'offices' | 'configuration' | 'environment' | 'now'>) {
    this.folder = parts.folder
    this.offices = parts.offices
    this.configuration = parts.configuration
    this.environment = parts.environment
    this.now = parts.now
  }

  static async start({ now = () => new Date(), ...options }: TellUsOnceOptions = {}): Promise<TellUsOnce> {
    const { crm = 'crm-cases', timeoutSeconds = 10, limits = {}, postgres: _postgres, ...more } = options
    const folder = await testFolder()
    const offices = await startOffices(folder, options)
    const { databaseUrl, password } = offices.councilTax.access
    const log = testLog(folder)
    const settings = { crm, timeoutSeconds, limits, engine: log.engine, hasPassword: password !== undefined, ...more }
    await writeFiles(join(folder, 'config'), configurationFiles(settings))
    if (settings.registers) await writeFiles(join(folder, 'registers'), settings.registers)
    const environment = {
      DATA_FOLDER: join(folder, 'data'),
      CRM_URL: offices.crm.baseUrl,
      CRM_KEY: crmKey,
      COUNCIL_TAX_URL: databaseUrl,
      COUNCIL_TAX_PASSWORD: password,
      ELECTORAL_FOLDER: join(folder, 'electoral'),
      REGISTERS_FOLDER: join(folder, 'registers'),
      SMTP_PORT: `${offices.mail.smtpPort}`,
      ...(log.engine === 'kafka' && { KAFKA_BROKERS: log.brokers, LOG_PREFIX: log.prefix }),
    }
    const configuration = await readConfiguration(join(folder, 'config'), environment)
    const journey = new TellUsOnce({ folder, offices, configuration, environment, now })
    await journey.startBroker()
    return journey
  }

  get broker(): Broker {
    if (!this.#broker) throw new TypeError('the broker does not run')
    return this.#broker
  }

  get operations(): Broker['operations'] {
    return this.broker.operations
  }

  get configurationFolder(): string {
    return join(this.folder, 'config')
  }

  get dataFolder(): string {
    return join(this.folder, 'data')
  }

  get log(): TestLog {
    return testLog(this.folder)
  }

  async startBroker(): Promise<void> {
    const retry = { baseDelayMs: 20, maxDelayMs: 200 }
    const listener = recordEvents(this.events)
    const { now, configuration } = this
    const readAgain = () => readConfiguration(this.configurationFolder, this.environment)
    const broker = await openBroker({ configuration, now, retry, listener, readAgain })
    this.#broker = broker
    const gateway = await startGateway(broker, this.configuration)
    this.#gateway = gateway
    await until('the door is ready', async () => (await fetch(`${gateway.baseUrl}/ready`)).ok, { withinMs })
  }

  async stopBroker(): Promise<void> {
    await this.#gateway?.stop()
    await this.#broker?.stop()
    this.#gateway = undefined
    this.#broker = undefined
  }

  /** Brings a change of address to the door, as a web form does. */
  async tell(change: Change, key: string = crypto.randomUUID()): Promise<Told> {
    const response = await this.post(JSON.stringify(change), key)
    const answer = await response.text()
    if (response.status !== 202) throw new TypeError(`the door answered ${response.status}: ${answer}`)
    const told: Told = JSON.parse(answer)
    if (!this.accepted.includes(told.reference)) this.accepted.push(told.reference)
    return told
  }

  async post(body: string, key: string): Promise<Response> {
    return await fetch(`${this.doorUrl}/transactions/address-change`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body,
    })
  }

  async transaction({ reference }: Pick<Told, 'reference'>): Promise<Transaction | null> {
    return await this.operations.transaction({ reference })
  }

  /** Where one system is with a transaction. */
  async progress(told: Pick<Told, 'reference'>, system: string): Promise<SystemProgress | undefined> {
    return (await this.transaction(told))?.systems.find((each) => each.system === system)
  }

  /** Resolves once the system is in this state. */
  async until(told: Pick<Told, 'reference'>, system: string, state: SystemProgress['state']): Promise<SystemProgress> {
    const inState = async () => {
      const progress = await this.progress(told, system)
      return progress?.state === state && progress
    }
    return await until(`${system} is ${state}`, inState, { withinMs, instead: () => this.transaction(told) })
  }

  async untilStage(told: Pick<Told, 'reference'>, stage: Transaction['stage']): Promise<Transaction> {
    const inStage = async () => {
      const transaction = await this.transaction(told)
      return transaction?.stage === stage && transaction
    }
    return await until(`it is ${stage}`, inStage, { withinMs, instead: () => this.transaction(told) })
  }

  /** Staff work in every office until each of these is done with. */
  async untilEnded(...all: readonly Pick<Told, 'reference'>[]): Promise<void> {
    const areEnded = async () => {
      await this.offices.work()
      for (const told of all) if ((await this.transaction(told))?.stage !== 'ended') return false
      return true
    }
    const instead = () => Promise.all(all.slice(0, 3).map((told) => this.transaction(told)))
    await until('all is done with', areEnded, { withinMs, instead })
  }

  /** Every e-mail that the mail server took, in its order. */
  async letters(): Promise<readonly Letter[]> {
    const arrived = await this.offices.mail.mailbox()
    return await Promise.all(
      arrived.map(async ({ bytes }) => {
        const { to, subject = '', text = '', html } = await simpleParser(bytes)
        const first = Array.isArray(to) ? to[0] : to
        return { to: first?.text ?? '', subject, text, html: html || '' }
      }),
    )
  }

  /** Resolves with the e-mails to this address once there are so many. */
  async lettersTo(address: string, count = 1): Promise<readonly Letter[]> {
    const toThem = async () => (await this.letters()).filter(({ to }) => to === address)
    const enough = async () => {
      const found = await toThem()
      return found.length >= count && found
    }
    return await until(`${count} e-mails to ${address}`, enough, { withinMs, instead: () => this.letters() })
  }

  /** Resolves once administrators are told that this receiver cannot be reached. */
  async lettersAbout(receiver: string): Promise<readonly Letter[]> {
    const isAbout = async () => {
      const found = (await this.letters()).filter(({ subject }) => subject.startsWith(`${receiver} cannot be reached`))
      return found.length > 0 && found
    }
    return await until(`somebody is told of ${receiver}`, isAbout, { withinMs, instead: () => this.letters() })
  }

  get runs(): boolean {
    return this.#broker !== undefined
  }

  get doorUrl(): string {
    return this.#gateway?.baseUrl ?? ''
  }

  /** What is not true of every system, or came twice, or from nowhere; an empty list is good. */
  async compare(): Promise<readonly string[]> {
    return [...(await compareRecords(this)), ...(await this.operations.check())]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stopBroker()
    await this.offices[Symbol.asyncDispose]()
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function readConfiguration(folder: string, environment: NodeJS.ProcessEnv): Promise<Configuration> {
  return requireConfiguration({ folder, declarations: adapters, conditionProblems, environment })
}
