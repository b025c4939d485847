import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Message } from '@portreeve/envelope'
import { simpleParser } from 'mailparser'
import { afterEach, describe, expect, it } from 'vitest'
import { type FakeSystem, startFakeSystem } from './fake-system.ts'
import mail from './index.ts'
import { acknowledged, emailRequested, messageOf, receiverPaused, templatesFolder } from './testing/messages.ts'

const running: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const system of running.splice(0)) await system.close()
})
const never = new AbortController().signal

async function open(system: FakeSystem, config: object = {}, now = '2026-11-23T10:00:00Z') {
  const { smtpHost, smtpPort: port } = system
  const from = 'Borough of Sallowmere <no-reply@sallowmere.example>'
  const given = { smtpHost, port, security: 'none', from, templatesFolder, timeoutSeconds: 2, ...config } as const
  const claims = { put: () => Promise.reject(new TypeError()), get: () => Promise.reject(new TypeError()) as never }
  const context = { label: 'mail', authority: 'X99000001', now: () => new Date(now), signal: never, claims }
  const adapter = await mail.open(given, context)
  return {
    adapter,
    send: async (...messages: readonly Message[]) => (await adapter.send?.({ id: 'b', messages }, never)) ?? [],
  }
}

async function setUp(config: object = {}, now?: string) {
  const system = await startFakeSystem()
  running.push(system)
  const opened = await open(system, config, now)
  const arrived = async () => await Promise.all((await system.mailbox()).map(({ bytes }) => simpleParser(bytes)))
  return { system, ...opened, arrived }
}

const stateOf = (outcome: { readonly state: string; readonly error?: { readonly code: string } } | undefined) =>
  outcome?.error === undefined ? outcome?.state : `${outcome.state}: ${outcome.error.code}`

describe('an acknowledgement', () => {
  it('arrives as text and HTML with the reference and the address of the status', async () => {
    const { send, arrived } = await setUp({ replyTo: 'moves@sallowmere.example' })
    const [outcome] = await send(emailRequested('m-1', ['ada@example.org']))
    const [letter] = await arrived()
    expect(outcome).toMatchObject({ state: 'delivered', proof: expect.stringContaining(`${letter?.messageId} 250`) })
    expect(letter?.subject).toBe('We have your change of address: reference 7K2Q-9XTN')
    expect([letter?.from?.text, letter?.replyTo?.text]).toEqual([
      '"Borough of Sallowmere" <no-reply@sallowmere.example>',
      'moves@sallowmere.example',
    ])
    for (const form of [letter?.text, letter?.html]) {
      expect(form).toContain('Dear Wilhelmina Ada,')
      expect(form).toContain('from 1 November 2026 on')
      expect(form).toContain(acknowledged.statusAddress)
    }
    expect(letter?.headers.get('auto-submitted')).toBe('auto-generated')
  })

  it('shows a name that holds markup, headers or a template as the text that it is', async () => {
    const { send, arrived } = await setUp()
    const givenName = '<img src=x onerror=a()>{{7}}'
    expect(stateOf((await send(emailRequested('m-1', ['ada@example.org'], { ...acknowledged, givenName })))[0])).toBe(
      'delivered',
    )
    const [letter] = await arrived()
    expect(letter?.text).toContain(`Dear ${givenName},`)
    expect(letter?.html).toContain('Dear &lt;img src=x onerror=a()&gt;{{7}},')
  })

  it('has the same Message-ID when it is sent again, after a restart too, and another one for anybody else', async () => {
    const { system, send, arrived } = await setUp()
    const message = emailRequested('m-1', ['ada@example.org', 'bea@example.org'])
    await send(message)
    await (await open(system)).send(message)
    await send(emailRequested('m-2', ['ada@example.org']))
    const ids = (await arrived()).map(({ messageId }) => messageId ?? '')
    expect(ids).toEqual([ids[0], ids[1], ids[0], ids[1], ids[4]])
    expect(new Set(ids).size).toBe(3)
    expect(ids[0]).toMatch(/^<[0-9a-f]{32}@sallowmere\.example>$/)
  })

  it('goes to each address by itself, once: nobody sees who else got it', async () => {
    const { send, arrived } = await setUp()
    await send(emailRequested('m-1', ['ada@example.org', 'bea@example.org', 'ada@example.org']))
    const to = (await arrived()).map(({ to }) => [to ?? []].flat().map(({ text }) => text))
    expect(to).toEqual([['ada@example.org'], ['bea@example.org']])
  })
})

describe('news of operations', () => {
  it('go to those who look after the systems', async () => {
    const { send, arrived } = await setUp({ alertsTo: ['ops@sallowmere.example'] })
    expect(stateOf((await send(receiverPaused('p-1')))[0])).toBe('delivered')
    const [letter] = await arrived()
    expect(letter?.subject).toBe('updates-to-crm.crm cannot be reached: what is for it waits')
    expect(letter?.text).toContain('Since:     23 November 2026, 09:30 (London)')
    expect(letter?.text).toContain('ECONNREFUSED')
  })

  it('are refused where nobody is named', async () => {
    const { send } = await setUp()
    expect((await send(receiverPaused('p-1')))[0]).toMatchObject({ state: 'refused', code: 'PRV_MAIL_NOBODY' })
  })
})

describe('what cannot be sent as it is', () => {
  it.each([
    [
      'PRV_MAIL_HEADER',
      emailRequested('m', ['ada@example.org'], { ...acknowledged, reference: 'a\r\nBcc: eve@x.org' }),
    ],
    ['PRV_MAIL_HEADER', emailRequested('m', ['ada@example.org\r\nBcc: eve@example.org'])],
    ['PRV_MAIL_HEADER', emailRequested('m', ['ada@example.org', 'nobody'])],
    ['PRV_MAIL_TEMPLATE', emailRequested('m', ['ada@example.org'], { reference: 'R' })],
    ['PRV_MAIL_TEMPLATE_MISSING', emailRequested('m', ['ada@example.org'], {}, 'farewell')],
    [
      'PRV_ADAPTER_MESSAGE',
      messageOf('notification.email.requested', 'm', { template: '../x', to: ['a'], values: [] }),
    ],
    ['PRV_ADAPTER_MESSAGE', messageOf('notification.email.requested', 'm', '<x/>')],
    ['PRV_ADAPTER_MESSAGE', messageOf('customer.address.changed', 'm', {})],
  ])('is not taken, and nothing of it leaves: %s', async (code, message) => {
    const { system, send } = await setUp()
    expect(stateOf((await send(message))[0])).toBe(`not-taken: ${code}`)
    expect(system.connections()).toBe(0)
  })
})

describe('a mail server', () => {
  const good = (number: number) => emailRequested(`good-${number}`, [`ada.${number}@example.org`])

  it('gets a whole batch over one connection', async () => {
    const { system, send } = await setUp()
    expect((await send(good(1), good(2), good(3))).map(stateOf)).toEqual(['delivered', 'delivered', 'delivered'])
    expect(system.connections()).toBe(1)
  })

  it('refuses an address with its code and words, which do not name the address', async () => {
    const { send } = await setUp()
    const outcomes = await send(emailRequested('m-1', ['gone@example.org']), good(2))
    expect(outcomes).toMatchObject([
      { state: 'refused', code: expect.stringMatching(/^550/), reason: '<…>: no such mailbox' },
      { state: 'delivered' },
    ])
  })

  it('takes no more for one address for now: others go their way, and after some days it counts as refused', async () => {
    const full = emailRequested('m-1', ['full@example.org'])
    const { send } = await setUp()
    expect(await send(full, good(2))).toMatchObject([
      { state: 'not-taken', retryAfterMs: 0, error: { code: 'PRV_MAIL_ADDRESS_LATER' } },
      { state: 'delivered' },
    ])
    const later = await setUp({}, '2026-11-25T09:31:00Z')
    expect((await later.send(full))[0]).toMatchObject({ state: 'refused', code: expect.stringMatching(/^452/) })
  })

  it('that took one part of a letter is not given that part again when the letter is tried again', async () => {
    const { system, send } = await setUp()
    const letter = emailRequested('m-1', ['ada@example.org', 'full@example.org', 'gone@example.org'])
    expect(stateOf((await send(letter))[0])).toBe('not-taken: PRV_MAIL_ADDRESS_LATER')
    await send(letter)
    expect((await system.mailbox()).map(({ fileName }) => fileName)).toEqual(['0001 ada@example.org.eml'])
  })

  it.each([
    ['busy', 'not-taken: PRV_ENDPOINTS_SMTP_BUSY', 'not-taken: PRV_ENDPOINTS_SMTP_BUSY'],
    ['slow down', 'not-taken: PRV_ENDPOINTS_SMTP_BUSY', 'not-taken: PRV_ENDPOINTS_SMTP_BUSY'],
    ['cut after DATA', 'unknown: PRV_ENDPOINTS_SMTP_NO_ANSWER', 'not-taken: PRV_ADAPTER_NOT_BEGUN'],
    ['cut before it is kept', 'unknown: PRV_ENDPOINTS_SMTP_NO_ANSWER', 'not-taken: PRV_ADAPTER_NOT_BEGUN'],
  ] as const)('that is to misbehave (%s): %s, and behind it %s', async (how, first, second) => {
    const { system, send } = await setUp()
    system.behave(how)
    const outcomes = await send(good(1), good(2))
    expect(outcomes.map(stateOf)).toEqual([first, second])
    if (first.endsWith('BUSY')) expect(outcomes[0]).toMatchObject({ retryAfterMs: 10_000 })
    expect(await system.mailbox()).toHaveLength(how === 'cut after DATA' ? 1 : 0)
    system.behave('well')
    expect((await send(good(2))).map(stateOf)).toEqual(['delivered'])
  })

  it('that went down takes what waits when it is back', async () => {
    const { system, send } = await setUp()
    await system.goDown()
    expect((await send(good(1))).map(stateOf)).toEqual(['not-taken: PRV_ENDPOINTS_SMTP_UNREACHABLE'])
    await system.comeBack()
    expect((await send(good(1))).map(stateOf)).toEqual(['delivered'])
  })

  it('that wants a login gets none from who has none, and that is told as such', async () => {
    const system = await startFakeSystem({ login: { user: 'portreeve', password: 'tide' } })
    running.push(system)
    const { send } = await open(system)
    expect((await send(good(1))).map(stateOf)).toEqual(['not-taken: PRV_ENDPOINTS_SMTP_LOGIN'])
    const loggedIn = await open(system, { user: 'portreeve', password: 'tide' })
    expect((await loggedIn.send(good(1))).map(stateOf)).toEqual(['delivered'])
  })

  it('keeps its mailbox over restarts, in files that a person can open', async () => {
    const mailboxFolder = await mkdtemp(join(tmpdir(), 'mailbox-'))
    running.push({ close: () => rm(mailboxFolder, { recursive: true, force: true }) })
    for (const number of [1, 2]) {
      const system = await startFakeSystem({ mailboxFolder })
      await (await open(system)).send(good(number))
      expect(await system.mailbox()).toHaveLength(number)
      await system.close()
    }
  })
})

describe('the way to another machine', () => {
  it('is not taken unprotected unless that is said', async () => {
    const { system } = await setUp()
    const there = { smtpHost: 'mail.sallowmere.example' }
    await expect(open(system, there)).rejects.toMatchObject({
      code: 'PRV_MAIL_PLAIN_TEXT',
      details: { server: `mail.sallowmere.example:${system.smtpPort}` },
    })
    await expect(open(system, { ...there, plainTextAllowed: true })).resolves.toBeDefined()
    await expect(open(system, { ...there, security: 'starttls' })).resolves.toBeDefined()
  })
})
