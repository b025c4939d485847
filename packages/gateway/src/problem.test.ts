import { PortreeveError } from '@portreeve/errors'
import { expect, it } from 'vitest'
import { BodyRefused } from './body-refused.ts'
import { problemOf } from './problem.ts'

const told = { rule: 'pattern', sentence: 'It is not so. Correct it.' }

it('tells code, remedy and the places in the body', () => {
  const refused = new BodyRefused('PRV_GATEWAY_BODY_REFUSED', [
    { code: 'PRV_FORMATS_SCHEMA', path: '/person/personBirthDate', line: 2, column: 7, ...told, value: 'secret' },
  ])
  const problem = problemOf(refused)
  expect(problem).toMatchObject({
    type: 'https://portreeve.example/errors/PRV_GATEWAY_BODY_REFUSED',
    status: 422,
    title: 'Unprocessable Entity',
    errors: [{ pointer: '/person/personBirthDate', line: 2, column: 7, rule: 'pattern', detail: told.sentence }],
  })
  expect(JSON.stringify(problem)).not.toContain('secret')
})

it('cuts a pointer before what is no name of a field', () => {
  const path = '/household/3/Wilhelmina was here/x'
  const refused = new BodyRefused('PRV_GATEWAY_BODY_UNREADABLE', [
    { code: 'PRV_FORMATS_NOT_WELL_FORMED', path, ...told },
  ])
  expect(problemOf(refused).errors).toMatchObject([{ pointer: '/household/3' }])
})

it.each([
  new PortreeveError('PRV_LOG_DISK_FULL', { fault: 'ENOSPC' }),
  new PortreeveError('PRV_BROKER_DISK_LOW', { folder: '/srv/secret', freeMegabytes: 1, diskAlarmMegabytes: 2 }),
  new TypeError('secret'),
  'secret',
])('says of what lies behind the door only that it does not work: %s', (error) => {
  const problem = problemOf(error)
  expect(problem).toMatchObject({ status: 503, code: 'PRV_GATEWAY_UNAVAILABLE' })
  expect(JSON.stringify(problem)).not.toMatch(/secret|ENOSPC/)
})
