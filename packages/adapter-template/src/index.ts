import { defineAdapter, lookUpEach, sendEach } from '@portreeve/adapter-sdk'
import { SystemClient } from './client.ts'
import { configSchema, defaults } from './config.ts'
import { accepted } from './from-canonical.ts'
import { recordSender } from './send-record.ts'

export default defineAdapter({
  name: 'template',
  summary: 'Hands each message over to a system as a record.',
  status: 'experimental',
  sources: [{ title: 'API of the stand-in that comes with it', where: 'adapters/template/src/fake-system.ts' }],
  config: configSchema,
  capabilities: { poll: false, receive: false, send: true, idempotentSend: true, lookup: true },
  emits: [],
  accepts: [accepted],
  errors: [
    'PRV_ADAPTER_MESSAGE',
    'PRV_ADAPTER_REFUSED',
    'PRV_ADAPTER_LOGIN',
    'PRV_ADAPTER_NOT_THERE',
    'PRV_ADAPTER_BUSY',
    'PRV_ADAPTER_UNAVAILABLE',
    'PRV_ADAPTER_NOT_BEGUN',
    'PRV_ADAPTER_NEVER_SEEN',
    'PRV_ADAPTER_FAULT',
    'PRV_ADAPTER_ANSWER_UNREADABLE',
  ],
  examples: [
    {
      title: 'A system on the intranet',
      config: {
        baseUrl: 'https://system.example/api',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, resolved by the broker
        apiKey: '${env:SYSTEM_API_KEY}',
      },
    },
  ],
  async open(config, { label: system, now }) {
    const { timeoutSeconds, maxBodyBytes } = { ...defaults, ...config }
    const client = new SystemClient({
      system,
      baseUrl: config.baseUrl.replace(/\/+$/, ''),
      apiKey: config.apiKey,
      timeoutMs: timeoutSeconds * 1000,
      maxBodyBytes,
      now,
    })
    const sendOne = recordSender({ client, system })
    const find = (id: string, signal: AbortSignal) => client.findRecord(id, signal)
    return {
      check: (signal) => client.check(signal),
      send: (batch, signal) => sendEach(batch, { system, sendOne }, signal),
      lookup: (batch, signal) => lookUpEach(batch, { system, find }, signal),
      [Symbol.asyncDispose]: async () => undefined,
    }
  },
})
