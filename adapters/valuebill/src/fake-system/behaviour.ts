/** What the stand-in does to the requests of a kind, instead of answering as it should. */
export type Behaviour = Misbehaviour & {
  /** How many requests it holds for. Default: until it is changed. */
  readonly requests?: number
  /** Which requests. Default `submit`. */
  readonly on?: RequestKind | 'any'
  /** Whether a submission takes effect all the same. Each kind has its default. */
  readonly taken?: boolean
}

export type RequestKind = 'submit' | 'lookup' | 'health'

export type Misbehaviour =
  /** The right answer; to let some requests pass before the next behaviour. */
  | { readonly kind: 'well' }
  /** Another status, such as 500, 429 or 503. Not taken. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** Says nothing, then cuts the connection. Not taken. Default 300 seconds. */
  | { readonly kind: 'silence'; readonly seconds?: number }
  /** Takes it, and answers rightly that much later, when the caller has long given up. */
  | { readonly kind: 'late'; readonly seconds: number }
  /** Takes it, announces the whole answer, sends half and cuts the connection. */
  | { readonly kind: 'half-body' }
  /** 200 and a page in HTML, as from a proxy's error page. Not taken. */
  | { readonly kind: 'html' }
  /** Cuts the connection without an answer. Not taken, unless `taken` says so. */
  | { readonly kind: 'cut' }
  /** Takes it, and answers 200 with nothing in it. */
  | { readonly kind: 'empty' }
  /** Takes it, and sends the right answer as `text/plain`. */
  | { readonly kind: 'wrong-content-type' }
  /** Takes it, and sends the right answer behind that many bytes of white space. Default 64 MiB. */
  | { readonly kind: 'huge'; readonly bytes?: number }
  /** Takes it, and sends the right answer byte by byte. Default one in 100 ms. */
  | { readonly kind: 'drip'; readonly intervalMs?: number }

const takes: Readonly<Record<Misbehaviour['kind'], boolean>> = {
  well: true,
  status: false,
  silence: false,
  late: true,
  'half-body': true,
  html: false,
  cut: false,
  empty: true,
  'wrong-content-type': true,
  huge: true,
  drip: true,
}

/** True when a request under this behaviour takes effect. */
export function takesEffect(behaviour: Behaviour): boolean {
  return behaviour.taken ?? takes[behaviour.kind]
}

/** True for what came over HTTP and names a known kind; `status` needs its number, `late` its seconds. */
export function isBehaviour(value: unknown): value is Behaviour {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  if (typeof value.kind !== 'string' || !Object.hasOwn(takes, value.kind)) return false
  if (value.kind === 'status') return 'status' in value && typeof value.status === 'number'
  return value.kind !== 'late' || ('seconds' in value && typeof value.seconds === 'number')
}

/** The behaviours to come; each is used up after its number of requests. */
export class BehaviourQueue {
  #waiting: { readonly behaviour: Behaviour; left: number }[] = []

  set(behaviours: readonly Behaviour[]): void {
    this.#waiting = behaviours.map((behaviour) => ({ behaviour, left: behaviour.requests ?? Number.POSITIVE_INFINITY }))
  }

  /** For a request that has just come: the first that concerns its kind, or to behave well. */
  next(kind: RequestKind): Behaviour {
    const found = this.#waiting.find(({ behaviour }) => concerns(behaviour, kind))
    if (!found) return { kind: 'well' }
    found.left -= 1
    if (found.left <= 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== found)
    return found.behaviour
  }

  remaining(): readonly Behaviour[] {
    return this.#waiting.map(({ behaviour, left }) => ({
      ...behaviour,
      ...(Number.isFinite(left) && { requests: left }),
    }))
  }
}

function concerns({ on = 'submit' }: Behaviour, kind: RequestKind): boolean {
  return on === 'any' || on === kind
}
