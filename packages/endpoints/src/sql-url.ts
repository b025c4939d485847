import { resolve } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { isLoopback } from '@portreeve/formats'
import { shownPath } from './file-name.ts'

export interface PostgresAddress {
  readonly engine: 'postgresql'
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly tls: boolean
  /** For people: without the user. */
  readonly shown: string
}

export interface SqliteAddress {
  readonly engine: 'sqlite'
  /** Absolute. */
  readonly path: string
  readonly shown: string
}

const defaultPort = 5432

/** Throws `PRV_ENDPOINTS_SQL_ADDRESS`; what it says never repeats the text, which may hold a password. */
export function readDatabaseUrl(text: string): PostgresAddress | SqliteAddress {
  if (text.startsWith('sqlite:')) return readSqlite(text.slice('sqlite:'.length))
  const url = URL.parse(text)
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol))
    throw fault('it begins with neither postgresql:// nor sqlite:')
  if (url.password !== '') throw fault('it holds a password')
  const [user, database, host] = [url.username, url.pathname.slice(1), url.hostname.replace(/^\[|\]$/g, '')].map(decode)
  if (!user || !database || !host) throw fault('the user, the host or the name of the database is missing')
  const port = url.port === '' ? defaultPort : Number(url.port)
  const tls = wantsTls(url.searchParams, host)
  return {
    engine: 'postgresql',
    host,
    port,
    user,
    database,
    tls,
    shown: shownPath(`postgresql://${url.host}/${database}`),
  }
}

function readSqlite(path: string): SqliteAddress {
  if (path === '' || path.includes('\0')) throw fault('the path of the file is missing')
  const absolute = resolve(path)
  return { engine: 'sqlite', path: absolute, shown: shownPath(`sqlite:${absolute}`) }
}

/** A weaker kind of TLS than the one that checks who answers is not on offer: it protects from nobody who matters. */
function wantsTls(parameters: URLSearchParams, host: string): boolean {
  const modes = parameters.getAll('sslmode')
  if (parameters.size > modes.length || modes.length > 1) throw fault('of parameters, it may have one sslmode only')
  const [mode = isLoopback(host) ? 'disable' : 'verify-full'] = modes
  if (mode !== 'disable' && mode !== 'verify-full') throw fault('its sslmode is neither verify-full nor disable')
  return mode === 'verify-full'
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw fault('it has a % that encodes nothing')
  }
}

function fault(fault: string): PortreeveError {
  return new PortreeveError('PRV_ENDPOINTS_SQL_ADDRESS', { fault })
}
