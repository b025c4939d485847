import { spawn, spawnSync } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { LogRecord } from '@portreeve/log'
import { pythonWithClient } from '../../../docker/kafka/python-client.ts'
import { runTool } from '../../support/kafka.ts'

/** A record as another client reads or writes it; everything but names and numbers as bytes. */
export interface ForeignRecord extends Pick<LogRecord, 'key' | 'value' | 'headers'> {
  readonly partition: number
}

/** A client of Kafka that is none of ours. */
export interface ForeignClient {
  readonly name: string
  /** What stands in the title of a test that is skipped without it; else nothing. */
  readonly lacking: string
  /** It can write keys and values that are no text. */
  readonly writesBytes: boolean
  read(brokers: string, topic: string, count: number): Promise<readonly ForeignRecord[]>
  /** In the partition that the client chooses. */
  write(brokers: string, topic: string, record: LogRecord): Promise<void>
}

const python = fileURLToPath(new URL('foreign-client.py', import.meta.url))
const is = (program: string, words: readonly string[]) => spawnSync(program, words).status === 0

const kcat: ForeignClient = {
  name: 'kcat',
  lacking: is('kcat', ['-V']) ? '' : ' [needs kcat]',
  writesBytes: true,
  async read(brokers, topic, count) {
    const words = ['-C', '-q', '-b', brokers, '-t', topic, '-o', 'beginning', '-c', String(count), '-J']
    const lines = (await run('kcat', words)).trim().split('\n')
    return lines.map((line) => {
      const { partition, key, payload, headers = [] }: KcatRecord = JSON.parse(line)
      return { partition, key: bytes(key), value: bytes(payload), headers: pairs(headers) }
    })
  },
  async write(brokers, topic, { key, value, headers }) {
    const words = ['-P', '-b', brokers, '-t', topic, '-X', 'topic.partitioner=murmur2_random', '-D', end, '-Z']
    const own = headers.flatMap(([name, each]) => ['-H', `${name}=${Buffer.from(each).toString()}`])
    const keyed = key === null ? [] : ['-K', keyEnd]
    const input = [...(key === null ? [] : [key, Buffer.from(keyEnd)]), value ?? Buffer.of(), Buffer.from(end)]
    await run('kcat', [...words, ...own, ...keyed], Buffer.concat(input))
  },
}

const consoleTools: ForeignClient = {
  name: "Kafka's console tools",
  lacking: '',
  writesBytes: false,
  async read(brokers, topic, count) {
    const shown = ['print.key=true', 'print.headers=true', 'print.partition=true', `null.literal=${nothing}`]
    const separators = [`key.separator=${keyEnd}`, `headers.separator=${headerEnd}`, `line.separator=${end}`]
    const formatter = [...shown, ...separators].flatMap((property) => ['--formatter-property', property])
    const where = ['--bootstrap-server', brokers, '--topic', topic, '--from-beginning', '--max-messages', String(count)]
    const tool = 'org.apache.kafka.tools.consumer.ConsoleConsumer'
    const told = await runTool(tool, [...where, ...formatter], '', 'latin1')
    return told.split(end).slice(0, -1).map(shownByConsole)
  },
  async write(brokers, topic, { key, value, headers }) {
    const own = headers.map(([name, each]) => `${name}:${Buffer.from(each).toString()}`).join(headerEnd)
    const [first, last] = [key, value].map((each) => (each === null ? nothing : Buffer.from(each).toString()))
    const separators = [`key.separator=${keyEnd}`, `headers.delimiter=${end}`, `headers.separator=${headerEnd}`]
    const read = ['parse.key=true', 'parse.headers=true', `null.marker=${nothing}`, ...separators]
    const words = ['--bootstrap-server', brokers, '--topic', topic, '--sync']
    const line = `${own || nothing}${end}${first}${keyEnd}${last}\n`
    const properties = read.flatMap((property) => ['--reader-property', property])
    await runTool('org.apache.kafka.tools.ConsoleProducer', [...words, ...properties], line)
  },
}

const pythonClient: ForeignClient = {
  name: 'a Python client',
  lacking: is(pythonWithClient(), ['-c', 'import confluent_kafka']) ? '' : ' [needs the Python Kafka client]',
  writesBytes: true,
  async read(brokers, topic, count) {
    const lines = (await run(pythonWithClient(), [python, 'read', brokers, topic, String(count)])).trim().split('\n')
    return lines.map((line) => {
      const { partition, key, value, headers }: PythonRecord = JSON.parse(line)
      return {
        partition,
        key: decoded(key),
        value: decoded(value),
        headers: headers.map(([name, each]) => [name, Buffer.from(each, 'base64')]),
      }
    })
  },
  async write(brokers, topic, { key, value, headers }) {
    const record = {
      key: encoded(key),
      value: encoded(value),
      headers: headers.map(([name, each]) => [name, encoded(each)]),
    }
    await run(pythonWithClient(), [python, 'write', brokers, topic], JSON.stringify(record))
  },
}

export const foreignClients: readonly ForeignClient[] = [kcat, consoleTools, pythonClient]

const keyEnd = '~key~'
const headerEnd = '~header~'
const end = '~end~'
const nothing = '~null~'

interface KcatRecord {
  readonly partition: number
  readonly key: string | null
  readonly payload: string | null
  /** Name, value, name, value, … */
  readonly headers?: readonly string[]
}

interface PythonRecord {
  readonly partition: number
  /** Base64, as value and headers. */
  readonly key: string | null
  readonly value: string | null
  readonly headers: readonly (readonly [name: string, value: string])[]
}

function shownByConsole(shown: string): ForeignRecord {
  const [partition = '', headers = '', key = '', ...value] = shown.split(keyEnd)
  const own = headers === 'NO_HEADERS' ? [] : headers.split(headerEnd)
  return {
    partition: Number(partition.slice('Partition:'.length)),
    key: key === nothing ? null : bytes(key),
    value: value.join(keyEnd) === nothing ? null : bytes(value.join(keyEnd)),
    headers: pairs(own.flatMap((each) => [each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 1)])),
  }
}

function pairs(flat: readonly string[]): LogRecord['headers'] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, Buffer.from(flat[at + 1] ?? '', 'latin1')] as const] : []))
}

/** Of a text that has a character for each byte. */
function bytes(latin1: string): Buffer
function bytes(latin1: string | null): Buffer | null
function bytes(latin1: string | null): Buffer | null {
  return latin1 === null ? null : Buffer.from(latin1, 'latin1')
}

function decoded(base64: string | null): Buffer | null {
  return base64 === null ? null : Buffer.from(base64, 'base64')
}

function encoded(given: Uint8Array | null): string | null {
  return given === null ? null : Buffer.from(given).toString('base64')
}

/** What a program wrote to its standard output, a character for each byte. Rejects with what it complained of. */
async function run(program: string, words: readonly string[], input: string | Uint8Array = ''): Promise<string> {
  const child = spawn(program, words, { stdio: 'pipe' })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  child.stdout.setEncoding('latin1')
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [told, complaint, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${complaint.slice(0, 5000)}`)
  return told
}
