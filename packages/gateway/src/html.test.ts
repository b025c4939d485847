import type { TransactionStatus } from '@portreeve/broker'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contentSecurityPolicy, html, page } from './html.ts'
import { statusPage } from './status-page.ts'

it('escapes whatever is put into it, in elements and in attributes', () => {
  expect(html`<p title="${'"><script>'}">${"<b>&'"}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;</p>',
  )
})

it('takes what it has made itself as it is, in lists too', () => {
  expect(html`<ul>${['a', '<'].map((item) => html`<li>${item}</li>`)}</ul>`.text).toBe(
    '<ul><li>a</li><li>&lt;</li></ul>',
  )
})

it('has no element of a text in it, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const between = page(text, html`<p>${text}</p>`).split('<h1>')[1]?.split('</h1>')[0]
      expect(between).not.toMatch(/[<>"']/)
    }),
  )
})

it('forbids everything but its one style', () => {
  expect(contentSecurityPolicy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; /)
})

it('tells where a transaction stands with each system, in a table that a screen reader can read', () => {
  const status: TransactionStatus = {
    reference: '9R3R-L632',
    acceptedAt: '2026-07-01T11:00:00.000Z',
    state: 'needs-a-person',
    sentence: 'A member of staff looks at it.',
    systems: [
      {
        system: '<Council Tax>',
        state: 'confirmed',
        since: '2026-07-02T08:30:00.000Z',
        sentence: 'Your bill is changed.',
      },
      { system: 'Library', state: 'waiting', since: '2026-07-01T11:00:00.000Z', sentence: 'They will be told.' },
    ],
  }
  const text = statusPage(status, new Date('2026-07-03T07:00:00.000Z'))
  expect(text).toContain('<th scope="row">&lt;Council Tax&gt;</th><td>\n<p class="state">Confirmed</p>')
  expect(text).toContain('stood on <time datetime="2026-07-03T07:00:00.000Z">3 July 2026 at 08:00</time>')
  expect(text).toContain('<caption>')
  expect(text).toContain('<time datetime="2026-07-01T11:00:00.000Z">1 July 2026 at 12:00</time>')
  expect(text).not.toMatch(/<script|style="| on\w+=/)
})
