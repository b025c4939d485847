import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { java, kafkaClasspath } from './jars.ts'
import { livingBrokers } from './living-brokers.ts'

export interface BrokerOptions {
  /** From 1. */
  readonly id: number
  /** Its own; `server.properties` and the data lie in it. */
  readonly folder: string
  /** Of the listener in plain text. */
  readonly port: number
  readonly heapMegabytes: number
  /** Quick to start, or quick at work. */
  readonly quick: 'start' | 'work'
  /** Goes on when this process has ended. Otherwise the broker ends with it, whatever ends it. */
  readonly outlives: boolean
}

const loggingFile = fileURLToPath(new URL('log4j2.properties', import.meta.url))
const startWithinMs = 60_000
const stopWithinMs = 20_000

/** One broker, and controller, of a cluster: a process that can be treated badly. */
export class BrokerProcess {
  readonly id: number
  /** What it tells, over all its starts. */
  readonly log: string
  readonly #options: BrokerOptions
  #process: ChildProcess | undefined

  constructor(options: BrokerOptions) {
    this.id = options.id
    this.log = join(options.folder, 'broker.log')
    this.#options = options
  }

  /** `undefined` while it does not run. */
  get pid(): number | undefined {
    const child = this.#process
    return child && child.exitCode === null && child.signalCode === null ? child.pid : undefined
  }

  /** On the same ports and data as before; when it answers. Does nothing when it runs. */
  async start(): Promise<void> {
    if (this.pid !== undefined) return
    const before = existsSync(this.log) ? statSync(this.log).size : 0
    this.#process = this.#spawn(await kafkaClasspath())
    for (const began = Date.now(); !(await this.#answers(before)); await sleep(50)) {
      if (this.pid !== undefined && Date.now() - began < startWithinMs) continue
      await this.kill()
      throw new Error(`Broker ${this.id} did not come up: ${this.#logFrom(before).slice(-3000)}`)
    }
  }

  /** SIGTERM: it hands over what it leads and flushes; SIGKILL when it has not ended within 20 s. */
  async stop(): Promise<void> {
    if (this.pid === undefined) return
    this.resume()
    const impatient = setTimeout(() => this.#process?.kill('SIGKILL'), stopWithinMs)
    await this.#end('SIGTERM')
    clearTimeout(impatient)
  }

  /** SIGKILL, at once; resolves when the process is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** SIGSTOP: it holds its connections and says nothing. */
  pause(): void {
    this.#process?.kill('SIGSTOP')
  }

  resume(): void {
    this.#process?.kill('SIGCONT')
  }

  /**
   * Its disk is full: no file may grow beyond so many bytes, until the broker is started again; `undefined` lifts it. Kafka
   * stops a broker that can write nowhere. Its indexes take 10 MB each unless `log.index.size.max.bytes` says less. Needs `prlimit`.
   */
  limitFileSize(bytes: number | undefined): void {
    if (this.pid === undefined) throw new Error(`Broker ${this.id} does not run`)
    execFileSync('prlimit', ['--pid', String(this.pid), `--fsize=${bytes ?? 'unlimited'}:`])
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process
    if (child === undefined || this.pid === undefined) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  #spawn(classpath: string): ChildProcess {
    const { folder, heapMegabytes, outlives, quick } = this.#options
    mkdirSync(join(folder, 'tmp'), { recursive: true })
    const words = [
      ...[
        `-Xms${heapMegabytes}m`,
        `-Xmx${heapMegabytes}m`,
        '-XX:-UsePerfData',
        `-Djava.io.tmpdir=${join(folder, 'tmp')}`,
      ],
      ...(quick === 'start' ? ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'] : ['-XX:+UseG1GC']),
      ...[`-Dlog4j2.configurationFile=${loggingFile}`, '-cp', classpath],
      ...['kafka.Kafka', join(folder, 'server.properties')],
    ]
    const [program, ...all] = outlives ? [java, ...words] : [...endsWithParent(), java, ...words]
    const output = openSync(this.log, 'a')
    try {
      const child = spawn(program ?? java, all, { cwd: folder, detached: outlives, stdio: ['ignore', output, output] })
      // Java was there a moment ago. What cannot be started has ended.
      child.on('error', () => child.emit('exit', 1, null))
      if (outlives) child.unref()
      return child
    } finally {
      closeSync(output)
    }
  }

  async #answers(logBefore: number): Promise<boolean> {
    if (!this.#logFrom(logBefore).includes('Kafka Server started')) return false
    try {
      return (await livingBrokers(this.#options.port)).includes(this.id)
    } catch {
      return false
    }
  }

  #logFrom(position: number): string {
    return existsSync(this.log) ? readFileSync(this.log).subarray(position).toString() : ''
  }
}

/** The kernel of Linux kills the broker when this process is gone, by SIGKILL too. Elsewhere an end in order does. */
function endsWithParent(): readonly string[] {
  const words = ['setpriv', '--pdeathsig', 'KILL'] as const
  const [program, ...rest] = words
  return spawnSync(program, [...rest, 'true']).status === 0 ? words : []
}
