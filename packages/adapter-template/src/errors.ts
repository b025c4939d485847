import { httpFault } from '@portreeve/adapter-sdk'
import { type HttpResponse, retryAfter } from '@portreeve/endpoints'
import type { PortreeveError } from '@portreeve/errors'

/** Who answered, where and when. */
export interface Exchange {
  /** Label of the instance. */
  readonly system: string
  readonly url: string
  readonly now: Date
}

/** What an answer other than the hoped-for one means. */
export function faultOf({ status, headers }: HttpResponse, { system, url, now }: Exchange): PortreeveError {
  return httpFault({ status, retryAfterMs: retryAfter(headers, now) }, { system, url })
}
