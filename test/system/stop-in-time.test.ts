import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'
import { boroughs } from './support/boroughs.ts'
import { doorConfiguration } from './support/open-door.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const children: ChildProcess[] = []
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-stop-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

interface Run {
  readonly child: ChildProcess
  /** Resolves with the first event of this name. */
  event(name: string): Promise<Readonly<Record<string, unknown>>>
  readonly ended: Promise<readonly unknown[]>
}

/** `portreeve run` as a supervisor runs it. */
function run(config: string, env: Readonly<Record<string, string>> = {}): Run {
  const main = join(root, 'packages/cli/src/main.ts')
  const child = spawn(process.execPath, [main, 'run', '--config', config, '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  })
  children.push(child)
  const told: Readonly<Record<string, unknown>>[] = []
  createInterface({ input: child.stdout }).on('line', (line) => void told.push(JSON.parse(line)))
  const event = (name: string) =>
    until(`it tells ${name}`, () => told.find((each) => each.event === name), {
      withinMs: 60_000,
      instead: () => told,
    })
  return { child, event, ended: once(child, 'close') }
}

describe.skipIf(process.platform === 'win32')('portreeve run on SIGTERM [needs signals]', () => {
  it('ends by itself while a back office is silent, and the next start asks what became of it', async () => {
    const borough = await start({
      startBroker: false,
      partitions: 1,
      timeoutSeconds: 600,
      voa: { misbehave: { kind: 'late', seconds: 300, requests: 1 } },
    })
    await borough.configuration()
    await borough.drop('reports.xml', reportFile({ reports: reports(3) }))
    const { child, ended } = run(join(borough.folder, 'config'), { VOA_PASSWORD: borough.settings.password })
    await until('the VOA has it and says nothing', () => borough.voa.reports().length === 3, { withinMs: 60_000 })
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await borough.startBroker()
    await borough.settled()
    expect(borough.voa.requests()).toMatchObject({ submit: 1, lookup: 1 })
  })

  it('ends at once on a second one, while somebody holds up the door', async () => {
    await doorConfiguration(folder, { timeoutSeconds: 30 })
    const { child, event, ended } = run(join(folder, 'config'))
    const { door } = await event('started')
    const slow = connect(Number(new URL(String(door)).port), '127.0.0.1')
    slow.on('error', () => undefined)
    slow.write(
      'POST /transactions/address-change HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{',
    )
    await once(slow, 'connect')
    await until('the door answers others', async () => (await fetch(`${door}/health`)).ok)
    child.kill('SIGTERM')
    // Two within a moment are one press of the keys.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(child.exitCode, 'it has not waited for the door').toBeNull()
    child.kill('SIGTERM')
    expect(await ended).toEqual([130, null])
    slow.destroy()
  })
})
