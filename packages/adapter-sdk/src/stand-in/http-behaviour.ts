/** What a stand-in with an HTTP door does to a request, instead of answering as it should. */
export type HttpMisbehaviour =
  /** The right answer; to let some requests pass before the next behaviour. */
  | { readonly kind: 'well' }
  /** Another status, such as 401, 429, 500 or 503. Takes no effect. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** Says nothing, then cuts the connection. Takes no effect. Default 300 seconds. */
  | { readonly kind: 'silence'; readonly seconds?: number }
  /** Takes effect, and answers rightly that much later, when the caller has long given up. */
  | { readonly kind: 'late'; readonly seconds: number }
  /** Takes effect, and answers with success and nothing in it. */
  | { readonly kind: 'empty' }
  /** Takes effect, and cuts the connection without an answer. */
  | { readonly kind: 'cut' }
  /** Success and a page in HTML, as from a proxy. Takes no effect. */
  | { readonly kind: 'html' }

export type HttpBehaviour = HttpMisbehaviour & {
  /** How many requests it holds for. Default: until it is changed. */
  readonly requests?: number
  /** Which requests: those that change something, those that ask, or any. Default `write`. */
  readonly on?: HttpRequestKind | 'any'
  /** Whether the request takes effect all the same. Each kind has its default. */
  readonly taken?: boolean
}

export type HttpRequestKind = 'write' | 'read'

const takes: Readonly<Record<HttpMisbehaviour['kind'], boolean>> = {
  well: true,
  status: false,
  silence: false,
  late: true,
  empty: true,
  cut: true,
  html: false,
}

/** True when a request under this behaviour takes effect. */
export function takesEffect({ kind, taken }: HttpBehaviour): boolean {
  return taken ?? takes[kind]
}

/** The behaviours to come; each is used up after its number of requests. */
export class HttpBehaviours {
  #waiting: { readonly behaviour: HttpBehaviour; left: number }[] = []

  /** Takes the place of all that was set before; none means to behave well. */
  set(...behaviours: readonly HttpBehaviour[]): void {
    this.#waiting = behaviours.map((behaviour) => ({ behaviour, left: behaviour.requests ?? Number.POSITIVE_INFINITY }))
  }

  /** For a request that has just come: the first that concerns its kind, or to behave well. */
  next(kind: HttpRequestKind): HttpBehaviour {
    const found = this.#waiting.find(({ behaviour: { on = 'write' } }) => on === 'any' || on === kind)
    if (!found) return { kind: 'well' }
    found.left -= 1
    if (found.left <= 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== found)
    return found.behaviour
  }
}
