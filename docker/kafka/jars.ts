import { execFile, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const here = fileURLToPath(new URL('.', import.meta.url))
const pom = join(here, 'pom.xml')
export const checksumsFile = join(here, 'checksums.txt')
const cache = fileURLToPath(new URL('../../.cache/kafka', import.meta.url))
const oldestJava = 17

export const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java'

/** Why no broker can be started on this machine, in a sentence; `null` when one can, once its jars are fetched. */
export function whyNoCluster(): string | null {
  const remedy = `install a JDK or JRE ${oldestJava} and Maven, or set KAFKA_BROKERS to brokers that run`
  const found = spawnSync(java, ['-version'], { encoding: 'utf8' })
  const [, version] = /version "(\d+)/.exec(found.stderr ?? '') ?? []
  if (found.status !== 0) return `there is no Java: ${remedy}`
  if (Number(version) < oldestJava) return `Java ${version} is too old: ${remedy}`
  if (!existsSync(jarsFolder()) && spawnSync('mvn', ['--version']).status !== 0) return `there is no Maven: ${remedy}`
  return null
}

/** For `java -cp`: Apache Kafka's jars, fetched by Maven the first time, each of them checked. */
export async function kafkaClasspath(): Promise<string> {
  const fault = whyNoCluster()
  if (fault !== null) throw new Error(`Apache Kafka cannot be started: ${fault}.`)
  const folder = jarsFolder()
  if (!existsSync(folder)) await fetchInto(folder)
  return join(folder, '*')
}

/** Another POM and other checksums have another folder. */
function jarsFolder(): string {
  const hash = createHash('sha256').update(readFileSync(pom)).update(readFileSync(checksumsFile))
  return join(cache, hash.digest('hex').slice(0, 16))
}

async function fetchInto(folder: string): Promise<void> {
  const staged = join(cache, `fetched-${randomUUID()}`)
  console.error('Fetching Apache Kafka with Maven (55 MB, the first time only) …')
  try {
    await fetchJars(staged)
    const faults = compareChecksums(await checksumsOf(staged), await readFile(checksumsFile, 'utf8'))
    if (faults.length > 0) {
      throw new Error(`What Maven brought is not what docker/kafka/checksums.txt names:\n${faults.join('\n')}`)
    }
    await rename(staged, folder).catch((error) => {
      // Another process was quicker, with the same files.
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(staged, { recursive: true, force: true })
  }
}

/** Copies what the POM resolves to into a folder, unchecked. */
export async function fetchJars(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const words = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`]
  try {
    await promisify(execFile)('mvn', ['-B', '-q', '-f', pom, ...words])
  } catch (error) {
    const { stdout = '' } = error instanceof Error && 'stdout' in error ? error : {}
    const cause = String(stdout)
      .split('\n')
      .filter((line) => line.includes('ERROR'))
    throw new Error(`Maven could not fetch Apache Kafka; is a repository of Maven reachable?\n${cause.join('\n')}`)
  }
}

/** One line for each jar: SHA-256 in hexadecimal, two spaces, name, as `sha256sum --check` takes it. */
export async function checksumsOf(folder: string): Promise<string> {
  const lines = readdirSync(folder).map(async (name) => {
    const hash = createHash('sha256').update(await readFile(join(folder, name)))
    return `${hash.digest('hex')}  ${name}\n`
  })
  return (await Promise.all(lines)).sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('')
}

/** What differs, a sentence each. */
export function compareChecksums(found: string, wanted: string): readonly string[] {
  const [have, want] = [found, wanted].map(
    (text) => new Map([...text.matchAll(/^(\w{64}) {2}(.+)$/gm)].map(([, hash, name]) => [name, hash])),
  )
  const names = [...new Set([...(have?.keys() ?? []), ...(want?.keys() ?? [])])]
  return names.flatMap((name) => {
    if (!want?.has(name)) return [`${name} is not on the list`]
    if (!have?.has(name)) return [`${name} is missing`]
    return have.get(name) === want.get(name) ? [] : [`${name} has the SHA-256 ${have.get(name)}, not ${want.get(name)}`]
  })
}
