import { describe, expect, it } from 'vitest'
import { plainLook } from '../testing/example-answers.ts'
import { type Difference, renderDiff } from './diff.ts'

const difference: Difference = {
  before: { what: 'running', folder: '/etc/portreeve', version: '0123456789ab', since: '2026-03-04T09:00:00Z' },
  after: { folder: '/etc/portreeve', version: 'ba9876543210' },
  changes: [
    {
      group: 'routes',
      name: 'reports-to-voa',
      kind: 'changed',
      sentences: ['limits.maxPerMinute is 30, was not set.'],
    },
    { group: 'routes', name: 'to\u001b[2J', kind: 'added', sentences: ['Takes in a.b.c; to voa.'] },
    {
      group: 'adapters',
      name: 'voa',
      kind: 'changed',
      sentences: ['timeoutSeconds is 10, was 30.', 'port is 1, was 2.'],
    },
  ],
  consequences: [
    {
      kind: 'receiver-new',
      name: 'new.voa',
      messages: 0,
      refusal: null,
      sentence: 'new.voa gets what comes from now on.',
    },
  ],
  needsRestart: [],
}

describe('what a changed configuration changes', () => {
  it('is told group by group, then what it does to messages, and how it is taken over', () => {
    expect(renderDiff(difference, plainLook)).toMatchInlineSnapshot(`
      "ba9876543210  /etc/portreeve
      compared with 0123456789ab, what the broker works with since 09:00:00

      Adapters
        voa  other
          timeoutSeconds is 10, was 30.
          port is 1, was 2.

      Routes
        reports-to-voa  other
          limits.maxPerMinute is 30, was not set.
        to\\x1b[2J  new
          Takes in a.b.c; to voa.

      What it does to messages
        new.voa gets what comes from now on.

      Take it over, all or nothing: portreeve apply"
    `)
  })

  it('is told with the code of what a start would refuse, and then not how it is taken over', () => {
    const refusal = 'PRV_BROKER_RECEIVER_GONE'
    const gone = { kind: 'receiver-gone', name: 'old.voa', messages: 3, refusal, sentence: 'Three wait.' } as const
    const text = renderDiff({ ...difference, consequences: [gone] }, plainLook)
    expect(text).toContain(
      'What it does to messages, and what a start would refuse\n  PRV_BROKER_RECEIVER_GONE  Three wait.',
    )
    expect(text).not.toContain('portreeve apply')
  })

  it('is told with what takes a restart', () => {
    const text = renderDiff({ ...difference, needsRestart: ['dataFolder', 'door'] }, plainLook)
    expect(text).toContain('An apply cannot take over dataFolder, door: that takes a restart.')
    expect(text).not.toContain('portreeve apply')
  })

  it('is nothing where nothing is other', () => {
    const same = { ...difference, changes: [], consequences: [] }
    expect(renderDiff(same, plainLook)).toBe('Nothing is other than what the broker works with since 09:00:00.')
    const folder = { what: 'folder', folder: '/etc/other', version: '0123456789ab', since: null } as const
    expect(renderDiff({ ...same, before: folder }, plainLook)).toBe('Nothing is other than what /etc/other says.')
  })
})
