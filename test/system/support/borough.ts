import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type FakeSystem,
  type FakeSystemOptions,
  startFakeSystem,
  type TakenReport,
} from '@portreeve/adapter-valuebill/fake-system'
import {
  type Broker,
  type BrokerOptions,
  type FoundMessage,
  type Operations,
  openBroker,
  type SearchQuery,
} from '@portreeve/broker'
import type { Configuration } from '@portreeve/configuration'
import { testLog } from '../../support/test-log.ts'
import { type BoroughSettings, boroughConfiguration, boroughSettings, readBorough } from './borough-configuration.ts'
import { recordEvents, type ToldEvent } from './recorded-events.ts'
import { transactionsIn } from './report-file.ts'
import { testFolder } from './test-folder.ts'
import { until } from './until.ts'

export interface BoroughOptions extends Partial<BoroughSettings> {
  readonly voa?: Partial<FakeSystemOptions>
  /** Default: a new one. It is removed afterwards either way. */
  readonly folder?: string
  /** False: the configuration is made, the broker is not started. */
  readonly startBroker?: boolean
  /** Default: the declaration's own. */
  readonly openAdapter?: NonNullable<BrokerOptions['openAdapter']>
  /** Told of each event at once. */
  readonly onEvent?: (event: ToldEvent) => void
}

/** A file that a test has put into an inbox. */
export interface DroppedFile {
  readonly name: string
  readonly digest: string
  /** Transactions of its reports, in order. */
  readonly transactions: readonly string[]
}

/** A borough in a folder of its own: the broker with all its parts, and the stand-in of the VOA's service. */
export class TestBorough implements AsyncDisposable {
  readonly folder: string
  readonly settings: BoroughSettings
  /** All that was told, over restarts too. */
  readonly events: ToldEvent[] = []
  readonly dropped: DroppedFile[] = []
  /** False: the test ends with a borough of which nothing is to be proved, and says why. */
  provable = true
  readonly #voaOptions: Partial<FakeSystemOptions>
  readonly #openAdapter: BoroughOptions['openAdapter']
  readonly #onEvent: (event: ToldEvent) => void
  #voa: FakeSystem | undefined
  #broker: Broker | undefined
  #port = 0
  #drops = 0

  private constructor(folder: string, { voa = {}, onEvent, openAdapter, ...options }: BoroughOptions) {
    this.folder = folder
    this.settings = { ...boroughSettings, ...options }
    this.#voaOptions = voa
    this.#openAdapter = openAdapter
    this.#onEvent = onEvent ?? (() => undefined)
  }

  static async start(options: BoroughOptions = {}): Promise<TestBorough> {
    const folder = options.folder ?? (await testFolder())
    const borough = new TestBorough(folder, options)
    for (const label of borough.settings.inboxes) await mkdir(borough.inbox(label), { recursive: true })
    await borough.startVoa()
    if (options.startBroker !== false) await borough.startBroker()
    return borough
  }

  get voa(): FakeSystem {
    if (!this.#voa) throw new TypeError('the VOA is away')
    return this.#voa
  }

  get operations(): Operations {
    if (!this.#broker) throw new TypeError('the broker does not run')
    return this.#broker.operations
  }

  get runs(): boolean {
    return this.#broker !== undefined
  }

  get dataFolder(): string {
    return this.settings.dataFolder ?? join(this.folder, 'data')
  }

  get log(): BoroughSettings['log'] {
    return this.settings.log ?? testLog(this.folder)
  }

  inbox(label = 'revenues'): string {
    return join(this.settings.inboxFolder ?? this.folder, label)
  }

  configuration(changes: Partial<BoroughSettings> = {}): Promise<Configuration> {
    return boroughConfiguration(this.folder, `http://127.0.0.1:${this.#port}`, { ...this.settings, ...changes })
  }

  async startBroker(changes: Partial<BoroughSettings> = {}): Promise<void> {
    this.#broker = await openBroker({
      configuration: await this.configuration(changes),
      listener: recordEvents({ push: (event) => this.#hear(event) }),
      retry: { baseDelayMs: 50, maxDelayMs: 200 },
      ...(this.#openAdapter && { openAdapter: this.#openAdapter }),
      readAgain: () => readBorough(this.folder, this.settings),
    })
  }

  #hear(event: ToldEvent): number {
    this.#onEvent(event)
    return this.events.push(event)
  }

  async stopBroker(): Promise<void> {
    const broker = this.#broker
    this.#broker = undefined
    await broker?.stop()
  }

  /** At the same address as before, with its own record. */
  async startVoa(): Promise<void> {
    const file = join(this.folder, 'voa-record.jsonl')
    const login = { authorityCode: '9999', password: boroughSettings.password }
    this.#voa = await startFakeSystem({ ...login, ...this.#voaOptions, file, port: this.#port })
    this.#port = Number(new URL(this.#voa.baseUrl).port)
  }

  async stopVoa(): Promise<void> {
    const voa = this.#voa
    this.#voa = undefined
    await voa?.close()
  }

  /** What the stand-in has, whether it is there or not. */
  async takenReports(): Promise<readonly TakenReport[]> {
    if (!this.#voa) await this.startVoa()
    return this.voa.reports()
  }

  /** Puts a file into an inbox, whole: under a temporary name first. `transactions` when the text does not show them. */
  async drop(name: string, content: string | Uint8Array, options: DropOptions = {}): Promise<DroppedFile> {
    const folder = this.inbox(options.inbox)
    this.#drops += 1
    const temporary = join(folder, `.${this.#drops}.part`)
    await writeFile(temporary, content)
    const file = this.expect(name, content, options.transactions)
    await rename(temporary, join(folder, name))
    return file
  }

  /** For a file that comes into the inbox another way. */
  expect(name: string, content: string | Uint8Array, transactions?: readonly string[]): DroppedFile {
    const digest = this.digestOf(content)
    const file = { name, digest, transactions: transactions ?? transactionsIn(Buffer.from(content).toString('utf8')) }
    this.dropped.push(file)
    return file
  }

  digestOf(content: string | Uint8Array): string {
    return createHash('sha256').update(content).digest('hex')
  }

  /** All pages. */
  async search(query: SearchQuery = {}): Promise<readonly FoundMessage[]> {
    const all: FoundMessage[] = []
    let after: string | undefined
    do {
      const page = await this.operations.search({ ...query, limit: 1000, ...(after !== undefined && { after }) })
      all.push(...page.messages)
      after = page.next ?? undefined
    } while (after !== undefined)
    return all
  }

  /** The reports of a file that went on their way, in the file's order. */
  async reportsOf({ digest }: Pick<DroppedFile, 'digest'>): Promise<readonly FoundMessage[]> {
    const found = await this.search({ file: digest, type: 'valuation.report.proposed' })
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** Resolves when each dropped file has been accepted and split or refused, and nothing is on its way any more. */
  async settled(withinMs = 15_000): Promise<void> {
    await until('every file is dealt with', () => this.#areFilesDone(), { withinMs, instead: () => this.trouble() })
    await until('nothing is on its way', () => this.#isIdle(), { withinMs, instead: () => this.trouble() })
  }

  async #areFilesDone(): Promise<boolean> {
    const { counts } = await this.operations.status()
    const ended = counts.filter(({ type }) => /^valuation\.submission\.(split|refused)$/.test(type))
    const files = new Set(this.dropped.map(({ digest }) => digest)).size
    if (ended.reduce((sum, { messages }) => sum + messages, 0) < files) return false
    const names = new Set(this.dropped.map(({ name }) => name))
    const left = await Promise.all(this.settings.inboxes.map((label) => readdir(this.inbox(label))))
    return left.flat().every((name) => !names.has(name))
  }

  async #isIdle(): Promise<boolean> {
    const { counts, receivers } = await this.operations.status()
    return counts.every(({ state }) => state !== 'waiting' && state !== 'unknown') && receivers.every(({ lag }) => !lag)
  }

  /** For messages of failing tests. */
  async trouble(): Promise<unknown> {
    const { counts, receivers, failing } = await this.operations.status()
    const inbox = await readdir(this.inbox())
    return { counts, receivers, failing, inbox: inbox.slice(0, 10), events: this.events.slice(-10) }
  }

  /** Names of the answers in the inbox's folder. */
  async answers(label?: string): Promise<readonly string[]> {
    return readdir(join(this.inbox(label), 'answers')).catch(() => [])
  }

  /**
   * The answer about a file, once it is there and says so much, each run of white space as one space; its name must be an
   * ordinary one.
   */
  answer({ name, digest }: DroppedFile, says = '', label?: string): Promise<string> {
    return this.#answer(`${name}.${digest.slice(0, 8)}.txt`, says, label)
  }

  /** The answer about a file that came before, in the inbox that it came into. */
  duplicateAnswer({ name, digest }: DroppedFile, label?: string): Promise<string> {
    return this.#answer(`${name}.${digest.slice(0, 8)}.duplicate.txt`, '', label)
  }

  async #answer(name: string, says: string, label?: string): Promise<string> {
    const instead = () => this.answers(label)
    return until(
      `an answer ${name} that says ${says}`,
      async () => {
        const text = await readFile(join(this.inbox(label), 'answers', name), 'utf8').catch(() => null)
        const plain = text?.replace(/\s+/g, ' ')
        return plain?.includes(says) ? plain : null
      },
      { instead },
    )
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.remove()
  }

  async remove(): Promise<void> {
    await this.stopBroker()
    await this.stopVoa()
    await rm(this.folder, { recursive: true, force: true })
  }
}

export interface DropOptions {
  /** Label. Default `revenues`. */
  readonly inbox?: string
  readonly transactions?: readonly string[]
}
