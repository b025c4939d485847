import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { root } from '../support/source-files.ts'
import { reportFile, reports, transactionsIn } from './support/report-file.ts'
import { until } from './support/until.ts'

/** On a machine that is busy with other tests, too. */
const withinMs = 90_000
vi.setConfig({ testTimeout: 4 * withinMs })

let data = ''
const children: ChildProcess[] = []

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'portreeve-start-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null && child.pid) process.kill(-child.pid, 'SIGKILL')
  }
  await rm(data, { recursive: true, force: true, maxRetries: 5 })
})

interface Told {
  readonly event: string
  readonly [fact: string]: unknown
}

/** `npm start`, with `--json` for what it tells. It leads a process group of its own, as a job of a shell does. */
class NpmStart {
  readonly told: Told[] = []
  readonly #child: ChildProcess
  #stderr = ''

  constructor() {
    this.#child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, SALLOWMERE_DATA: data },
      detached: true,
    })
    children.push(this.#child)
    const { stdout, stderr } = this.#child
    if (!stdout || !stderr) throw new TypeError('no pipe to the child')
    createInterface({ input: stdout }).on('line', (line) => this.told.push(JSON.parse(line)))
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
    })
  }

  async hears(what: string, is: (told: Told) => boolean): Promise<Told> {
    const instead = () => ({ told: this.told.slice(-10), stderr: this.#stderr })
    return await until(what, () => this.told.find(is), { withinMs, instead })
  }

  /** The terminal sends Ctrl-C to the whole group at once. */
  async ctrlC(): Promise<{ code: number | null; last: string | undefined; stderr: string }> {
    const { pid } = this.#child
    if (pid === undefined) throw new TypeError('it never started')
    const closed = once(this.#child, 'close')
    process.kill(-pid, 'SIGINT')
    const [code] = await closed
    return { code, last: this.told.at(-1)?.event, stderr: this.#stderr }
  }
}

/** Transactions that the stand-in of the VOA has taken, each as often as it took it. */
async function atVoa(): Promise<readonly string[]> {
  const lines = await readFile(join(data, 'voa-stand-in.jsonl'), 'utf8').catch(() => '')
  const submissions = lines.split('\n').filter((line) => line !== '')
  return submissions.flatMap((line) =>
    JSON.parse(line).taken.map(({ baTransaction }: { baTransaction: string }) => baTransaction),
  )
}

it.skipIf(process.platform === 'win32')(
  'stops in order at Ctrl-C in the middle of the work, and goes on at the next npm start where it stopped [needs a POSIX system]',
  async () => {
    const file = reportFile({ reports: reports(3000) })
    const first = new NpmStart()
    await first.hears('the start', ({ event }) => event === 'started')
    await writeFile(join(data, 'inbox', 'march.xml.part'), file)
    await rename(join(data, 'inbox', 'march.xml.part'), join(data, 'inbox', 'march.xml'))
    const { reference } = await first.hears('the file is accepted', ({ event }) => event === 'accepted')
    expect(await first.ctrlC()).toEqual({ code: 0, last: 'stopped', stderr: '' })
    const before = await atVoa()
    expect(before.length, 'some were still to be sent').toBeLessThan(3000)

    const second = new NpmStart()
    await second.hears('the start', ({ event }) => event === 'started')
    await until('all are at the VOA', async () => (await atVoa()).length >= 3000, { withinMs })
    expect((await atVoa()).toSorted()).toEqual(transactionsIn(file).toSorted())
    const answered = ({ event, receiver }: Told) => event === 'delivered' && String(receiver).endsWith('.revenues')
    await second.hears('the answer to revenues', answered)
    expect(await second.ctrlC()).toEqual({ code: 0, last: 'stopped', stderr: '' })

    const accepted = [...first.told, ...second.told].filter(({ event }) => event === 'accepted')
    expect(accepted).toMatchObject([{ status: 'accepted', reference }])
  },
)
