import { defineAdapter, lookUpEach, sendEach } from '@portreeve/adapter-sdk'
import { CasesClient } from './client.ts'
import { configSchema, defaults } from './config.ts'
import { addressUpdateRequested } from './from-canonical.ts'
import { pollChanges } from './poll-changes.ts'
import { updateSender } from './send-update.ts'
import { addressUpdateAnswered } from './to-canonical.ts'

export default defineAdapter({
  name: 'crm-cases',
  summary: 'CRM with parties and cases: opens a case for each change of address and brings back what becomes of it.',
  status: 'beta',
  sources: [
    { title: 'CRM cases API (of the stand-in that comes with it)', where: 'adapters/crm-cases/src/fake-system.ts' },
  ],
  config: configSchema,
  capabilities: { poll: true, receive: false, send: true, idempotentSend: true, lookup: true },
  emits: [addressUpdateAnswered],
  accepts: [addressUpdateRequested],
  errors: [
    'PRV_ADAPTER_PERSON_NOT_FOUND',
    'PRV_ADAPTER_PERSON_AMBIGUOUS',
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
      title: 'A CRM that is asked every minute',
      config: {
        baseUrl: 'https://crm.example/api',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, resolved by the broker
        apiKey: '${env:CRM_API_KEY}',
        pollEverySeconds: 60,
      },
    },
  ],
  async open(config, { label: system, now }) {
    const { caseType, integrationUser, timeoutSeconds, maxBodyBytes } = { ...defaults, ...config }
    const client = new CasesClient({
      system,
      baseUrl: config.baseUrl.replace(/\/+$/, ''),
      apiKey: config.apiKey,
      timeoutMs: timeoutSeconds * 1000,
      maxBodyBytes,
      now,
    })
    const sendOne = updateSender({ client, system, caseType })
    const find = (id: string, signal: AbortSignal) => client.findCase(id, signal)
    return {
      check: (signal) => client.check(signal),
      poll: pollChanges({ client, system, integrationUser }),
      send: (batch, signal) => sendEach(batch, { system, sendOne }, signal),
      lookup: (batch, signal) => lookUpEach(batch, { system, find }, signal),
      [Symbol.asyncDispose]: async () => undefined,
    }
  },
})
