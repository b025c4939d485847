import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** For tests: a process of its own that has the folder, has appended some records, and now waits. */
export class OwnerProcess {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  static async start(folder: string, appends: number): Promise<OwnerProcess> {
    const source = `
      import { openSqliteLog } from ${JSON.stringify(new URL('./open.ts', import.meta.url).href)}
      import { record, topic } from ${JSON.stringify(new URL('./trial.ts', import.meta.url).href)}
      const log = await openSqliteLog({ folder: ${JSON.stringify(folder)} })
      await log.createTopic({ name: topic })
      for (let n = 0; n < ${appends}; n++) await log.append([record('o' + n)])
      console.log('ready')`
    const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source]
    const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    return new OwnerProcess(child)
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** At once: no handler of the process runs any more. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await once(this.#child, 'exit')
  }
}
