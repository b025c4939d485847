import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

/** What stands in the title of a test that is skipped without a browser. */
export const needsChromium = ' [needs Chromium]'

const executablePath = process.env.PORTREEVE_CHROMIUM ?? '/usr/bin/chromium'
const flags = [
  // Its own sandbox refuses to run as root. Only pages of ours are opened.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function hasChromium(): boolean {
  return existsSync(executablePath)
}

/** Without a window, with a profile that is empty and goes with it. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: flags })
}

/** A page of a size, and what happens on it that should not. */
export interface WatchedPage {
  readonly page: Page
  /** Scripts that ran, dialogs, errors, breaches of the content security policy, requests for anything but the page; in words. */
  readonly mishaps: readonly string[]
}

export async function openPage(browser: Browser, width: number, height: number): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width, height } })
  const mishaps: string[] = []
  page.on('console', (message) => mishaps.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => mishaps.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    mishaps.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.isNavigationRequest()) mishaps.push(`request: ${request.url()}`)
  })
  await page.exposeFunction('ran', () => void mishaps.push('a script ran'))
  await page.addInitScript(`addEventListener('securitypolicyviolation', (event) => {
    console.log('content security policy: ' + event.violatedDirective)
  })`)
  return { page, mishaps }
}
