import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '@portreeve/log'
import { describe, expect, it } from 'vitest'
import { type KafkaCluster, startKafka } from '../../../test/support/kafka.ts'
import { withoutKafka } from '../../../test/support/without-kafka.ts'
import { openKafkaLog } from './open.ts'
import { adminSecurity } from './security.ts'

const users = { clerk: 'clerk-password' }
const login = (password: string) => ({ mechanism: 'SCRAM-SHA-256', username: 'clerk', password }) as const

describe.skipIf(withoutKafka() !== '')(`secure connections to Kafka${withoutKafka()}`, { timeout: 120_000 }, () => {
  it('open, write and read with TLS and a password; a wrong one is refused, and stands in no text', async () => {
    await using kafka = await startKafka({ security: { protocol: 'SASL_SSL', users } })
    const tls = { ca: certificates(kafka).ca }
    const { brokers } = kafka
    await using log = await openKafkaLog({ brokers, tls, sasl: login('clerk-password') })
    expect(await writtenAndConsumed(log)).toEqual(['one'])
    const wrong = await failure(openKafkaLog({ brokers, tls, sasl: login('wrong-password') }))
    expect(wrong).toMatchObject({ code: 'PRV_KAFKA_LOGIN', details: { brokers } })
    expect(`${wrong}${JSON.stringify(wrong)}`).not.toContain('wrong-password')
    const unknown = { ...login('clerk-password'), mechanism: 'PLAIN' } as const
    await expect(openKafkaLog({ brokers, tls, sasl: unknown })).rejects.toMatchObject({ code: 'PRV_KAFKA_LOGIN' })
    // Neither TLS nor a login where the brokers ask for them, and the other way round.
    await expect(openKafkaLog({ brokers })).rejects.toMatchObject({ code: 'PRV_KAFKA_CERTIFICATE' })
    await expect(openKafkaLog({ brokers, tls })).rejects.toMatchObject({ code: 'PRV_KAFKA_UNREACHABLE' })
    const plain = { brokers: kafka.adminBrokers }
    await expect(openKafkaLog({ ...plain, tls })).rejects.toMatchObject({ code: 'PRV_KAFKA_CERTIFICATE' })
    const sasl = login('clerk-password')
    await expect(openKafkaLog({ ...plain, sasl })).rejects.toMatchObject({ code: 'PRV_KAFKA_LOGIN' })
    // The authorities of this machine do not know this one.
    await expect(openKafkaLog({ brokers, tls: {}, sasl })).rejects.toMatchObject({ code: 'PRV_KAFKA_CERTIFICATE' })
  })

  it('open by a certificate of ours; without it, or with one that the brokers do not trust, they are refused', async () => {
    await using kafka = await startKafka({ security: { protocol: 'SSL', clientCertificate: true } })
    const { brokers } = kafka
    const { ca, clientCertificate: certificate, clientKey: key, ...others } = certificates(kafka)
    await using log = await openKafkaLog({ brokers, tls: { ca, certificate, key } })
    expect(await writtenAndConsumed(log)).toEqual(['one'])
    const refused = { code: 'PRV_KAFKA_CERTIFICATE', details: { brokers } }
    await expect(openKafkaLog({ brokers, tls: { ca } })).rejects.toMatchObject(refused)
    const stranger = { ca, certificate: others.strangerCertificate, key: others.strangerKey }
    await expect(openKafkaLog({ brokers, tls: stranger })).rejects.toMatchObject(refused)
    const nonsense = join(kafka.folder, 'nonsense.pem')
    await writeFile(nonsense, 'This is no certificate.')
    for (const [tls, file] of [
      [{ ca: join(kafka.folder, 'not-there.pem') }, join(kafka.folder, 'not-there.pem')],
      [{ ca: nonsense }, nonsense],
      [{ ca, certificate, key: others.strangerKey }, others.strangerKey],
    ] as const) {
      const told = { code: 'PRV_KAFKA_TLS_FILE', details: { file } }
      await expect(openKafkaLog({ brokers, tls })).rejects.toMatchObject(told)
    }
  })

  it.each([
    ['expired', 'CERT_HAS_EXPIRED: their certificate has expired'],
    ['untrusted', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE: their certificate comes from an authority that is not trusted'],
  ] as const)('do not come about with brokers whose certificate is %s', async (certificate, fault) => {
    await using kafka = await startKafka({ security: { protocol: 'SSL', certificate } })
    const { brokers } = kafka
    const told = await failure(openKafkaLog({ brokers, tls: { ca: certificates(kafka).ca } }))
    expect(told).toMatchObject({ code: 'PRV_KAFKA_CERTIFICATE', details: { brokers, fault } })
  })
})

it('send no password in clear', () => {
  const connection = { brokers: '127.0.0.1:1', sasl: { ...login('clerk-password'), mechanism: 'PLAIN' } } as const
  expect(() => adminSecurity(connection)).toThrow(expect.objectContaining({ code: 'PRV_KAFKA_PASSWORD_IN_CLEAR' }))
})

async function writtenAndConsumed(log: Log): Promise<readonly string[]> {
  await log.createTopic({ name: 'letters' })
  await log.append([{ topic: 'letters', key: null, value: Buffer.from('one'), headers: [] }])
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
  const consumer = log.consume({ group: 'readers', topics: ['letters'] }, async ({ records }) => {
    resolve(records.map(({ value }) => Buffer.from(value ?? []).toString()))
    return { append: [], finished: records.length }
  })
  consumer.done.catch(reject)
  const values = await promise
  await consumer.stop()
  return values
}

function certificates(kafka: KafkaCluster): NonNullable<KafkaCluster['certificates']> {
  if (!kafka.certificates) throw new TypeError('no certificates')
  return kafka.certificates
}

async function failure(opening: Promise<Log>): Promise<unknown> {
  return await opening.then(
    (log) => log.close(),
    (error: unknown) => error,
  )
}
