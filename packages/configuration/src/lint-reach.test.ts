import { describe, expect, it } from 'vitest'
import { goodProcess, lint } from './testing/lint-example.ts'

const route = 'routes/updates.yaml'
const from = 'from: customer.address-update.requested\n'
const never = 'unreachable: No request for crm passes here, so crm would wait for ever.'

/** What is told of the process when its requests are brought to the CRM in this way. */
const told = (text: string) => lint({ ...goodProcess, [route]: `${from}${text}` })

describe('a route that brings requests to a system', () => {
  it.each([
    [
      'a name that no system has',
      '{ field: body.system, equals: crn }',
      'routes/updates.yaml:2:37',
      'Did you mean "crm"?',
    ],
    [
      'the first of such names',
      '{ field: body.system, in: [crn, cmr] }',
      'routes/updates.yaml:2:34',
      'Did you mean "crm"?',
    ],
    [
      'a field that requests have not',
      '{ all: [{ field: envelope.channel, equals: web }, { field: body.sytem, equals: crm }] }',
      'routes/updates.yaml:2:66',
      'Requests have no body.sytem. Did you mean body.system?',
    ],
    [
      'all but that system',
      '{ not: { field: body.system, equals: crm } }',
      'routes/updates.yaml:2:44',
      'Let through what has "crm" as body.system: docs/how-to/connect-a-back-office.md.',
    ],
    [
      'a pattern that its name does not fit',
      '{ field: body.system, matches: ^c.r$ }',
      'routes/updates.yaml:2:7',
      'Let through what has "crm" as body.system: docs/how-to/connect-a-back-office.md.',
    ],
  ])('is told of where its filter lets through only %s', async (_what, when, place, remedy) => {
    expect(await told(`when: ${when}\nto: crm\n`)).toEqual([`${place} ${never} | ${remedy}`])
  })

  it('is told of where a branch before takes everything, or its own branch takes nothing', async () => {
    const taken = `choose:
  - { when: { field: envelope.type, equals: customer.address-update.requested }, to: letters }
  - { when: { field: body.system, equals: crm }, to: crm }
`
    expect(await told(taken)).toContainEqual(expect.stringContaining(`routes/updates.yaml:4:13 ${never}`))
    const shut = 'choose:\n  - { when: { field: body.system, equals: crn }, to: crm }\n'
    expect(await told(shut)).toEqual([`routes/updates.yaml:3:43 ${never} | Did you mean "crm"?`])
  })

  it.each([
    ['its name', '{ field: body.system, equals: crm }'],
    ['several names', '{ field: body.system, in: [other, crm] }'],
    ['a pattern', '{ field: body.system, matches: ^c }'],
    ['what only the message says', '{ field: body.movedOn, matches: ^2026 }'],
    [
      'either of two things',
      '{ any: [{ field: body.system, equals: other }, { field: envelope.channel, equals: web }] }',
    ],
    ['what is not something else', '{ not: { field: body.system, equals: other } }'],
  ])('is not told of where its filter goes by %s', async (_what, when) => {
    expect(await told(`when: ${when}\nto: crm\n`)).toEqual([])
  })

  it('is told of when there is none, at the system', async () => {
    expect(await lint({ ...goodProcess, [route]: `${from}to: letters\n` })).toContainEqual(
      'processes/once.yaml:9:3 unreachable: No route brings customer.address-update.requested to crm, so it would wait for ever. | Add a route from customer.address-update.requested to crm: docs/how-to/connect-a-back-office.md.',
    )
  })
})
