import { describe, expect, it } from 'vitest'
import { commandLine } from './command-line.ts'
import { moment } from './moment.ts'
import { count, duration, size } from './numbers.ts'
import { printable } from './printable.ts'
import { progressFigures, progressLine } from './progress-line.ts'
import { shellWord } from './shell-word.ts'
import { plain, styleFor } from './style.ts'
import { table } from './table.ts'
import { wrap } from './wrap.ts'

describe('text for people', () => {
  it('stands in columns, numbers to the right, whatever the colours', () => {
    const { good } = styleFor(true)
    const rows = [
      ['voa', '12,345', good('delivered')],
      ['revenues', '7', 'waiting'],
    ]
    const bare = rows.map((row) => row.map((cell) => (cell === good('delivered') ? 'delivered' : cell)))
    const text = table(bare, { head: ['Receiver', 'Messages', 'State'], right: [1] })
    expect(text).toBe('Receiver  Messages  State\nvoa         12,345  delivered\nrevenues         7  waiting')
    expect(table(rows, { head: ['Receiver', 'Messages', 'State'], right: [1] })).toBe(
      text.replace('delivered', good('delivered')),
    )
  })

  it('wraps a sentence below its own beginning, breaks no word, and counts no colour', () => {
    const sentence = 'The remarks hold small letters.'
    expect(wrap(sentence, { width: 16, first: '    ' })).toBe('    The remarks\n    hold small\n    letters.')
    expect(wrap(sentence, { width: 16, first: '-> ', hanging: ' ' })).toBe('-> The remarks\n hold small\n letters.')
    expect(wrap('a longer-than-the-width b', { width: 5 })).toBe('a\nlonger-than-the-width\nb')
    expect(wrap(styleFor(true).bad('ab cd'), { width: 5 })).toBe(styleFor(true).bad('ab cd'))
  })

  it('wraps the last column of a table that would be too wide, below it where there is room', () => {
    const rows = [['voa', 'The VOA is busy and asks us to wait.']]
    expect(table(rows, { width: 32 })).toBe('voa  The VOA is busy and asks us\n     to wait.')
    expect(table(rows, { width: 26 })).toBe('voa\n    The VOA is busy and\n    asks us to wait.')
    expect(table([], { head: ['Receiver', 'What it has to do'], width: 20 })).toBe(
      'Receiver\n    What it has to\n    do',
    )
  })

  it('goes on below with the columns of a table for which there is no room', () => {
    const rows = [
      ['1', 'a'.repeat(12), 'b'.repeat(10), '7', 'The VOA is busy and asks us to wait.'],
      ['2', 'a', 'b', '12', ''],
      ['3', 'a', '', '', ''],
    ]
    expect(table(rows, { right: [3], width: 30 })).toBe(
      [
        '1  aaaaaaaaaaaa  bbbbbbbbbb',
        '     7',
        '    The VOA is busy and asks',
        '    us to wait.',
        '2  a             b',
        '    12',
        '3  a',
      ].join('\n'),
    )
  })

  it('quotes a word of a command only where a shell would take it apart', () => {
    expect(['reports-to-voa.voa', '/etc/portreeve', 'a b', "O'Neil", ''].map(shellWord)).toEqual([
      'reports-to-voa.voa',
      '/etc/portreeve',
      "'a b'",
      "'O'\\''Neil'",
      "''",
    ])
  })

  it('breaks a command that is too long where a shell goes on, before an option or its last word', () => {
    const fits = { width: 40, indent: '  ' }
    expect(commandLine('portreeve status --json', fits)).toBe('  portreeve status --json')
    const long = "portreeve dead-letters edit r k --by 'A. Clerk' --why mended --body new.json"
    expect(commandLine(long, fits)).toBe(
      "  portreeve dead-letters edit r k \\\n      --by 'A. Clerk' --why mended \\\n      --body new.json",
    )
    expect(
      commandLine("portreeve a-rather-long-word another-long-word --why 'it is there'", { width: 32, indent: '' }),
    ).toBe("portreeve a-rather-long-word \\\n    another-long-word \\\n    --why 'it is there'")
    expect(commandLine('cp a/long/path/to/samples/2.xml another/long/path/', fits)).toBe(
      '  cp a/long/path/to/samples/2.xml \\\n      another/long/path/',
    )
  })

  it('has colour only where it is wanted', () => {
    expect(plain.bad('no')).toBe('no')
    expect(styleFor(true).bad('no')).toBe('\u001b[31mno\u001b[39m')
  })

  it('shows the clock for today and the date for another day, in the local zone', () => {
    const clock = { now: new Date('2026-03-04T09:00:00Z'), timeZone: 'Europe/London' }
    expect(moment('2026-03-04T08:05:09.123Z', clock)).toBe('08:05:09')
    expect(moment('2026-03-03T23:59:59Z', clock)).toBe('Tue 3 Mar 2026, 23:59:59')
    const summer = { now: new Date('2026-07-04T09:00:00Z'), timeZone: 'Europe/London' }
    expect(moment('2026-07-03T23:30:00Z', summer)).toBe('00:30:00')
  })

  it('counts, measures and tells durations in words', () => {
    expect([count(1, 'report'), count(12_345, 'report'), count(2, 'reply', 'replies')]).toEqual([
      '1 report',
      '12,345 reports',
      '2 replies',
    ])
    expect([size(1), size(999), size(4900), size(61_400_000), size(2_500_000_000_000)]).toEqual([
      '1 byte',
      '999 bytes',
      '4.9 KB',
      '61 MB',
      '2,500 GB',
    ])
    expect([duration(400), duration(8000), duration(125_000), duration(7_200_000), duration(12_000_000)]).toEqual([
      '0 s',
      '8 s',
      '2 min 5 s',
      '2 h',
      '3 h 20 min',
    ])
  })

  it('obeys no control sequence in a text from outside', () => {
    expect(printable('a\u001b[2Jb\nc\u009b31m\u202egpj')).toBe('a\\x1b[2Jb\\x0ac\\x9b31m\\u202egpj')
    expect(printable('Größe – 5 £ 日本')).toBe('Größe – 5 £ 日本')
  })

  it('shows how far it is and how long it takes, on one line that fits', () => {
    const progress = { what: 'reports.xml', doneBytes: 600_000_000, totalBytes: 1_000_000_000, secondsLeft: 8 }
    const line = progressLine(progress, 100)
    expect(line).toBe(`reports.xml ${'█'.repeat(18)}${'░'.repeat(12)}  60 %  600 MB of 1.0 GB  8 s left`)
    for (const columns of [1, 20, 50, 60, 80]) expect(progressLine(progress, columns).length).toBeLessThan(columns + 1)
    expect(progressLine({ ...progress, secondsLeft: null }, 100)).not.toContain('left')
    expect(progressLine({ ...progress, secondsLeft: 0 }, 100)).not.toContain('left')
    expect(progressFigures({ ...progress, doing: 'checking', next: 'then splitting' })).toBe(
      'checking  60 %  600 MB of 1.0 GB  8 s left, then splitting',
    )
    expect(progressLine({ ...progress, doneBytes: 0, totalBytes: 0 }, 100)).toContain('100 %')
  })
})
