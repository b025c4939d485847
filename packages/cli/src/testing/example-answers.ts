import type {
  DeadLetterDetail,
  DeadLetterPage,
  FileProgress,
  FoundMessage,
  SearchPage,
  Status,
  Track,
} from '@portreeve/broker'
import type { Look } from '../render/look.ts'
import { plain } from '../text/style.ts'

/** No colours, and a quarter past two in the afternoon in Sallowmere. */
export const plainLook: Look = {
  style: plain,
  clock: { now: new Date('2026-03-04T14:15:00Z'), timeZone: 'Europe/London' },
  width: 100,
  rowWidth: 100,
  typed: (command) => `portreeve ${command}`,
}

const digest = '1265b99d234353f0738accaa7f7ebb15354c384f28df65dc08644b95285a2c0e'

const file: FoundMessage = {
  id: digest,
  reference: '9R3R-L632',
  type: 'valuation.submission.received',
  time: '2026-03-04T14:03:20Z',
  uprn: null,
  file: 'reports.xml',
  configuration: '0123456789ab',
  replayOf: null,
  state: 'recorded',
  receivers: [],
}

const report: FoundMessage = {
  ...file,
  id: `${digest}-00000000`,
  reference: 'X4LF-LXWW',
  type: 'valuation.report.proposed',
  time: '2026-03-04T14:03:21Z',
  uprn: '999900000001',
  state: 'parked',
  receivers: [
    {
      receiver: 'reports-to-voa.voa',
      state: 'parked',
      since: '2026-03-04T14:03:23Z',
      code: 'PRV_VALUEBILL_MESSAGE',
      reason: 'The message is no report.',
      proof: null,
      sentence:
        'Held back from reports-to-voa.voa (PRV_VALUEBILL_MESSAGE: The message is no report.); a person must decide.',
    },
  ],
}

export const searchPage: SearchPage = {
  messages: [report, { ...file, file: 'bad\u001b[2J\nname.xml', time: '2026-03-03T09:00:00Z' }],
  next: '17',
}

const told = { receiver: 'reports-to-voa.voa', reference: report.reference, messageId: report.id } as const

export const track: Track = {
  reference: file.reference,
  message: file,
  children: [report],
  childrenInAll: 1,
  summary: [{ type: report.type, receiver: told.receiver, state: 'parked', messages: 1 }],
  refusals: [],
  timeLine: [
    {
      at: file.time,
      messageId: file.id,
      reference: file.reference,
      receiver: null,
      state: 'accepted',
      sentence: 'Accepted as valuation.submission.received from the file reports.xml.',
    },
    { ...told, at: report.time, receiver: null, state: 'accepted', sentence: 'Accepted as valuation.report.proposed.' },
    { ...told, at: '2026-03-04T14:03:23Z', state: 'parked', sentence: 'It waits for a person since 14:03.' },
  ],
}

/** A file of many reports, of which one was refused. */
export const longTrack: Track = {
  ...track,
  childrenInAll: 500,
  timeLine: [
    ...track.timeLine.slice(0, 1),
    ...Array.from({ length: 500 }, (_, index) => ({
      ...told,
      messageId: `${digest}-${index}`,
      at: '2026-03-04T14:04:00Z',
      state: index === 250 ? ('refused' as const) : ('delivered' as const),
      sentence: `Report ${index}.`,
    })),
  ],
}

export const underWay: FileProgress = {
  route: 'split-submissions',
  reference: file.reference,
  fileName: 'march\u001b[2J.xml',
  phase: 'splitting',
  bytesRead: 24_000_000,
  totalBytes: 48_000_000,
  percent: 50,
  done: 30_000,
  secondsLeft: 17,
}

export const status: Status = {
  broker: 'running',
  pid: 4711,
  since: '2026-03-04T14:00:00Z',
  dataFolder: '/srv/portreeve',
  counts: [
    { type: report.type, receiver: told.receiver, state: 'delivered', messages: 12_345 },
    { type: report.type, receiver: told.receiver, state: 'parked', messages: 2 },
    { type: 'valuation.submission.split', receiver: 'answers-to-revenues.revenues', state: 'delivered', messages: 7 },
  ],
  receivers: [
    { receiver: 'answers-to-revenues.revenues', lag: 0, paused: null },
    {
      receiver: told.receiver,
      lag: 1234,
      paused: {
        code: 'PRV_VALUEBILL_BUSY',
        sentence: 'The VOA is busy.',
        remedy: 'Nothing: it goes on by itself.',
        since: '2026-03-04T14:10:00Z',
        retryAt: '2026-03-04T14:11:00Z',
      },
    },
  ],
  processes: [],
  splitters: [{ route: 'split-submissions', lag: 0 }],
  underWay: [],
  failing: [{ what: 'inbox revenues', code: 'PRV_REVENUES_INBOX' }],
}

const letter = {
  receiver: told.receiver,
  key: '999900000001',
  state: 'parked',
  reference: report.reference,
  messageId: report.id,
  since: '2026-03-04T14:03:23Z',
  code: 'PRV_VALUEBILL_MESSAGE',
  reason: 'The message is no report.',
  behind: 3,
} as const

export const deadLetters: DeadLetterPage = { keys: [letter], next: null }

export const deadLetter: DeadLetterDetail = {
  ...letter,
  beforeRetry: null,
  behindReferences: ['AAAA-1111', 'AAAA-2222', 'AAAA-3333'],
  body: '{"report":1}',
  contentType: 'application/json',
  events: [
    {
      at: letter.since,
      what: 'parked',
      messageId: report.id,
      reference: report.reference,
      by: null,
      why: null,
      code: letter.code,
      reason: letter.reason,
    },
    {
      at: '2026-03-04T14:10:00Z',
      what: 'released',
      messageId: report.id,
      reference: report.reference,
      by: 'A. Clerk',
      why: 'agreed with the VOA',
      code: null,
      reason: null,
    },
  ],
}
