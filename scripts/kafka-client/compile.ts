import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, createWriteStream, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { nodeFolder } from './needs.ts'

const nodeGyp = fileURLToPath(new URL('../../node_modules/node-gyp/bin/node-gyp.js', import.meta.url))
const tellEveryMs = 5000
/** Of node-rdkafka 3.6.1, where every compression is built: 97 of librdkafka and 11 of its own. */
const allObjects = 108
const lastLines = 30
/** What would depend on the machine and is not used: Kerberos, OAuth over HTTP, an LZ4 other than its own. */
const without = ['--disable-gssapi', '--disable-curl', '--disable-lz4-ext', '--disable-debug-symbols']

export interface Compilation {
  readonly packageFolder: string
  /** Empty, and free of blanks: `make` knows no way to write them. About 300 MB. */
  readonly work: string
  readonly logFile: string
  readonly say: (line: string) => void
}

/** Compiles librdkafka and the client in a copy of its package; answers with the `build` folder, good for `keep`. */
export async function compile({ packageFolder, work, logFile, say }: Compilation): Promise<string> {
  const copy = copyPackage(packageFolder, work)
  const librdkafka = join(copy, 'deps/librdkafka')
  const target = join(copy, 'build/deps')
  const jobs = `-j${availableParallelism()}`
  const log = createWriteStream(logFile)
  const progress = tellProgress(say)
  const run = async (cwd: string, file: string, ...words: readonly string[]) => {
    const child = spawn(file, words, { cwd, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        log.write(`${line}\n`)
        progress.saw(line)
      })
    }
    const [code] = await once(child, 'close')
    if (code !== 0) throw new Error(await failure(log, logFile))
  }
  try {
    progress.step('looking at the compiler and the libraries')
    await run(librdkafka, './configure', `--prefix=${target}`, `--libdir=${target}`, '--enable-ssl', ...without)
    progress.step('compiling')
    await run(librdkafka, 'make', jobs, 'libs')
    // node-gyp would configure it once more, in its own way, and compile it with one processor.
    writeFileSync(join(copy, 'configure'), '#!/bin/sh\n', { mode: 0o755 })
    await run(copy, process.execPath, nodeGyp, 'configure', 'build', '--release', jobs, `--nodedir=${nodeFolder}`)
  } finally {
    progress.stop()
    log.end()
  }
  return join(copy, 'build')
}

/** The installed one is left as it is: pnpm may share its files with other checkouts. */
function copyPackage(packageFolder: string, work: string): string {
  const modules = join(work, 'node_modules')
  const copy = join(modules, 'node-rdkafka')
  mkdirSync(modules, { recursive: true })
  cpSync(packageFolder, copy, { recursive: true, filter: (source) => source !== join(packageFolder, 'build') })
  const nan = createRequire(join(packageFolder, 'package.json')).resolve('nan/package.json')
  cpSync(realpathSync(dirname(nan)), join(modules, 'nan'), { recursive: true })
  return copy
}

/** npm hands its settings down, a `nodedir` of another Node among them, and node-gyp would heed those before its arguments. */
function environment(): NodeJS.ProcessEnv {
  const foreign = /^(npm_.*|MAKEFLAGS|MFLAGS|BUILD_LIBRDKAFKA)$/i
  const others = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`
  return { ...Object.fromEntries(others), PATH: path, LC_ALL: 'C' }
}

function tellProgress(say: (line: string) => void) {
  const began = Date.now()
  let step = ''
  let objects = 0
  const tell = () => {
    const files = objects === 0 ? '' : `, ${objects} of about ${allObjects} files`
    say(`  ${step}${files}, ${Math.round((Date.now() - began) / 1000)} s`)
  }
  const timer = setInterval(tell, tellEveryMs)
  return {
    step(name: string) {
      step = name
    },
    saw(line: string) {
      if (/(?: -o |CXX\(target\) )\S+\.o\s*$/.test(line)) objects++
    },
    stop: () => clearInterval(timer),
  }
}

async function failure(log: ReturnType<typeof createWriteStream>, logFile: string): Promise<string> {
  log.end()
  await once(log, 'finish')
  const end = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lastLines)
  return `The Kafka client could not be built. All of the compiler's output: ${logFile}. Its end:\n\n${end.join('\n')}`
}
