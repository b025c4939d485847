import type { Message } from '@portreeve/envelope'
import { describe, expect, it } from 'vitest'
import { compileCondition } from './condition.ts'
import { routeByContent } from './content-based-router.ts'
import { passesFilter } from './message-filter.ts'

const message: Message = {
  envelope: {
    id: '1',
    source: '/x99000001/web',
    type: 'waste.collection.missed',
    time: '2026-01-31T09:00:00Z',
    dataContentType: 'application/json',
    reference: 'AAAA-AAAA',
    correlationId: '1',
    authority: 'X99000001',
    channel: 'web',
    uprn: '999900000001',
  },
  body: new TextEncoder().encode(JSON.stringify({ bin: { colour: 'green', litres: 240 }, round: '8' })),
}

function holds(condition: unknown): boolean {
  const compiled = compileCondition(condition)
  if ('problems' in compiled) throw new TypeError(compiled.problems.join(' '))
  return compiled.condition(message)
}

function problems(condition: unknown): readonly string[] {
  const compiled = compileCondition(condition)
  return 'problems' in compiled ? compiled.problems : []
}

describe('a condition', () => {
  it.each([
    [{ field: 'envelope.channel', equals: 'web' }, true],
    [{ field: 'envelope.channel', equals: 'file' }, false],
    [{ field: 'body.bin.colour', in: ['brown', 'green'] }, true],
    [{ field: 'body.bin.litres', equals: 240 }, true],
    [{ field: 'body.round', equals: 8 }, true],
    [{ field: 'body.bin.colour', matches: '^gr' }, true],
    [{ field: 'body.bin.litres', matches: '240' }, false],
    [{ field: 'envelope.customer', present: false }, true],
    [{ field: 'body.bin.lid', present: true }, false],
    [
      {
        all: [
          { field: 'envelope.channel', equals: 'web' },
          { field: 'envelope.uprn', present: true },
        ],
      },
      true,
    ],
    [
      {
        all: [
          { field: 'envelope.channel', equals: 'web' },
          { field: 'envelope.uprn', present: false },
        ],
      },
      false,
    ],
    [
      {
        any: [
          { field: 'envelope.channel', equals: 'file' },
          { field: 'envelope.uprn', present: true },
        ],
      },
      true,
    ],
    [{ not: { field: 'envelope.channel', equals: 'web' } }, false],
  ])('%j is %s of a missed bin', (condition, expected) => {
    expect(holds(condition)).toBe(expected)
  })

  it.each([
    ['always', 'mapping'],
    [{}, 'one of all, any, not and field; this one has nothing.'],
    [{ channel: 'file' }, 'this one has "channel".'],
    [{ all: [] }, 'list of conditions'],
    [{ field: 'envelope.colour', equals: 1 }, 'no "envelope.colour"'],
    [{ field: 'colour', equals: 1 }, 'is no field'],
    [{ field: 'body.x', equals: 1, in: [1] }, 'exactly one'],
    [{ field: 'body.x', matches: '(' }, 'no regular expression'],
    [{ field: 'body.x', equals: 1, sometimes: true }, '"sometimes"'],
    [{ not: { field: 'body.x', present: 'yes' } }, 'true or false'],
  ])('%j is refused with a reason', (condition, reason) => {
    expect(problems(condition).join(' ')).toContain(reason)
  })

  it('does not hold of a body that is no JSON', () => {
    const compiled = compileCondition({ field: 'body.x', present: true })
    const text = { ...message, body: new TextEncoder().encode('<x/>') }
    expect('condition' in compiled && compiled.condition(text)).toBe(false)
  })
})

describe('Content-Based Router', () => {
  it('takes the first branch that holds, and none when none does', () => {
    const web = (candidate: Message) => candidate.envelope.channel === 'web'
    const branches = [
      { when: (m: Message) => !web(m), way: 'a' },
      { when: web, way: 'b' },
      { when: null, way: 'c' },
    ]
    expect(routeByContent(branches, message)).toBe('b')
    expect(routeByContent(branches.slice(0, 1), message)).toBeNull()
  })
})

describe('Message Filter', () => {
  it('lets everything through without a condition', () => {
    expect(passesFilter(null, message)).toBe(true)
    expect(passesFilter(() => false, message)).toBe(false)
  })
})
