import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { startFakeSystem as startVoa } from '@portreeve/adapter-valuebill/fake-system'
import { newApiKey } from '@portreeve/gateway'
import { root } from '../../support/source-files.ts'
import { reportFile, reports } from '../../system/support/report-file.ts'
import { crmKey, startOffices } from '../../system/support/tell-us-once-offices.ts'
import { changeOf, inhabitants, person } from '../../system/support/tell-us-once-people.ts'
import { until } from '../../system/support/until.ts'

/** What was written while it ran. */
export interface ServiceOutput {
  /** Lines on standard output, as they stand. */
  readonly lines: readonly string[]
  readonly stderr: string
}

const password = 'reed-and-withy'
const reportsPerFile = 3
/** One in so many citizens has an e-mail address: the example sends sixty e-mails a minute, and no more. */
const changesPerLetter = 10
/** Far more than it takes, even on a busy machine. */
const withinMs = 120_000

/** The Borough of Sallowmere's example as a service runs it: `portreeve run --json`, and stand-ins of the other systems. */
export async function startService() {
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-service-'))
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const data = join(folder, 'data')
  const officesFolder = join(data, 'back-offices')
  const inbox = join(data, 'inbox')
  for (const each of [officesFolder, inbox]) await mkdir(each, { recursive: true })
  const offices = opened.use(await startOffices(officesFolder, {}))
  const register = join(folder, 'voa.jsonl')
  const voaAt = (port: number) => startVoa({ authorityCode: '9999', password, file: register, port })
  let voa = await voaAt(0)
  opened.defer(() => voa.close())
  const { key, hash } = newApiKey()
  const child = spawn(process.execPath, [join(root, 'packages/cli/src/main.ts'), 'run', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      PORTREEVE_CONFIG: await configured(folder),
      SALLOWMERE_DATA: data,
      VOA_URL: voa.baseUrl,
      VOA_PASSWORD: password,
      CRM_URL: offices.crm.baseUrl,
      CRM_KEY: crmKey,
      SMTP_PORT: `${offices.mail.smtpPort}`,
      DOOR_KEY_HASH: hash,
    },
  })
  const ended = once(child, 'close')
  opened.defer(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const lines: string[] = []
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  const instead = () => ({ stderr, last: lines.slice(-5) })
  const started = await until('it has started', () => lines[0], { withinMs, instead })
  const { door }: { door: string } = JSON.parse(started)
  await until('the door is ready', async () => (await fetch(`${door}/ready`)).ok, { withinMs, instead })

  let changes = 0
  let files = 0
  const change = async () => {
    const number = ++changes
    const reachable = number % changesPerLetter === 0 && { emailAddress: `person-${number}@example.org` }
    const response = await fetch(`${door}/transactions/address-change`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': `change-${number}`,
      },
      body: JSON.stringify(changeOf(person(number % inhabitants.length), number, { ...reachable })),
    })
    if (response.status !== 202) throw new TypeError(`the door answered ${response.status}: ${await response.text()}`)
  }
  const file = async () => {
    const name = `file-${++files}.xml`
    await writeFile(join(inbox, `${name}.part`), reportFile({ reports: reports(reportsPerFile) }))
    await rename(join(inbox, `${name}.part`), join(inbox, name))
  }
  const everything = opened.move()
  return {
    get output(): ServiceOutput {
      return { lines: [...lines], stderr }
    },
    /** Five changes of address and a file of three reports a second; staff take over what has come in. */
    async trickle(seconds: number): Promise<void> {
      for (let beat = 0; beat < seconds * 5; beat += 1) {
        if (beat % 5 === 0) await file()
        await Promise.all([change(), offices.work(), sleep(200)])
      }
    },
    /** Until everything that came in is where it belongs. */
    async settled(): Promise<void> {
      const has = async () => ({
        reports: voa.reports().length,
        cases: offices.crm.cases().filter(({ status }) => status === 'resolved').length,
        accounts: (await offices.councilTax.changes()).length,
        electors: offices.electoral.record.size,
        letters: (await offices.mail.mailbox()).filter(({ fileName }) => fileName.includes('@example.org')).length,
      })
      const wanted = {
        reports: files * reportsPerFile,
        cases: changes,
        accounts: changes,
        electors: changes,
        letters: Math.floor(changes / changesPerLetter),
      }
      const isThere = async () => {
        await offices.work()
        return JSON.stringify(await has()) === JSON.stringify(wanted)
      }
      await until('all is where it belongs', isThere, {
        withinMs,
        instead: async () => ({ ...instead(), wanted, has: await has() }),
      })
    },
    async voaGoesDown(): Promise<void> {
      await voa.close()
    },
    async voaComesBack(): Promise<void> {
      voa = await voaAt(Number(new URL(voa.baseUrl).port))
    },
    /** As a supervisor stops it. Resolves with the exit code and the signal that ended it. */
    async stop(): Promise<unknown> {
      child.kill('SIGTERM')
      return await ended
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  }
}

/** The example as it is, but for the port of its door: any that is free. */
async function configured(folder: string): Promise<string> {
  const config = join(folder, 'config')
  await cp(join(root, 'config/examples/sallowmere'), config, { recursive: true })
  const path = join(config, 'broker.yaml')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(/^ {2}port: 4170$/m, '  port: 0'))
  return config
}
