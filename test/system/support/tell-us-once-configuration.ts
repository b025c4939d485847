import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import { root } from '../../support/source-files.ts'
import type { TestLog } from '../../support/test-log.ts'
import type { CrmSupplier } from './tell-us-once-offices.ts'

export const systems = ['crm', 'council-tax', 'electoral'] as const
export type SystemLabel = (typeof systems)[number]

interface Limits {
  readonly maxPerMinute?: number
  readonly expireAfterHours?: number
}

export interface ConfigurationSettings {
  readonly crm: CrmSupplier
  /** How long one request to the CRM, or one change at council tax, may take. */
  readonly timeoutSeconds: number
  readonly limits: Partial<Readonly<Record<SystemLabel, Limits>>>
  /** What others may observe. */
  readonly telemetry?: Readonly<Record<string, unknown>>
  /** Texts of registers that quality control asks. */
  readonly registers?: { readonly 'addresses.csv': string; readonly 'persons.csv': string }
  /** On Kafka: `KAFKA_BROKERS`, `LOG_PREFIX`. */
  readonly engine: TestLog['engine']
  /** With a password: `COUNCIL_TAX_PASSWORD`. */
  readonly hasPassword: boolean
  /** How long a file for the electoral system waits for more. Default: 0.1. */
  readonly electoralWaitSeconds?: number
  /** Characters that the electoral system can read. Default: all, in our own layout. */
  readonly electoralEncoding?: 'iso-8859-1'
}

const requests = 'customer.address-update.requested'
const electoralLayout = 'layouts/electoral.yaml'
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: references, which the configuration resolves
const atHand = {
  dataFolder: '${env:DATA_FOLDER}',
  crmUrl: '${env:CRM_URL}',
  crmKey: '${env:CRM_KEY}',
  councilTaxUrl: '${env:COUNCIL_TAX_URL}',
  councilTaxPassword: '${env:COUNCIL_TAX_PASSWORD}',
  electoral: '${env:ELECTORAL_FOLDER}',
  registers: '${env:REGISTERS_FOLDER}',
  smtpPort: '${env:SMTP_PORT}',
  brokers: '${env:KAFKA_BROKERS}',
  prefix: '${env:LOG_PREFIX}',
}
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above

/** The files of a configuration by name; what differs from run to run is in the environment. Everything soon. */
export function configurationFiles(settings: ConfigurationSettings): Readonly<Record<string, string>> {
  const files: Record<string, unknown> = {
    'broker.yaml': brokerFile(settings),
    'processes/tell-us-once.yaml': {
      startsWith: 'customer.address.changed',
      requests,
      answers: 'customer.address-update.answered',
      quality: 'address-change',
      acknowledgement: 'acknowledgement',
      alert: 'needs-a-person',
      systems: {
        crm: system('customer-record', 'crm-team'),
        'council-tax': system('council-tax', 'council-tax-team'),
        electoral: system('electoral-register', 'elections-team'),
      },
    },
    'quality/address-change.yaml': qualityFile(settings),
    'routes/e-mails.yaml': { from: ['notification.email.requested', 'operations.receiver.paused'], to: 'mail' },
  }
  if (settings.electoralEncoding) files[electoralLayout] = layoutFile(settings.electoralEncoding)
  for (const label of systems) {
    files[`routes/updates-to-${label}.yaml`] = {
      from: requests,
      when: { field: 'body.system', equals: label },
      ...(label === 'electoral' && {
        batch: { maxMessages: 500, maxWaitSeconds: settings.electoralWaitSeconds ?? 0.1 },
      }),
      ...(settings.limits[label] && { limits: settings.limits[label] }),
      to: label,
    }
  }
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, stringify(file)]))
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}

function brokerFile(settings: ConfigurationSettings): unknown {
  const { crm, timeoutSeconds, registers, hasPassword, electoralEncoding, engine } = settings
  const pollEverySeconds = 0.05
  return {
    authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
    dataFolder: atHand.dataFolder,
    log: engine === 'kafka' ? { engine, brokers: atHand.brokers, prefix: atHand.prefix } : { engine },
    diskAlarmMegabytes: 0,
    door: { port: 0 },
    ...(settings.telemetry && { telemetry: settings.telemetry }),
    adapters: {
      crm: { adapter: crm, baseUrl: atHand.crmUrl, apiKey: atHand.crmKey, pollEverySeconds, timeoutSeconds },
      'council-tax': {
        adapter: 'revenues-accounts',
        databaseUrl: atHand.councilTaxUrl,
        ...(hasPassword && { password: atHand.councilTaxPassword }),
        pollEverySeconds,
        timeoutSeconds,
      },
      electoral: {
        adapter: 'electoral',
        outFolder: `${atHand.electoral}/in`,
        returnsFolder: `${atHand.electoral}/returns`,
        ...(electoralEncoding && { layoutFile: electoralLayout }),
        pollEverySeconds,
        settleSeconds: 0,
      },
      mail: {
        adapter: 'mail',
        smtpHost: '127.0.0.1',
        port: atHand.smtpPort,
        security: 'none',
        from: 'Borough of Sallowmere <noreply@sallowmere.example>',
        templatesFolder: join(root, 'config/examples/sallowmere/templates'),
        alertsTo: ['integration@sallowmere.example'],
        maxPerMinute: 10_000,
      },
      ...(registers && {
        registers: {
          adapter: 'registers',
          addressesFile: `${atHand.registers}/addresses.csv`,
          personsFile: `${atHand.registers}/persons.csv`,
          settleSeconds: 0,
        },
      }),
    },
  }
}

function layoutFile(encoding: string): unknown {
  const field = (name: string, heading: string) => ({ name, heading })
  return {
    format: 'csv',
    encoding,
    fields: [
      { name: 'requestId', heading: 'REQUEST_ID', required: true },
      { name: 'personNumber', heading: 'PERSON_NO', type: 'integer', required: true },
      field('personReference', 'ELECTOR_NO'),
      field('personGivenName', 'FORENAMES'),
      field('personFamilyName', 'SURNAME'),
      field('newAddress.paon', 'NEW_PAON'),
      field('newAddress.streetDescription', 'NEW_STREET'),
      field('newAddress.postcode', 'NEW_POSTCODE'),
    ],
  }
}

function system(service: string, team: string): unknown {
  return { service, confirmWithinWorkingDays: 5, administrators: [`${team}@sallowmere.example`] }
}

function qualityFile({ registers }: ConfigurationSettings): unknown {
  const longAgo = {
    name: 'long-ago',
    when: { field: 'facts.daysSinceMove', moreThan: 90 },
    hold: 'They moved long ago.',
  }
  if (!registers) return { rules: [longAgo] }
  const rule = (name: string, field: string, test: object, hold: string) => ({ name, when: { field, ...test }, hold })
  return {
    ask: { addresses: 'registers', persons: 'registers' },
    rules: [
      longAgo,
      rule('no-such-address', 'facts.address.known', { equals: false }, 'There is no such UPRN.'),
      rule('address-full', 'facts.address.placesLeft', { lessThan: 0 }, 'The address is full already.'),
      rule('several-persons', 'facts.persons', { moreThan: 1 }, 'Several persons have this name.'),
    ],
  }
}
