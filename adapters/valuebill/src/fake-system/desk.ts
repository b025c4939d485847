import { createHash, randomUUID } from 'node:crypto'
import { openJudge } from './judge.ts'
import type { Register, Submission } from './register.ts'

export interface DeskOptions {
  readonly register: Register
  readonly now: () => Date
  readonly authorityCode: string
  readonly olderRules: boolean
  readonly corrects: boolean
  readonly onPassedOn: (document: string) => void
}

/** Where submissions are handed in: judged once, remembered, and answered with the first answer ever after. */
export interface Desk {
  /** `other-bytes`: this id was used for another document. */
  hand(batchId: string, bytes: Uint8Array): Submission | 'other-bytes'
  find(batchId: string): Submission | undefined
  setRefusals(refuse: Readonly<Record<string, string>>): void
  close(): void
}

export function openDesk({ register, now, onPassedOn, ...rules }: DeskOptions): Desk {
  const judge = openJudge()
  let refuse: Readonly<Record<string, string>> = {}
  return {
    hand(batchId, bytes) {
      const digest = createHash('sha256').update(bytes).digest('hex')
      const before = register.find(batchId)
      if (before) return before.digest === digest ? before : 'other-bytes'
      const moment = now()
      const { errors, reports, passedOn } = judge.judge(bytes, { ...rules, refuse, now: moment })
      const submission: Submission = {
        submissionId: randomUUID(),
        batchId,
        digest,
        at: moment.toISOString(),
        status: errors.length === 0 ? 'Done' : 'Failed',
        errors,
        taken: reports,
      }
      register.add(submission)
      if (passedOn !== undefined) onPassedOn(passedOn)
      return submission
    },
    find: register.find,
    setRefusals(given) {
      refuse = { ...given }
    },
    close: () => judge[Symbol.dispose](),
  }
}
