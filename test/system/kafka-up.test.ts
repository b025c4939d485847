import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePorts } from '../../docker/kafka/free-ports.ts'
import { livingBrokers } from '../../docker/kafka/living-brokers.ts'
import { needsKafka, whyNoKafka } from '../support/kafka.ts'
import { root } from '../support/source-files.ts'

const lacking = whyNoKafka()
const title = (text: string) => (lacking === null ? text : text + needsKafka)

let folder = ''
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'kafka-up-')), 'data')
})
afterEach(async () => {
  await run('down', '--remove')
  await rm(join(folder, '..'), { recursive: true })
})

/** Exit code and all that was said. */
function run(command: 'up' | 'down', ...words: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const script = join(root, 'docker/kafka', `${command}.ts`)
    execFile(process.execPath, [script, '--data', folder, ...words], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr })
    })
  })
}

describe.skipIf(lacking !== null)(title('npm run kafka:up'), () => {
  it('starts a broker that stays, once; kafka:down stops it, keeps its data, and removes them when told to', async () => {
    const [port = 0, other = 0] = await freePorts(2)
    const started = await run('up', '--port', String(port))
    expect(started).toMatchObject({ code: 0, said: expect.stringContaining(`answers at 127.0.0.1:${port}`) })
    expect(await livingBrokers(port)).toEqual([1])

    expect(await run('up', '--port', String(port))).toMatchObject({
      code: 0,
      said: expect.stringContaining('runs already'),
    })
    const second = await run('up', '--port', String(other))
    expect(second).toMatchObject({ code: 1, said: expect.stringContaining(`npm run kafka:down -- --data ${folder}`) })

    expect(await run('down')).toMatchObject({ code: 0, said: expect.stringContaining('Stopped one broker') })
    await expect(livingBrokers(port)).rejects.toThrow()
    const three = await run('up', '--port', String(port), '--brokers', '3')
    expect(three).toMatchObject({ code: 1, said: expect.stringContaining('has the data of one broker') })
    expect(await run('down', '--remove')).toMatchObject({ code: 0, said: expect.stringContaining('No broker') })
    expect(existsSync(folder)).toBe(false)
  })
})

describe('npm run kafka:up', () => {
  it.each([
    [['--brokers', '2'], '--brokers is 1 or 3'],
    [['--port', 'x'], '--port is a number'],
    [['--color'], 'npm run kafka:up -- --brokers 3'],
  ])('says what it understands when it is told %j', async (words, said) => {
    expect(await run('up', ...words)).toMatchObject({ code: 2, said: expect.stringContaining(said) })
  })

  it('shows examples when it is asked', async () => {
    expect(await run('up', '--help')).toMatchObject({ code: 0, said: expect.stringContaining('--brokers 3') })
    expect(await run('down', '--help')).toMatchObject({ code: 0, said: expect.stringContaining('--remove') })
  })
})
