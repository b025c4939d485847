import { defineAdapter } from '@portreeve/adapter-sdk'
import { type SmtpServer, SmtpSession } from '@portreeve/endpoints'
import { PortreeveError } from '@portreeve/errors'
import { isLoopback } from '@portreeve/formats'
import { configSchema, defaults } from './config.ts'
import { accepted, letterReader } from './from-canonical.ts'
import { inspectTemplates } from './inspect-templates.ts'
import { Pace } from './pace.ts'
import { sendLetters } from './send-letters.ts'
import { TemplateFolder } from './template-folder.ts'

export default defineAdapter({
  name: 'mail',
  summary: 'E-mail: writes to citizens and administrators from templates, through an SMTP server.',
  status: 'beta',
  sources: [
    { title: 'RFC 5321, Simple Mail Transfer Protocol', where: 'https://www.rfc-editor.org/rfc/rfc5321' },
    { title: 'RFC 5322, Internet Message Format', where: 'https://www.rfc-editor.org/rfc/rfc5322' },
    { title: 'Liquid, the language of the templates', where: 'https://liquidjs.com' },
  ],
  config: configSchema,
  configurationFiles: ['templatesFolder'],
  capabilities: { poll: false, receive: false, send: true, idempotentSend: false, lookup: false },
  emits: [],
  accepts: accepted,
  errors: [
    'PRV_MAIL_TEMPLATE_MISSING',
    'PRV_MAIL_TEMPLATE',
    'PRV_MAIL_HEADER',
    'PRV_MAIL_NOBODY',
    'PRV_MAIL_PLAIN_TEXT',
    'PRV_MAIL_ADDRESS_LATER',
    'PRV_ADAPTER_MESSAGE',
    'PRV_ADAPTER_NOT_BEGUN',
  ],
  differences: [
    {
      what: 'A repeat',
      service: 'SMTP has no word for "I have this one already": what is handed over twice arrives twice.',
      adapter:
        'Each e-mail has a Message-ID made of the message and the recipient. When nobody knows whether one was taken, a person decides; sent again, it has the same Message-ID.',
      why: 'Many mailboxes show two e-mails of one Message-ID once, and the log of the mail server is searched by it.',
    },
    {
      what: 'An address that takes nothing for now (4yz at RCPT TO)',
      service: 'A mail server would queue the e-mail and tell the sender days later.',
      adapter: 'It is tried again while others go their way, and counts as refused after giveUpAfterDays.',
      why: 'The outcome stands where all others do, and no bounce has to be read.',
    },
  ],
  examples: [
    {
      title: "The council's mail server",
      config: {
        smtpHost: 'smtp.sallowmere.example',
        user: 'portreeve',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, resolved by the broker
        password: '${env:SMTP_PASSWORD}',
        from: 'Borough of Sallowmere <no-reply@sallowmere.example>',
        templatesFolder: '/etc/portreeve/templates',
        alertsTo: ['integration@sallowmere.example'],
      },
    },
  ],
  inspect: inspectTemplates,
  async open({ user, password = '', from, replyTo, alertsTo = [], ...config }, { label: system, now }) {
    const { smtpHost: host, port, security, ...more } = { ...defaults, ...config }
    if (security === 'none' && !isLoopback(host) && !more.plainTextAllowed) {
      throw new PortreeveError('PRV_MAIL_PLAIN_TEXT', { server: `${host}:${port}` })
    }
    const login = user === undefined ? {} : { login: { user, password } }
    const server: SmtpServer = { host, port, security, ...login, timeoutMs: more.timeoutSeconds * 1000 }
    const templates = new TemplateFolder(more.templatesFolder)
    return {
      async check(signal) {
        await templates.check()
        await using _session = await SmtpSession.open(server, signal)
      },
      send: sendLetters({
        system,
        server,
        from,
        ...(replyTo !== undefined && { replyTo }),
        templates,
        pace: new Pace(more.maxPerMinute),
        read: letterReader({ system, alertsTo }),
        now,
        giveUpAfterDays: more.giveUpAfterDays,
      }),
      [Symbol.asyncDispose]: async () => undefined,
    }
  },
})
