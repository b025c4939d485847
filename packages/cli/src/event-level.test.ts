import { fstatSync } from 'node:fs'
import { expect, it } from 'vitest'
import { journalPrefix, levelOf } from './event-level.ts'

const outcomes = (...states: string[]) => ({
  receiver: 'reports-to-voa.voa',
  outcomes: states.map((state, index) => ({ messageId: `m${index}`, state })),
})

it('has normal work at debug, what somebody may look at at info, and what somebody must look at above that', () => {
  const reference = '9R3R-L632'
  const accepted = { reference, label: 'revenues', type: 'valuation.submission.received', id: 'm0' }
  const split = { route: 'split-reports', reference, reports: 2 }
  const trouble = { code: 'PRV_ENDPOINTS_HTTP_UNREACHABLE', sentence: '', remedy: '' }
  expect([
    levelOf('accepted', { ...accepted, status: 'accepted' }),
    levelOf('split', { ...split, refused: 0 }),
    levelOf('delivered', outcomes('delivered', 'delivered')),
  ]).toEqual(['debug', 'debug', 'debug'])
  expect([
    levelOf('accepted', { ...accepted, status: 'duplicate' }),
    levelOf('split', { ...split, refused: 1 }),
    levelOf('delivered', outcomes('delivered', 'refused')),
    levelOf('resumed', { receiver: 'reports-to-voa.voa' }),
    levelOf('recovered', { what: 'poll crm' }),
  ]).toEqual(['info', 'info', 'info', 'info', 'info'])
  expect([
    levelOf('refused', { route: 'split-reports', reference, sentence: '' }),
    levelOf('delivered', outcomes('refused', 'parked')),
    levelOf('paused', { receiver: 'reports-to-voa.voa', ...trouble }),
    levelOf('failing', { what: 'disk', ...trouble }),
  ]).toEqual(['warning', 'warning', 'warning', 'err'])
})

it('gives the systemd journal the level where the output goes straight there, and nothing where it goes elsewhere', () => {
  const { dev, ino } = fstatSync(1)
  const journal = { JOURNAL_STREAM: `${dev}:${ino}` }
  expect([journalPrefix('debug', journal), journalPrefix('err', journal)]).toEqual(['<7>', '<3>'])
  expect([journalPrefix('err', { JOURNAL_STREAM: `${dev}:${ino + 1}` }), journalPrefix('err', {})]).toEqual(['', ''])
})
