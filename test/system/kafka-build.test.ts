import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildKafkaClient } from '../../scripts/kafka-client/build.ts'
import { type Places, places } from '../../scripts/kafka-client/places.ts'
import { kafkaClientIsBuilt, needsKafkaClient } from '../support/kafka-client.ts'
import { root } from '../support/source-files.ts'

const script = join(root, 'scripts/kafka-build.ts')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kafka-build-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!kafkaClientIsBuilt())(`the native part of the Kafka client${needsKafkaClient}`, () => {
  it('is loaded by the package and can do TLS and SCRAM', () => {
    const require = createRequire(join(root, 'packages/log-kafka/package.json'))
    const program = 'process.stdout.write(require(process.argv[1]).features.join())'
    const words = ['-e', program, require.resolve('node-rdkafka')]
    const { stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' })
    expect(stdout.split(',')).toEqual(expect.arrayContaining(['ssl', 'sasl_scram']))
  })

  it('comes from the cache into a checkout that has none, and is left alone from then on', async () => {
    const at = checkout({ cached: true })
    expect(await build(at)).toEqual({ from: 'cache', said: [] })
    expect(await build(at)).toEqual({ from: 'its place', said: [] })
  })

  it('comes from what another checkout of the same user has built', async () => {
    const at = checkout({ shared: true })
    expect(await build(at)).toEqual({ from: 'shared cache', said: [] })
    expect(await build(at)).toEqual({ from: 'its place', said: [] })
  })

  it.each(['Release/node-librdkafka.node', 'deps/librdkafka.so.1'])(
    'is replaced by what another checkout has built when %s was changed in its place and in the cache',
    async (file) => {
      const at = checkout({ cached: true, shared: true })
      await build(at)
      const damaged = [join(at.packageFolder, 'build'), join(at.cache, at.key)]
      for (const entry of damaged) appendFileSync(join(entry, file), 'x')
      const said = damaged.map(
        (entry) => `What was built before cannot be used: ${file} is not what was built (${entry}).`,
      )
      expect(await build(at)).toEqual({ from: 'shared cache', said })
      expect(await build(at)).toEqual({ from: 'its place', said: [] })
    },
  )

  it('is refused in the words of the loader when it is whole but cannot be loaded', async () => {
    const at = checkout({ cached: true })
    const entry = join(at.cache, at.key)
    const file = 'deps/librdkafka.so.1'
    writeFileSync(join(entry, file), 'no machine runs this')
    const sums = join(entry, 'sha256.json')
    const sum = createHash('sha256').update('no machine runs this').digest('hex')
    writeFileSync(sums, JSON.stringify({ ...JSON.parse(readFileSync(sums, 'utf8')), [file]: sum }))
    expect(await build(at)).toEqual({
      from: null,
      said: [expect.stringMatching(/^What was built before cannot be used: .*librdkafka\.so\.1: file too short/)],
    })
  })
})

describe('npm run kafka:build on a machine that cannot build', () => {
  it('names what is missing and what installs it, and leaves nothing behind', () => {
    const { status, stderr } = run({ PATH: programs('bash', 'make') }, '--again')
    expect(stderr).toBe(
      'The Kafka client cannot be built for lack of g++, python3. ' +
        'Debian and Ubuntu: apt-get install g++ make python3 libssl-dev zlib1g-dev libzstd-dev\n',
    )
    expect(status).toBe(1)
    expect(existsSync(join(folder, 'cache'))).toBe(false)
  })

  it('misses the headers of OpenSSL before anything is compiled', () => {
    const PATH = programs('bash', 'make', 'python3')
    writeFileSync(join(PATH, 'g++'), '#!/bin/sh\n[ "$1" = --version ]\n', { mode: 0o755 })
    const { status, stderr } = run({ PATH }, '--again')
    expect(stderr).toMatch(/^The Kafka client cannot be built for lack of the headers of OpenSSL\. .* libssl-dev /)
    expect(status).toBe(1)
  })

  it('shows the end of what the compiler said and where all of it is, and keeps nothing half done', () => {
    const PATH = programs('g++', 'make', 'python3')
    const broken = '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho no compiler on this machine works >&2\nexit 1\n'
    writeFileSync(join(PATH, 'bash'), broken, { mode: 0o755 })
    const { status, stderr } = run({ PATH }, '--again')
    const log = join(folder, 'cache/build.log')
    expect(stderr).toContain(`The Kafka client could not be built. All of the compiler's output: ${log}. Its end:\n\n`)
    expect(stderr).toMatch(/no compiler on this machine works\n$/)
    expect(status).toBe(1)
    expect(readdirSync(join(folder, 'cache'))).toEqual(['build.log'])
  })
})

it('npm run kafka:build tells how it is used when it is given a word that it does not know', () => {
  const { status, stderr } = run({}, '--agian')
  expect(stderr).toMatch(/^Unknown option '--agian'.*npm run kafka:build -- --again/s)
  expect(status).toBe(2)
})

/** A checkout in which nothing is built, with what this one has built in the caches that are named. */
function checkout({ cached = false, shared = false }): Places {
  const here = places()
  const at = {
    ...here,
    packageFolder: join(folder, 'package'),
    cache: join(folder, 'cache'),
    shared: join(folder, 'shared'),
  }
  mkdirSync(at.packageFolder)
  const built = join(here.packageFolder, 'build')
  if (cached) cpSync(built, join(at.cache, at.key), { recursive: true, dereference: true })
  if (shared) cpSync(built, join(at.shared, at.key), { recursive: true, dereference: true })
  return at
}

async function build(at: Places) {
  const said: string[] = []
  const built = await buildKafkaClient(at, { mayCompile: false, say: (line) => said.push(line) })
  return { from: built?.from ?? null, said }
}

function run(environment: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const env = { ...process.env, PORTREEVE_KAFKA_CLIENT_CACHE: join(folder, 'cache'), NO_COLOR: '1', ...environment }
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...words], {
    env,
    encoding: 'utf8',
  })
}

/** A folder that has these programs in it and no other. */
function programs(...names: readonly string[]): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const name of names) writeFileSync(join(bin, name), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  return bin
}
