import { expect, it } from 'vitest'
import { type Health, healthOf, healthParts } from './health.ts'

function health(failing: Readonly<Record<string, string>>, paused: readonly string[] = []): Health {
  const why = { code: 'PRV_HTTP_UNREACHABLE', sentence: '', remedy: '', since: '' }
  return healthOf({
    failing: new Map(Object.entries(failing)),
    pausedReceivers: new Map(paused.map((name) => [name, why])),
  })
}

it('is well when nothing fails', () => {
  expect(health({})).toEqual({ status: 'ok', parts: Object.fromEntries(healthParts.map((part) => [part, 'ok'])) })
})

it.each([
  ['door', 'PRV_DATABASE_DISK_FULL', ['log']],
  ['door', 'PRV_LOG_DISK_FULL', ['log']],
  ['route split', 'PRV_LOG_RECORD_CORRUPT', ['log', 'routes']],
  ['ledger customer.address.changed', 'PRV_DATABASE_DISK_FULL', ['ledger']],
  ['disk', 'PRV_BROKER_DISK_LOW', ['disk']],
  ['poll crm', 'PRV_HTTP_UNREACHABLE', ['pollers']],
  ['receiver r.crm', 'PRV_BROKER_UNEXPECTED', ['receivers']],
  ['dead letters of r.crm', 'PRV_BROKER_UNEXPECTED', ['receivers']],
  ['process tell-us-once', 'PRV_BROKER_UNEXPECTED', ['processes']],
  ['timers', 'PRV_BROKER_UNEXPECTED', ['processes']],
  ['register gazetteer', 'PRV_REGISTERS_FILE', ['processes']],
  ['telemetry', 'PRV_TELEMETRY_EXPORT', ['telemetry']],
])('says which part it is when %s fails with %s', (what, code, parts) => {
  const { status, parts: found } = health({ [what]: code })
  expect(status).toBe('degraded')
  expect(Object.entries(found).flatMap(([part, how]) => (how === 'failing' ? part : []))).toEqual(parts)
})

it('tells a receiver that is left alone from one that fails, and names neither', () => {
  expect(health({}, ['r.crm']).parts.receivers).toBe('paused')
  expect(health({ 'receiver r.crm': 'PRV_BROKER_UNEXPECTED' }, ['r.crm']).parts.receivers).toBe('failing')
  expect(JSON.stringify(health({ 'poll crm': 'PRV_HTTP_UNREACHABLE' }, ['r.crm']))).not.toContain('crm')
})
