import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { needsKafka, startKafka, whyNoKafka } from '../support/kafka.ts'
import { administer, produce } from '../support/kafka-records.ts'

const lacking = whyNoKafka()
const title = (text: string) => (lacking === null ? text : text + needsKafka)
const topic = { topics: ['letters'], partitions: 1, replicas: 1 }
const pem = (path: string | undefined) => readFileSync(path ?? '', 'utf8')
const login = (username: string, password: string) => ({ mechanism: 'SCRAM-SHA-256' as const, username, password })

describe.skipIf(lacking !== null)(title('brokers that look who comes'), () => {
  it('let in whoever has the password and the right, and nobody else', async () => {
    const users = { clerk: 'clerk-password', guest: 'guest-password' }
    const security = { protocol: 'SASL_PLAINTEXT', users } as const
    await using cluster = await startKafka({ security, superUsers: ['User:clerk'] })
    const { brokers } = cluster
    await administer({ brokers: cluster.adminBrokers }, (admin) => admin.createTopics(topic))
    await produce({ brokers, sasl: login('clerk', 'clerk-password') }, 'letters', ['one'])
    await expect(produce({ brokers, sasl: login('clerk', 'wrong') }, 'letters', ['two'])).rejects.toThrow()
    await expect(produce({ brokers, sasl: login('guest', 'guest-password') }, 'letters', ['three'])).rejects.toThrow()
    await expect(produce({ brokers }, 'letters', ['four'])).rejects.toThrow()
  })

  it('speak TLS, and let in a client by its certificate', async () => {
    await using cluster = await startKafka({ security: { protocol: 'SSL', clientCertificate: true } })
    const { brokers, certificates } = cluster
    await administer({ brokers: cluster.adminBrokers }, (admin) => admin.createTopics(topic))
    const ca = pem(certificates?.ca)
    const client = { ca, cert: pem(certificates?.clientCertificate), key: pem(certificates?.clientKey) }
    const stranger = { ca, cert: pem(certificates?.strangerCertificate), key: pem(certificates?.strangerKey) }
    await produce({ brokers, tls: client }, 'letters', ['one'])
    await expect(produce({ brokers, tls: stranger }, 'letters', ['two'])).rejects.toThrow()
    await expect(produce({ brokers, tls: { ca } }, 'letters', ['three'])).rejects.toThrow()
  })

  it.each(['expired', 'untrusted'] as const)(
    'show a certificate that is %s when they are told to',
    async (certificate) => {
      const users = { clerk: 'clerk-password' }
      await using cluster = await startKafka({ security: { protocol: 'SASL_SSL', users, certificate } })
      const { brokers, certificates } = cluster
      await administer({ brokers: cluster.adminBrokers }, (admin) => admin.createTopics(topic))
      const sasl = login('clerk', 'clerk-password')
      const seen: string[] = []
      const tls = {
        ca: pem(certificates?.ca),
      }
      await produce({ brokers, sasl, tls }, 'letters', ['one']).catch((error: unknown) => seen.push(inWords(error)))
      expect(seen.join()).toMatch(certificate === 'expired' ? /expired/i : /self.signed|verify|issuer/i)
    },
  )
})

/** Every error's text, those of its causes and parts too. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const parts: readonly unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : []
  return [error.message, ...[error.cause, ...parts].filter((part) => part instanceof Error).map(inWords)].join('; ')
}
