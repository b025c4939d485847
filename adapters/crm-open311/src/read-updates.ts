import { unreadable } from '@portreeve/adapter-sdk'
import { isPortreeveError, type PortreeveError } from '@portreeve/errors'
import type { Open311Client } from './client.ts'
import { isReference, requestHead, type ServiceRequest, serviceRequestForm } from './vendor-types.ts'

/** What was updated since a moment, as far as it could be read. */
export interface Updates {
  /** Requests that somebody outside refers to, oldest change first. */
  readonly requests: readonly ServiceRequest[]
  /** Everything up to here was read, in milliseconds. */
  readonly readTo: number
  /** Why nothing behind that could be. */
  readonly fault: PortreeveError | null
}

/** Pages of one poll; the next one goes on behind them. */
const mostPages = 500

/** Whether the CRM means at or after by its `updated_after`, it does not say. */
const marginMs = 1000

/**
 * Reads page by page, each from the moment at which the last one ended: a request that is updated meanwhile moves to the end
 * and would draw one over the edge of two numbered pages. Numbers are for a moment that fills a page by itself.
 */
export async function readUpdates(
  { client, system }: { readonly client: Open311Client; readonly system: string },
  from: number,
  signal: AbortSignal,
): Promise<Updates> {
  const found = new Found(system, from)
  let since = from
  let page = 1
  for (let pages = 0; pages < mostPages && !signal.aborted; pages++) {
    const isNews = found.add(await client.updatedSince(new Date(since), page, signal))
    if (found.fault !== null) break
    const next = found.readTo - marginMs
    const isAtEnd = page > 1 && !isNews
    if ((page === 1 || isAtEnd) && next > since) {
      since = next
      page = 1
    } else if (isAtEnd || (page === 1 && found.wasEmpty)) break
    else page++
  }
  return found
}

class Found implements Updates {
  readonly requests: ServiceRequest[] = []
  readTo: number
  fault: PortreeveError | null = null
  wasEmpty = false
  readonly #system: string
  readonly #seen = new Set<string>()

  constructor(system: string, from: number) {
    this.#system = system
    this.readTo = from
  }

  /** True when the page held something that no earlier one did. */
  add(page: readonly unknown[]): boolean {
    const before = this.#seen.size
    this.wasEmpty = page.length === 0
    let last = Number.NEGATIVE_INFINITY
    try {
      for (const item of page) last = this.#take(item, last)
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      this.fault = error
    }
    return this.#seen.size > before
  }

  /** @returns when the request was updated */
  #take(item: unknown, last: number): number {
    if (!requestHead.Check(item)) throw unreadable(this.#system, 'a request has no number or no updated_datetime')
    const updated = momentOf(item.updated_datetime)
    if (updated === null) throw unreadable(this.#system, 'an updated_datetime is no time with a zone')
    if (updated < last) throw unreadable(this.#system, 'its requests are not in the order of updated_datetime')
    const key = `${item.service_request_id} ${item.updated_datetime}`
    if (!this.#seen.has(key)) {
      if (isReference(item.external_reference)) this.requests.push(this.#ours(item))
      this.#seen.add(key)
      this.readTo = Math.max(this.readTo, updated)
    }
    return updated
  }

  #ours(item: unknown): ServiceRequest {
    if (serviceRequestForm.Check(item) && momentOf(item.requested_datetime) !== null) return item
    throw unreadable(this.#system, 'a request is not of the form that was agreed')
  }
}

/** Milliseconds; `null` for what is no date and time with a zone (RFC 3339). */
export function momentOf(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return null
  const moment = Date.parse(text)
  return Number.isNaN(moment) ? null : moment
}
