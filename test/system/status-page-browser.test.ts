import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, needsChromium, openPage, startChromium } from '../support/chromium.ts'
import { type HostileCase, type HostileJourney, hostileJourney } from './support/hostile-journey.ts'

const startMs = 300_000
const phone = [320, 640] as const
const desktop = [1280, 800] as const
const notFound = 'console: Failed to load resource: the server responded with a status of 404 (Not Found)'

describe.skipIf(!hasChromium())(`in a browser${needsChromium}`, () => {
  const opened = new AsyncDisposableStack()
  let browser: Browser
  let all: HostileJourney
  let first: HostileCase

  beforeAll(async () => {
    browser = opened.use(await startChromium())
    all = await hostileJourney({ crm: 'crm-cases' })
    opened.use(all.journey)
    const [found] = all.cases
    if (!found) throw new TypeError('there is none')
    first = found
  }, startMs)
  afterAll(() => opened.disposeAsync(), startMs)

  it('a script would be seen to run: in an element, an attribute and an address', async () => {
    const { page, mishaps } = await openPage(browser, ...desktop)
    await page.setContent(
      '<script>ran()</script><img src=x onerror=ran()><iframe src="javascript:parent.ran()"></iframe>',
    )
    await expect.poll(() => mishaps.filter((mishap) => mishap === 'a script ran').length).toBe(3)
  })

  it('the status page runs nothing, loads nothing and fits a telephone, whatever was told', async () => {
    const { page, mishaps } = await openPage(browser, ...phone)
    for (const { statusAddress, reference, change, words } of all.cases) {
      await page.goto(statusAddress)
      expect(await rendered(page.getByRole('heading', { level: 1 }))).toBe(`Where ${reference} stands`)
      expect(await sidewaysPixels(page)).toBe(0)
      const text = await rendered(page.locator('body'))
      expect(text).not.toContain(change.newAddress.streetDescription)
      expect(text).not.toContain(words)
    }
    expect(mishaps).toEqual([])
  })

  it('the status page is told to a screen reader by landmark, heading and table', async () => {
    const { page } = await openPage(browser, ...desktop)
    await page.goto(first.statusAddress)
    expect(await page.locator('html').getAttribute('lang')).toBe('en-GB')
    expect(await page.title()).toBe(`Where ${first.reference} stands`)
    const main = page.getByRole('main')
    expect(await main.getByRole('heading').count()).toBe(1)
    const told = main.getByRole('table', { name: 'Who has been told' })
    expect(await told.getByRole('columnheader').allInnerTexts()).toEqual(['Service', 'Where it stands'])
    expect(await told.getByRole('rowheader').allInnerTexts()).toEqual([
      'Customer record',
      'Council tax',
      'Electoral register',
    ])
    expect(await told.getByRole('row', { name: 'Council tax Confirmed' }).isVisible()).toBe(true)
  })

  it.each([
    ['the reference alone', () => `/transactions/${first.reference}`],
    ['a script for a token', () => '/transactions/<script>ran()<script>'],
    ['a script with a slash', () => '/transactions/<script>ran()</script>'],
    ['what cannot be decoded', () => '/transactions/%zz'],
    ['the door itself', () => '/'],
  ])('an address that leads nowhere is a page that says so: %s', async (_what, path) => {
    const { page, mishaps } = await openPage(browser, ...phone)
    await page.goto(`${all.journey.doorUrl}${path()}`)
    expect(await rendered(page.getByRole('main').getByRole('heading', { level: 1 }))).toBe('Not Found')
    expect(await page.getByText(/^There is (nothing|no transaction) at this address\.$/).isVisible()).toBe(true)
    expect(await sidewaysPixels(page)).toBe(0)
    expect(mishaps).toEqual([notFound])
  })

  it('no letter runs or loads anything, and each shows the text as it was told', async () => {
    const letters = await all.journey.letters()
    const { page, mishaps } = await openPage(browser, ...desktop)
    for (const { what, reference, change, words } of all.cases) {
      const mine = letters.filter(({ html }) => html.includes(reference))
      expect(mine, what).toHaveLength(2)
      for (const { to, html } of mine) {
        await page.setContent(html)
        const told = to.includes('team') ? words : `Dear ${change.person.personGivenName},`
        const shown = await rendered(page.getByRole('main'))
        expect(shown.split('\n'), what).toContain(told.replace(/[\s\p{C}]+/gu, ' ').trim())
      }
    }
    expect(mishaps).toEqual([])
  })

  it('the status page shows what is new when it is loaded again, as it says', async () => {
    const { page, mishaps } = await openPage(browser, ...phone)
    await page.goto(first.statusAddress)
    const promise = page.getByText('Load this page again to see what is new.')
    expect(await promise.isVisible()).toBe(true)
    const record = page.getByRole('row', { name: 'Customer record' })
    expect(await rendered(record)).toContain('Being looked at by a member of staff')
    const { reference, words: why } = first
    await all.journey.operations.resolveTransaction({ reference, system: 'crm', by: why, why })
    await all.journey.untilStage(first, 'ended')
    await page.reload()
    expect(await rendered(record)).toContain('Confirmed')
    expect(await page.getByText('Done', { exact: true }).isVisible()).toBe(true)
    expect(mishaps).toEqual([])
  })
})

/** The text as it is seen, in its lines. */
async function rendered(found: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what is not seen does not count
  return await found.innerText()
}

/** How far the page has to be pushed to the left to be read. */
async function sidewaysPixels(page: Page): Promise<number> {
  return await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}
