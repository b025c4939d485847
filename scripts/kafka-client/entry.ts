import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What the loader needs: the first finds the others in `../deps`, wherever all three have been put. */
const files = ['Release/node-librdkafka.node', 'deps/librdkafka.so.1', 'deps/librdkafka++.so.1'] as const
const sumsFile = 'sha256.json'

/** Without these no broker that is worth its name can be talked to. */
const indispensable = ['ssl', 'sasl_scram'] as const
/** What other programs may have compressed their messages with. */
const compressions = ['gzip', 'snappy', 'lz4', 'zstd'] as const

/** `fault` in a sentence. */
export type Verdict = { readonly usable: true; readonly features: readonly string[] } | Unusable
type Unusable = { readonly usable: false; readonly fault: string }

/** Whether a finished build is whole, is loaded by this Node and can do what it must; `null` when there is none. */
export function examine(entry: string): Verdict | null {
  if (!existsSync(entry)) return null
  try {
    const sums = JSON.parse(readFileSync(join(entry, sumsFile), 'utf8'))
    const changed = files.find((file) => sums[file] !== sumOf(join(entry, file)))
    if (changed !== undefined) return { usable: false, fault: `${changed} is not what was built` }
  } catch (error) {
    return { usable: false, fault: error instanceof Error ? error.message : String(error) }
  }
  return load(entry)
}

/** Loads the client in a process of its own, which a damaged one may take down with it. `build`: an entry, or node-gyp's folder. */
export function load(build: string): Verdict {
  const script = 'process.stdout.write(require(process.argv[1]).features())'
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script, join(build, files[0])], {
    encoding: 'utf8',
  })
  if (status !== 0) return { usable: false, fault: whyNotLoaded(stderr) }
  const features = stdout.split(',')
  const lacking = indispensable.filter((feature) => !features.includes(feature))
  if (lacking.length === 0) return { usable: true, features }
  return {
    usable: false,
    fault: `it was built without ${lacking.join(' and ')}. Install OpenSSL's headers (Debian: apt-get install libssl-dev)`,
  }
}

function whyNotLoaded(stderr: string): string {
  const message = /^\w*Error: (.*?)(?=\n {4}at )/ms.exec(stderr)?.[1]
  return message === undefined ? 'it takes the process down that loads it' : message.replaceAll('\n', ' ')
}

/** The compressions that it cannot read. */
export function unreadable(features: readonly string[]): readonly string[] {
  return compressions.filter((each) => !features.includes(each))
}

/** Takes what the loader needs out of a `build` folder of node-gyp, with their checksums. */
export function keep(build: string, entry: string): void {
  putWhole(entry, (folder) => {
    for (const file of files) cpSync(join(build, file), join(folder, file), { dereference: true })
    const sums = Object.fromEntries(files.map((file) => [file, sumOf(join(folder, file))]))
    writeFileSync(join(folder, sumsFile), `${JSON.stringify(sums, null, 2)}\n`)
  })
}

/** Whoever looks at `to` sees all of it or none. */
export function copy(from: string, to: string): void {
  putWhole(to, (folder) => cpSync(from, folder, { recursive: true }))
}

function putWhole(entry: string, fill: (folder: string) => void): void {
  const fresh = `${entry}.new-${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(dirname(entry), { recursive: true })
  mkdirSync(fresh)
  try {
    fill(fresh)
    rmSync(entry, { recursive: true, force: true })
    renameSync(fresh, entry)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

function sumOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
