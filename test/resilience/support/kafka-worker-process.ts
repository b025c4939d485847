import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type ChildEnd, ReportingChild } from '../../support/child-process.ts'
import type { KafkaWorker } from './kafka-worker-options.ts'

const programFile = fileURLToPath(new URL('./kafka-worker.ts', import.meta.url))

/** What the workers of one relay have told, over all their lives. */
export class KafkaReports {
  readonly acknowledged: string[] = []
  readonly consumed: string[] = []
  /** Records that copiers were handed, those included that were never written. */
  copying = 0
  /** Codes of errors after which a worker tried again, and how often. */
  readonly again = new Map<string, number>()

  add(line: string): void {
    const [what, ...words] = line.split(' ')
    if (what === 'acknowledged') this.acknowledged.push(...words)
    else if (what === 'consumed') this.consumed.push(...words)
    else if (what === 'copying') this.copying += Number(words[0])
    else if (what === 'again') this.again.set(words[0] ?? '', (this.again.get(words[0] ?? '') ?? 0) + 1)
  }
}

/** A worker and its restarts. One that ends by itself tells why when it is next stopped, killed or asked. */
export class KafkaWorkerProcess {
  readonly name: string
  readonly #worker: Omit<KafkaWorker, 'life'>
  readonly #reports: KafkaReports
  #child: ReportingChild | undefined
  #fell: ChildEnd | null = null
  #life = 0
  /** What it has told in this life, by the first word: the last line. */
  #told = new Map<string, string>()

  constructor(worker: Omit<KafkaWorker, 'life'>, reports: KafkaReports) {
    this.name = worker.name
    this.#worker = worker
    this.#reports = reports
  }

  start(): void {
    this.#life += 1
    const told = new Map<string, string>()
    this.#told = told
    this.#child = new ReportingChild({
      command: [process.execPath, programFile, JSON.stringify({ ...this.#worker, life: this.#life })],
      onLine: (line) => {
        told.set(line.split(' ')[0] ?? '', line)
        this.#reports.add(line)
      },
    })
    void this.#child.ended().then((end) => {
      // SIGTERM ends it like that while it is still being loaded.
      if (end.code !== 0 && end.signal !== 'SIGKILL' && end.signal !== 'SIGTERM') this.#fell = end
    })
  }

  /** Throws when it has fallen over in any of its lives. */
  refuseFallen(): void {
    if (this.#fell)
      throw new Error(`${this.name} ended with ${this.#fell.code ?? this.#fell.signal}: ${this.#fell.stderr}`)
  }

  /** Whether this life has told a line that begins with this word. */
  hasTold(word: string): boolean {
    return this.#told.has(word)
  }

  /** Resolves when this life has told a line that begins with this word. */
  async tells(word: string): Promise<void> {
    for (; !this.hasTold(word); await sleep(10)) this.refuseFallen()
  }

  /** Resolves when it has ended; rejects when it fell over. */
  async ended(): Promise<void> {
    await this.#child?.ended()
    this.refuseFallen()
  }

  /** SIGTERM, and until it has ended in order. */
  async stop(): Promise<void> {
    this.#child?.send('SIGTERM')
    await this.ended()
  }

  /** SIGKILL, and until it is gone. */
  async kill(): Promise<void> {
    this.#child?.killNow()
    await this.ended()
  }

  /** SIGSTOP: it keeps its connections, and knows nothing of the time that passes. */
  freeze(): void {
    this.#child?.send('SIGSTOP')
  }

  thaw(): void {
    this.#child?.send('SIGCONT')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child?.killNow()
    await this.#child?.ended()
  }
}
