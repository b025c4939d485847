import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../support/source-files.ts'
import { testLog } from '../../support/test-log.ts'
import { crmKey, startOffices as startStandIns } from '../../system/support/tell-us-once-offices.ts'

/** The stand-ins of the back offices, which live while the broker is killed, and the configuration that joins them. */
export async function startOffices() {
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-killed-'))
  const offices = await startStandIns(folder, {})
  const { crm, councilTax, electoral, mail } = offices
  const request = 'customer.address-update.requested'
  const files: Record<string, unknown> = {
    'broker.yaml': {
      authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
      dataFolder: join(folder, 'data'),
      log: testLog(folder),
      diskAlarmMegabytes: 0,
      door: { port: 0 },
      adapters: {
        crm: {
          adapter: 'crm-cases',
          baseUrl: crm.baseUrl,
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, resolved by the broker
          apiKey: '${file:crm-key}',
          pollEverySeconds: 1,
          timeoutSeconds: 5,
        },
        'council-tax': { adapter: 'revenues-accounts', ...councilTax.access, pollEverySeconds: 0.2 },
        electoral: {
          adapter: 'electoral',
          outFolder: electoral.outFolder,
          returnsFolder: electoral.returnsFolder,
          pollEverySeconds: 0.2,
          settleSeconds: 0,
        },
        mail: {
          adapter: 'mail',
          smtpHost: mail.smtpHost,
          port: mail.smtpPort,
          security: 'none',
          from: 'noreply@sallowmere.example',
          templatesFolder: join(root, 'config/examples/sallowmere/templates'),
          maxPerMinute: 10_000,
          timeoutSeconds: 5,
        },
      },
      topics: { 'customer.address.changed': { partitions: 3 }, [request]: { partitions: 3 } },
    },
    'routes/e-mails.yaml': { from: 'notification.email.requested', to: 'mail' },
    'processes/tell-us-once.yaml': {
      startsWith: 'customer.address.changed',
      requests: request,
      answers: 'customer.address-update.answered',
      acknowledgement: 'acknowledgement',
      systems: {
        crm: { service: 'customer-record', confirmWithinWorkingDays: 5 },
        'council-tax': { service: 'council-tax', confirmWithinWorkingDays: 5 },
        electoral: { service: 'electoral-register', confirmWithinWorkingDays: 5 },
      },
    },
  }
  for (const system of ['crm', 'council-tax', 'electoral']) {
    files[`routes/updates-to-${system}.yaml`] = {
      from: request,
      when: { field: 'body.system', equals: system },
      to: system,
      ...(system === 'electoral' && { batch: { maxMessages: 500, maxWaitSeconds: 0.2 } }),
    }
  }
  const config = join(folder, 'config')
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(config, name, '..'), { recursive: true })
    await writeFile(join(config, name), JSON.stringify(content))
  }
  await writeFile(join(config, 'crm-key'), `${crmKey}\n`, { mode: 0o600 })

  return {
    ...offices,
    folder,
    config,
    async [Symbol.asyncDispose](): Promise<void> {
      await offices[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Offices = Awaited<ReturnType<typeof startOffices>>
