import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startBorough } from '@portreeve/broker'
import { startGateway } from '@portreeve/gateway'
import { describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'
import { openDoor } from '../system/support/open-door.ts'
import { until } from '../system/support/until.ts'
import { fencesOf } from './fences.ts'

const page = readFileSync(join(root, 'docs/how-to/take-transactions-from-a-web-form.md'), 'utf8')
const requests = fencesOf(page, 'sh').filter(({ text }) => text.startsWith('curl '))
const answers = fencesOf(page, 'json')

function hasCurl(): boolean {
  try {
    return execFileSync('curl', ['--version']).length > 0
  } catch {
    return false
  }
}

/** What differs each time is told by its form. */
function inForm(answer: object): object {
  return 'statusAddress' in answer
    ? {
        reference: expect.stringMatching(/^\w{4}-\w{4}$/),
        statusAddress: expect.stringMatching(/\/transactions\/[\w.-]{50,}$/),
      }
    : answer
}

describe('the requests that the page on web forms shows', () => {
  it('stand before their answers, one each', () => {
    expect(requests).toHaveLength(4)
    expect(answers).toHaveLength(requests.length)
    expect(answers.filter(({ line }, index) => line < (requests[index]?.line ?? 0))).toEqual([])
  })

  it.skipIf(!hasCurl())('are answered by a door as the page says [needs curl]', async () => {
    await using door = await openDoor()
    const env = { ...process.env, DOOR: door.baseUrl, DOOR_KEY: door.key }
    for (const [index, { text, line }] of requests.entries()) {
      const { stdout } = await promisify(execFile)('sh', ['-e', '-c', text], { env })
      const shown: unknown = JSON.parse(answers[index]?.text ?? '')
      expect(JSON.parse(stdout), `line ${line}`).toEqual(inForm(Object(shown)))
    }
  })
  it.skipIf(!hasCurl())(
    'begin with a person whom each office of the borough knows [needs curl]',
    async () => {
      const dataFolder = await mkdtemp(join(tmpdir(), 'portreeve-door-borough-'))
      const borough = await startBorough({ dataFolder })
      const gateway = await startGateway(borough.broker, borough.configuration)
      try {
        const env = { ...process.env, DOOR: gateway.baseUrl, DOOR_KEY: borough.doorKey }
        const bring = () => promisify(execFile)('sh', ['-e', '-c', requests[0]?.text ?? ''], { env })
        await until('the door is ready', async () => (await fetch(`${gateway.baseUrl}/ready`)).ok)
        const { reference } = JSON.parse((await bring()).stdout)
        const transaction = () => borough.broker.operations.transaction({ reference })
        await until(
          'each office has confirmed it',
          async () => {
            await borough.offices.work()
            return (await transaction())?.stage === 'ended'
          },
          { withinMs: 60_000, instead: transaction },
        )
        const systems = (await transaction())?.systems.map(({ system, state }) => `${system} ${state}`)
        expect(systems).toEqual(['crm confirmed', 'council-tax confirmed', 'electoral confirmed'])
      } finally {
        await gateway.stop()
        await borough.stop()
        await rm(dataFolder, { recursive: true })
      }
    },
    90_000,
  )
})
