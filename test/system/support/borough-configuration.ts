import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { adapters, conditionProblems } from '@portreeve/broker'
import { type Configuration, requireConfiguration } from '@portreeve/configuration'
import { testLog } from '../../support/test-log.ts'

export interface BoroughSettings {
  /** Labels of the inboxes; each has a folder of its own name. Default `revenues` alone. */
  readonly inboxes: readonly string[]
  /** Default where the data are. */
  readonly inboxFolder?: string
  /** Default `data` in the borough's folder. */
  readonly dataFolder?: string
  /** Default: in the data folder. */
  readonly sharedFolder?: string
  /** Default: the engine that the test runs on. */
  readonly log?: Configuration['log']
  readonly diskAlarmMegabytes: number
  readonly settleSeconds: number
  readonly pollEverySeconds: number
  readonly maxMessages: number
  readonly maxWaitSeconds: number
  readonly timeoutSeconds: number
  readonly partitions: number
  /** Default: where the stand-in is. */
  readonly voaUrl?: string
  /** Of the login at the VOA. */
  readonly password: string
}

/** What a test's borough has unless the test says otherwise: everything soon. */
export const boroughSettings: BoroughSettings = {
  inboxes: ['revenues'],
  diskAlarmMegabytes: 0,
  settleSeconds: 0.05,
  pollEverySeconds: 0.05,
  maxMessages: 500,
  maxWaitSeconds: 0.05,
  timeoutSeconds: 30,
  partitions: 3,
  password: 'reed-and-withy',
}

/** Writes a folder of configuration as an operator would, and reads it as the broker does. JSON is YAML, too. */
export async function boroughConfiguration(
  folder: string,
  standInUrl: string,
  settings: BoroughSettings,
): Promise<Configuration> {
  const config = join(folder, 'config')
  await mkdir(join(config, 'routes'), { recursive: true })
  const { inboxes, inboxFolder = folder, settleSeconds, pollEverySeconds, timeoutSeconds } = settings
  const { maxMessages, maxWaitSeconds } = settings
  const inboxAdapters = inboxes.map((label) => [
    label,
    { adapter: 'revenues', inboxFolder: join(inboxFolder, label), settleSeconds, pollEverySeconds },
  ])
  const voa = {
    adapter: 'valuebill',
    baseUrl: settings.voaUrl ?? standInUrl,
    billingAuthority: 'Borough of Sallowmere',
    billingAuthorityCode: '9999',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, resolved by the broker
    password: '${env:VOA_PASSWORD}',
    timeoutSeconds,
  }
  const files: Record<string, unknown> = {
    'broker.yaml': {
      authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
      dataFolder: settings.dataFolder ?? join(folder, 'data'),
      // The disks of tests are small, and say nothing of it unless a test asks.
      diskAlarmMegabytes: settings.diskAlarmMegabytes,
      log: settings.log ?? testLog(folder),
      ...(settings.sharedFolder !== undefined && { sharedFolder: settings.sharedFolder }),
      adapters: { ...Object.fromEntries(inboxAdapters), voa },
      topics: { 'valuation.report.proposed': { partitions: settings.partitions } },
    },
    'routes/split-submissions.yaml': { from: 'valuation.submission.received', split: 'voa' },
    'routes/reports-to-voa.yaml': {
      from: 'valuation.report.proposed',
      batch: { maxMessages, maxWaitSeconds },
      to: 'voa',
    },
    'routes/answers-to-revenues.yaml': {
      from: ['valuation.submission.split', 'valuation.submission.refused', 'valuation.report.refused'],
      batch: { maxMessages: 500, maxWaitSeconds },
      ...(inboxes.length === 1 ? { to: inboxes[0] } : { choose: inboxes.map(ofInbox) }),
    },
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(config, name), JSON.stringify(content))
  return await readBorough(folder, settings)
}

/** The configuration as it stands in the borough's folder. */
export function readBorough(folder: string, { password }: Pick<BoroughSettings, 'password'>): Promise<Configuration> {
  return requireConfiguration({
    folder: join(folder, 'config'),
    declarations: adapters,
    conditionProblems,
    environment: { VOA_PASSWORD: password },
  })
}

/** The news of a file go where it came in. */
function ofInbox(label: string): unknown {
  return { when: { field: 'body.inbox', equals: label }, to: label }
}
