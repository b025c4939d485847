import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Message } from '@portreeve/envelope'
import { accepted } from '../from-canonical.ts'

const body = readFileSync(join(import.meta.dirname, '../../golden/first/input.json'))

/** The message of the first golden case, under an id of its own. */
export function messageOf(id: string): Message {
  return {
    envelope: {
      id,
      source: '/x99000001/test',
      type: accepted,
      time: '2026-03-02T10:00:00Z',
      dataContentType: 'application/json',
      reference: '9R3R-L632',
      correlationId: id,
      authority: 'X99000001',
      channel: 'web',
    },
    body,
  }
}
