import { resolve } from 'node:path'
import { isPortreeveError } from '@portreeve/errors'
import { expect, it } from 'vitest'
import { readDatabaseUrl } from './sql-url.ts'

it.each([
  ['postgresql://reader@db.example/revenues', 'db.example', 5432, 'reader', 'revenues', true],
  ['postgres://reader@db.example:6432/revenues?sslmode=verify-full', 'db.example', 6432, 'reader', 'revenues', true],
  ['postgresql://reader@db.example/revenues?sslmode=disable', 'db.example', 5432, 'reader', 'revenues', false],
  ['postgresql://reader@127.0.0.1:5433/revenues', '127.0.0.1', 5433, 'reader', 'revenues', false],
  ['postgresql://reader@localhost/revenues?sslmode=verify-full', 'localhost', 5432, 'reader', 'revenues', true],
  ['postgresql://council%5Creader@[::1]/rev%20live', '::1', 5432, 'council\\reader', 'rev live', false],
  ['postgresql://reader@127.example/revenues', '127.example', 5432, 'reader', 'revenues', true],
])(
  '%s is read, and spoken to over TLS unless it is this machine or said otherwise',
  (text, host, port, user, database, tls) => {
    expect(readDatabaseUrl(text)).toMatchObject({ engine: 'postgresql', host, port, user, database, tls })
  },
)

it('a file of SQLite is found from where the program runs', () => {
  expect(readDatabaseUrl('sqlite:data/a?b#c.db')).toEqual({
    engine: 'sqlite',
    path: resolve('data/a?b#c.db'),
    shown: `sqlite:${resolve('data/a?b#c.db')}`,
  })
})

it('the user is not shown', () => {
  expect(readDatabaseUrl('postgresql://reader@db.example/revenues').shown).toBe('postgresql://db.example/revenues')
})

it.each([
  [''],
  ['revenues'],
  ['mysql://tide@db.example/revenues'],
  ['postgresql://reader:tide@db.example/revenues'],
  ['postgresql://db.example/tide'],
  ['postgresql://reader@/tide'],
  ['postgresql://tide@db.example'],
  ['postgresql://reader@db.example/tide%'],
  ['postgresql://reader@db.example/revenues?sslmode=tide'],
  ['postgresql://reader@db.example/revenues?sslmode=disable&sslmode=disable'],
  ['postgresql://reader@db.example/revenues?password=tide'],
  ['sqlite:'],
  ['sqlite:tide\0'],
])('%j is no address, and is not repeated', (text) => {
  const read = () => readDatabaseUrl(text)
  expect(read).toThrow(expect.objectContaining({ code: 'PRV_ENDPOINTS_SQL_ADDRESS' }))
  try {
    read()
  } catch (error) {
    expect(isPortreeveError(error) && JSON.stringify(error)).not.toContain('tide')
  }
})
