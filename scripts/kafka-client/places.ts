import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What has to be built, where it is looked for and where it goes. */
export interface Places {
  /** Of the installed package; its loader looks into `build` there. */
  readonly packageFolder: string
  /** Of node-rdkafka. */
  readonly version: string
  /** What a build is good for: two that are the same may stand in for each other. */
  readonly key: string
  /** Finished builds of this checkout, each in a folder by its key. */
  readonly cache: string
  /** The same for all checkouts of this user; `null` when there is no such folder that only this user may write to. */
  readonly shared: string | null
}

/** Throws when the packages have not been installed. */
export function places(): Places {
  const manifest = createRequire(join(root, 'packages/log-kafka/package.json')).resolve('node-rdkafka/package.json')
  const version = String(JSON.parse(readFileSync(manifest, 'utf8')).version).replace(/^v/, '')
  const packageFolder = join(manifest, '..')
  return {
    packageFolder,
    version,
    key: keyOf(version, digestOf(join(packageFolder, 'src'))),
    cache: process.env.PORTREEVE_KAFKA_CLIENT_CACHE ?? join(root, '.cache/kafka-client'),
    shared: process.env.PORTREEVE_KAFKA_CLIENT_CACHE === undefined ? sharedFolder() : null,
  }
}

/** A build of another Node, processor or C library would not be loaded, or worse: it would. */
function keyOf(version: string, source: string): string {
  const node = `node${process.versions.modules}`
  return ['node-rdkafka', version, source, node, process.platform, process.arch, libcVersion()].join('-')
}

/** Of one version there is more than one source: with our patches, and without. */
function digestOf(folder: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).toSorted()) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 8)
}

function libcVersion(): string {
  if (process.platform !== 'linux') return 'libc'
  // The report would otherwise ask the name server about every connection.
  Object.assign(process.report, { excludeNetwork: true })
  const { header } = Object(process.report.getReport())
  return header.glibcVersionRuntime === undefined ? 'musl' : `glibc${header.glibcVersionRuntime}`
}

/** Native code is loaded from here: nobody else may have put it there. */
function sharedFolder(): string | null {
  const { XDG_CACHE_HOME: chosen } = process.env
  const base = chosen !== undefined && isAbsolute(chosen) ? chosen : join(homedir(), '.cache')
  const folder = join(base, 'portreeve/kafka-client')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { uid, mode } = statSync(folder)
    return uid === process.getuid?.() && (mode & 0o022) === 0 ? folder : null
  } catch {
    return null
  }
}
