import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { newApiKey } from '@portreeve/gateway'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'
import { addressChange } from './support/address-change.ts'
import { doorConfiguration, openDoor } from './support/open-door.ts'

const { key, hash } = newApiKey()
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-door-run-'))
})
afterEach(() => rm(folder, { recursive: true }))

interface Event {
  readonly event?: string
  readonly door?: string
  readonly label?: string
}

function run(): { child: ChildProcess; events: AsyncIterator<Event>; ended: Promise<unknown[]> } {
  const main = join(root, 'packages/cli/src/main.ts')
  const child = spawn(process.execPath, [main, 'run', '--config', join(folder, 'config'), '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  async function* told(): AsyncGenerator<Event> {
    for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line)
  }
  return { child, events: told(), ended }
}

it('opens with portreeve run where one is configured, tells what it takes, and closes in order with it', async () => {
  await doorConfiguration(folder, { apiKeys: [{ name: 'forms', hash }] })
  const { child, events, ended } = run()
  try {
    const { value: started } = await events.next()
    expect(started).toMatchObject({ event: 'started', door: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
    const response = await fetch(`${started.door}/transactions/address-change`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'one' },
      body: JSON.stringify(addressChange),
    })
    expect(response.status).toBe(202)
    const { value: accepted } = await events.next()
    expect(accepted).toMatchObject({ event: 'accepted', label: 'door', status: 'accepted' })
    child.kill('SIGTERM')
    expect((await events.next()).value).toMatchObject({ event: 'stopped' })
    expect(await ended).toEqual([0, null])
  } finally {
    child.kill('SIGKILL')
  }
})

it.skipIf(process.platform === 'win32')(
  'takes over its changed configuration at SIGHUP, and goes on as before when something is wrong with it',
  async () => {
    await doorConfiguration(folder, { apiKeys: [{ name: 'forms', hash }] })
    const path = join(folder, 'config/broker.yaml')
    const file = JSON.parse(await readFile(path, 'utf8'))
    const { child, events, ended } = run()
    try {
      expect((await events.next()).value).toMatchObject({ event: 'started' })
      await writeFile(path, JSON.stringify({ ...file, authority: {} }))
      child.kill('SIGHUP')
      expect((await events.next()).value).toMatchObject({ event: 'notTakenOver', code: 'PRV_CONFIGURATION_INVALID' })
      await writeFile(path, JSON.stringify({ ...file, diskAlarmMegabytes: 1 }))
      child.kill('SIGHUP')
      expect((await events.next()).value).toMatchObject({ event: 'tookOver', version: expect.any(String) })
      child.kill('SIGTERM')
      expect((await events.next()).value).toMatchObject({ event: 'stopped' })
      expect(await ended).toEqual([0, null])
    } finally {
      child.kill('SIGKILL')
    }
  },
)

it('keeps portreeve run from starting where the port is taken, and says so', async () => {
  await using other = await openDoor()
  await doorConfiguration(folder, { port: Number(new URL(other.baseUrl).port), apiKeys: [{ name: 'forms', hash }] })
  const { child, ended } = run()
  let err = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const [code] = await ended
  expect(code).toBe(4)
  expect(JSON.parse(err)).toMatchObject({ error: { code: 'PRV_GATEWAY_LISTEN' } })
})
