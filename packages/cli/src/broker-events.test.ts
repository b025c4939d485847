import { expect, it } from 'vitest'
import { brokerEvents } from './broker-events.ts'
import { Invocation } from './invocation.ts'
import { underWay } from './testing/example-answers.ts'

/** Tells of two files every second for twelve seconds, and answers with what was written. */
function tellOf({ json, live }: { json?: true; live: boolean }): { out: readonly string[]; err: string } {
  const out: string[] = []
  let err = ''
  let second = 0
  const terminal = {
    out: async (text: string) => void out.push(text),
    err: (text: string) => {
      err += text
    },
    colour: false,
    live,
    columns: 100,
    environment: {},
    workingFolder: '/',
    now: () => new Date(Date.UTC(2026, 2, 4, 14, 15, second)),
  }
  const { listener } = brokerEvents(new Invocation(terminal), json ? { json } : {})
  for (; second <= 12; second += 1) {
    for (const reference of ['9R3R-L632', '42WH-XRWC']) listener.progress?.({ ...underWay, reference })
  }
  return { out, err }
}

it('tells as JSON how far a file is, each file at most every five seconds', () => {
  const { out } = tellOf({ json: true, live: false })
  const events = out.map((line) => JSON.parse(line))
  expect(events[0]).toEqual({ level: 'debug', ...underWay, at: '2026-03-04T14:15:05.000Z', event: 'progress' })
  expect(events.map(({ at, reference }) => `${reference} ${at.slice(17, 19)}`)).toEqual([
    '9R3R-L632 05',
    '42WH-XRWC 05',
    '9R3R-L632 10',
    '42WH-XRWC 10',
  ])
})

it('tells it in words where there is no terminal, and draws it where there is one', () => {
  const written = tellOf({ live: false })
  expect(written.err).toBe('')
  expect(written.out).toHaveLength(4)
  expect(written.out[0]).toContain('9R3R-L632 splitting  50 %  24 MB of 48 MB  17 s left')
  const drawn = tellOf({ live: true })
  expect(drawn.out).toEqual([])
  expect(drawn.err).toContain('░ splitting  50 %  24 MB of 48 MB  17 s left')
})
