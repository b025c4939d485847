import { defineAdapter } from '@portreeve/adapter-sdk'
import { ValuebillClient } from './client.ts'
import { configSchema, defaults } from './config.ts'
import { deliver, lookUp } from './deliver.ts'
import { differences } from './differences.ts'
import { receiveReports } from './receive.ts'
import { reportProposed } from './received-report.ts'
import { rules } from './rules.ts'
import { openService } from './service.ts'
import { Turns } from './turns.ts'
import { validateDocument } from './validate-document.ts'

export type { Change, Correction } from './corrections/correction.ts'

export default defineAdapter({
  name: 'valuebill',
  summary: 'Billing authority reports on council tax and business rates, to the Valuation Office Agency.',
  status: 'beta',
  sources: [
    { title: 'Valuebill BA to VOA, schema 3-1d', where: 'http://www.govtalk.gov.uk/LG/Valuebill' },
    { title: 'BS7666 2.0', where: 'http://www.govtalk.gov.uk/people/bs7666' },
    { title: "The VOA's upload service: corrections and rules", where: 'https://github.com/hmrc/voa-bar' },
  ],
  config: configSchema,
  configurationFiles: ['schemaFolder', 'codesFile'],
  capabilities: { poll: false, receive: true, send: true, idempotentSend: true, lookup: true, keepsOrder: true },
  emits: [reportProposed],
  documents: { contentType: 'application/xml', recordType: reportProposed },
  accepts: [reportProposed],
  errors: [
    'PRV_FORMATS_SCHEMA_UNUSABLE',
    'PRV_VALUEBILL_CODES_UNUSABLE',
    'PRV_VALUEBILL_LOGIN',
    'PRV_VALUEBILL_NOT_FOUND',
    'PRV_VALUEBILL_TOO_LARGE',
    'PRV_VALUEBILL_NOT_TAKEN',
    'PRV_VALUEBILL_SUBMISSION_REFUSED',
    'PRV_VALUEBILL_NEIGHBOUR_REFUSED',
    'PRV_VALUEBILL_SAME_IDENTITY',
    'PRV_VALUEBILL_BUSY',
    'PRV_VALUEBILL_UNAVAILABLE',
    'PRV_VALUEBILL_NOT_SUBMITTED',
    'PRV_VALUEBILL_FAULT',
    'PRV_VALUEBILL_ANSWER_UNREADABLE',
    'PRV_VALUEBILL_OTHER_BYTES',
    'PRV_VALUEBILL_MESSAGE',
  ],
  examples: [
    {
      title: 'A billing authority with its login at the VOA',
      config: {
        baseUrl: 'https://voa.example/ba-reports',
        billingAuthority: 'Borough of Sallowmere',
        billingAuthorityCode: '9999',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, resolved by the broker
        password: '${env:VOA_PASSWORD}',
      },
    },
  ],
  differences,
  rules,
  validate: (source, { config, ...options }) => validateDocument(source, { ...config, ...options }),
  async open(config, { now }) {
    const { billingAuthority, billingAuthorityCode, timeoutSeconds, maxBodyBytes } = { ...defaults, ...config }
    const service = await openService(config)
    const client = new ValuebillClient({
      baseUrl: config.baseUrl.replace(/\/+$/, ''),
      billingAuthorityCode,
      password: config.password,
      timeoutMs: timeoutSeconds * 1000,
      maxBodyBytes,
      now,
    })
    const delivery = { client, service, from: { billingAuthority, billingAuthorityCode }, turns: new Turns() }
    return {
      check: (signal) => client.check(signal),
      receive: receiveReports(service, billingAuthorityCode),
      send: (batch, signal) => deliver(batch, delivery, signal),
      lookup: (batch, signal) => lookUp(batch, delivery, signal),
      [Symbol.asyncDispose]: async () => service[Symbol.dispose](),
    }
  },
})
