import { defineAdapter, lookUpEach, sendEach } from '@portreeve/adapter-sdk'
import { Open311Client } from './client.ts'
import { configSchema, defaults } from './config.ts'
import { addressUpdateRequested } from './from-canonical.ts'
import { pollUpdates } from './poll-updates.ts'
import { samples } from './samples.ts'
import { updateSender } from './send-update.ts'
import { addressUpdateAnswered } from './to-canonical.ts'

export default defineAdapter({
  name: 'crm-open311',
  summary:
    'CRM that speaks Open311: files a service request for each change of address and brings back what becomes of it.',
  status: 'beta',
  sources: [{ title: 'Open311 GeoReport v2', where: 'https://wiki.open311.org/GeoReport_v2/' }],
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
    'PRV_CRM_OPEN311_PENDING',
  ],
  examples: [
    {
      title: 'A CRM that is asked every minute',
      config: {
        baseUrl: 'https://crm.example/open311/v2',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, resolved by the broker
        apiKey: '${env:CRM_API_KEY}',
        pollEverySeconds: 60,
      },
    },
  ],
  samples,
  async open(config, { label: system, now }) {
    const { caseType, integrationUser, timeoutSeconds, maxBodyBytes } = { ...defaults, ...config }
    const client = new Open311Client({
      system,
      baseUrl: config.baseUrl.replace(/\/+$/, ''),
      apiKey: config.apiKey,
      serviceCode: caseType,
      timeoutMs: timeoutSeconds * 1000,
      maxBodyBytes,
      now,
    })
    const sendOne = updateSender({ client, system })
    const find = (id: string, signal: AbortSignal) => client.find(id, signal)
    return {
      check: (signal) => client.check(signal),
      poll: pollUpdates({ client, system, integrationUser, now }),
      send: (batch, signal) => sendEach(batch, { system, sendOne }, signal),
      lookup: (batch, signal) => lookUpEach(batch, { system, find }, signal),
      [Symbol.asyncDispose]: async () => undefined,
    }
  },
})
