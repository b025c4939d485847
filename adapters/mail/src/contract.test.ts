import { adapterContract, type StandIn } from '@portreeve/adapter-sdk/contract'
import { startFakeSystem } from './fake-system.ts'
import mail from './index.ts'
import { mailMessageId } from './message-id.ts'
import { emailRequested, templatesFolder } from './testing/messages.ts'

const from = 'Borough of Sallowmere <no-reply@sallowmere.example>'

/** An address that the mail server has not got makes the bad message. */
async function start(): Promise<StandIn> {
  const login = { user: 'portreeve', password: 'tide-and-time' }
  const system = await startFakeSystem({ login })
  const { smtpHost, smtpPort: port } = system
  const to = (kind: 'good' | 'bad', number: number) => `${kind === 'good' ? 'ada' : 'gone'}.${number}@example.org`
  const recipient = new Map<string, string>()
  return {
    config: { smtpHost, port, security: 'none', ...login, from, templatesFolder, timeoutSeconds: 2 },
    misbehave: {
      down: () => system.goDown(),
      silent: () => system.behave('silent'),
      'refuses the login': () => system.behave('refuses the login'),
    },
    message(kind, number) {
      recipient.set(`${kind}-${number}`, to(kind, number))
      return emailRequested(`${kind}-${number}`, [to(kind, number)])
    },
    async effects({ envelope: { id } }) {
      const messageId = mailMessageId(id, recipient.get(id) ?? '', from)
      return (await system.mailbox()).filter(({ bytes }) => bytes.includes(`Message-ID: <${messageId}>`)).length
    },
    state: async () => (await system.mailbox()).map(({ fileName }) => fileName).join(),
    stop: () => system.close(),
  }
}

adapterContract(mail, { start })
