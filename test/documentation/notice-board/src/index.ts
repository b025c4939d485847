import { defineAdapter } from '@portreeve/adapter-sdk'
import { Type } from 'typebox'
import { NoticeClient } from './client.ts'
import { sendNotices } from './send-notices.ts'

const config = Type.Object(
  {
    baseUrl: Type.String({ format: 'uri', description: 'Address of the board, such as https://notices.example.' }),
    timeoutSeconds: Type.Optional(
      Type.Number({ minimum: 0.1, maximum: 600, default: 30, description: 'Seconds that one request may take.' }),
    ),
  },
  { additionalProperties: false },
)

export default defineAdapter({
  name: 'notice-board',
  summary: 'Notice board: tells the revenues office of each report that was refused.',
  status: 'experimental',
  sources: [{ title: 'Notice board API, version 2', where: 'https://notices.example/api' }],
  config,
  capabilities: { poll: false, receive: false, send: true, idempotentSend: true, lookup: false },
  emits: [],
  accepts: ['valuation.report.refused'],
  errors: [],
  examples: [{ title: 'The board on the intranet', config: { baseUrl: 'https://notices.example' } }],
  async open({ baseUrl, timeoutSeconds = 30 }) {
    const client = new NoticeClient(baseUrl, timeoutSeconds * 1000)
    return {
      check: (signal) => client.check(signal),
      send: (batch, signal) => sendNotices(batch, client, signal),
      [Symbol.asyncDispose]: async () => undefined,
    }
  },
})
