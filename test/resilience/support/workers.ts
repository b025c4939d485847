import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ReportingChild } from '../../support/child-process.ts'
import type { TestBorough } from '../../system/support/borough.ts'
import { boroughConfiguration } from '../../system/support/borough-configuration.ts'
import { until } from '../../system/support/until.ts'
import type { BrokerProcess } from './broker-process.ts'

const programFile = fileURLToPath(new URL('./worker-process.ts', import.meta.url))

/** A broker of a borough that runs as a process beside others, with a data folder of its own. */
export class Worker {
  readonly name: string
  /** Lines that it has told, over restarts too. */
  readonly told: string[] = []
  readonly #borough: TestBorough
  #child: ReportingChild | undefined

  constructor(borough: TestBorough, name: string) {
    this.#borough = borough
    this.name = name
  }

  get runs(): boolean {
    return this.#child !== undefined
  }

  /** Resolves when it is open. */
  async start(): Promise<void> {
    const { settings, folder: shared, voa } = this.#borough
    const folder = join(shared, this.name)
    await boroughConfiguration(folder, voa.baseUrl, {
      ...settings,
      inboxFolder: shared,
      dataFolder: join(folder, 'data'),
    })
    const options: BrokerProcess = { folder: join(folder, 'config'), password: settings.password }
    const from = this.told.length
    this.#child = new ReportingChild({
      command: [process.execPath, programFile, JSON.stringify(options)],
      onLine: (line) => this.told.push(line),
    })
    const ended = this.#child.ended()
    let stderr: string | undefined
    void ended.then((end) => {
      stderr = end.stderr
    })
    await until(
      `${this.name} is open`,
      async () => {
        if (stderr !== undefined) throw new Error(`${this.name} has ended: ${stderr}`)
        return this.told.slice(from).includes('open')
      },
      { withinMs: 60_000 },
    )
  }

  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    child?.killNow()
    await child?.ended()
  }

  /** As an operator does: it finishes what it has in hand. */
  async stop(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    child?.send('SIGTERM')
    const end = await child?.ended()
    if (end && end.code !== 0) throw new Error(`${this.name} did not stop in order: ${JSON.stringify(end)}`)
  }

  /** Processor time of this run of it. */
  async cpuMs(): Promise<number> {
    const from = this.told.length
    this.#child?.send('SIGUSR2')
    return await until(`${this.name} tells its processor time`, () => {
      const line = this.told.slice(from).find((told) => told.startsWith('cpu '))
      return line === undefined ? null : Number(line.slice('cpu '.length))
    })
  }

  freeze(): void {
    this.#child?.send('SIGSTOP')
  }

  thaw(): void {
    this.#child?.send('SIGCONT')
  }
}
