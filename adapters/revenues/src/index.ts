import { join } from 'node:path'
import { defineAdapter } from '@portreeve/adapter-sdk'
import { AnswerFolder } from './answer-folder.ts'
import { checkFolder } from './check-folder.ts'
import { configSchema, defaults } from './config.ts'
import { accepted } from './from-canonical.ts'
import { pollInbox } from './poll-inbox.ts'
import { sendAnswers } from './send-answers.ts'
import { submissionReceived } from './to-canonical.ts'

export default defineAdapter({
  name: 'revenues',
  summary: 'Revenues inbox: takes the files that are dropped into a folder, and writes what became of them beside it.',
  status: 'beta',
  sources: [{ title: 'Explanatory Notes for Practitioners (IDeA, 2004): Valuebill, LA to VOA', where: 'R10, R11' }],
  config: configSchema,
  capabilities: { poll: true, receive: false, send: true, idempotentSend: true, lookup: false, keepsOrder: true },
  emits: [submissionReceived],
  accepts: accepted,
  errors: ['PRV_REVENUES_INBOX', 'PRV_REVENUES_MESSAGE', 'PRV_REVENUES_WAITS'],
  examples: [
    {
      title: 'A share that the revenues system exports to',
      config: { inboxFolder: '/srv/revenues/valuebill', pollEverySeconds: 30, settleSeconds: 60 },
    },
  ],
  async open({ inboxFolder, answersFolder, settleSeconds = defaults.settleSeconds }, { label, claims }) {
    const answers = new AnswerFolder(answersFolder ?? join(inboxFolder, 'answers'))
    return {
      check: () => checkFolder(inboxFolder),
      poll: pollInbox({ label, inboxFolder, settleSeconds, claims, answers }),
      send: sendAnswers(answers),
      [Symbol.asyncDispose]: async () => undefined,
    }
  },
})
