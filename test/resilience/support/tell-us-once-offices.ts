import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeSystem as startCrm } from '@portreeve/adapter-crm-cases/fake-system'
import { startFakeSystem as startElectoral } from '@portreeve/adapter-electoral/fake-system'
import { startFakeSystem as startMail } from '@portreeve/adapter-mail/fake-system'
import { startFakeSystem as startCouncilTax } from '@portreeve/adapter-revenues-accounts/fake-system'
import { root } from '../../support/source-files.ts'

/** Somebody whom every office holds once. */
export interface Inhabitant {
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
}

export const inhabitants: readonly Inhabitant[] = Array.from({ length: 12 }, (_, index) => ({
  givenName: `Ada${String.fromCharCode(97 + index)}`,
  familyName: 'Sampleby',
  birthDate: `19${60 + index}-03-0${(index % 9) + 1}`,
}))

const oldHome = { paon: { startRange: { number: '1' } }, streetDescription: 'Quay Street', town: 'Sallowmere' }

/** A change of address of one of them; the number makes it another than the one before. */
export function changeOf({ givenName, familyName, birthDate }: Inhabitant, number: number): unknown {
  return {
    person: {
      personGivenName: givenName,
      personFamilyName: familyName,
      personBirthDate: birthDate,
      emailAddress: `${givenName.toLowerCase()}@example.org`,
    },
    oldAddress: oldHome,
    newAddress: { ...oldHome, streetDescription: `Mill Lane ${number}`, postcode: 'ZZ99 4WZ' },
    movedOn: new Date().toISOString().slice(0, 10),
  }
}

/** The stand-ins of the back offices, which live while the broker is killed, and the configuration that joins them. */
export async function startOffices() {
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-killed-'))
  const crm = await startCrm({
    persons: inhabitants.map((person, index) => ({ reference: `P-${index}`, ...person, postcode: 'ZZ99 3WZ' })),
  })
  const councilTax = await startCouncilTax({
    file: join(folder, 'council-tax.db'),
    accounts: inhabitants.map((person, index) => ({ accountRef: `7000${index}`, ...person })),
  })
  const electoral = await startElectoral({ folder: join(folder, 'electoral') })
  electoral.register.push(
    ...inhabitants.map(({ givenName, familyName }, index) => {
      return { number: `E-${index}`, forenames: givenName, surname: familyName, address: '1 Quay Street' }
    }),
  )
  const mail = await startMail({ mailboxFolder: join(folder, 'mailbox') })
  const request = 'customer.address-update.requested'
  const files: Record<string, unknown> = {
    'broker.yaml': {
      authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
      dataFolder: join(folder, 'data'),
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
  await writeFile(join(config, 'crm-key'), 'secret\n', { mode: 0o600 })

  return {
    folder,
    config,
    crm,
    councilTax,
    electoral,
    mail,
    /** What the staff of each office do with what has come in. */
    async work(): Promise<void> {
      for (const { caseId, status } of crm.cases()) if (status === 'new') crm.changeStatus(caseId, 'resolved', 'Done.')
      await councilTax.work()
      const before = electoral.record.size
      await electoral.take()
      if (electoral.record.size > before) await electoral.answer()
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await crm.close()
      await councilTax.close()
      await electoral.close()
      await mail.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Offices = Awaited<ReturnType<typeof startOffices>>
