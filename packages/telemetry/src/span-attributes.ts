interface NamedAttribute {
  /** As it is exported. */
  readonly key: string
  readonly means: string
  /** What it may hold: anything else is left out. Absent: a number. */
  readonly pattern?: RegExp
}

const label = /^[a-z][a-z0-9-]{0,59}$/

/**
 * The allow list: nothing else about a message or a request leaves with a span. No value can hold a name, an address or a text
 * that somebody wrote; what does not look as it should is left out, not shortened.
 */
export const spanAttributes = {
  type: {
    key: 'messaging.destination.name',
    means: 'type of the message, which is its topic',
    pattern: /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/,
  },
  group: {
    key: 'messaging.consumer.group.name',
    means: 'consumer group, such as a receiver: route and label',
    pattern: /^[a-z][a-z0-9-]{0,59}([.:][a-z0-9-]{1,60})?$/,
  },
  messages: { key: 'messaging.batch.message_count', means: 'how many messages' },
  route: { key: 'prv.route', means: 'name of the route', pattern: label },
  label: { key: 'prv.label', means: 'label of the adapter, or door', pattern: label },
  process: { key: 'prv.process', means: 'name of the process', pattern: label },
  reference: {
    key: 'prv.reference',
    means: 'reference number, where it is one message',
    pattern: /^[0-9A-Z]{4}(-[0-9A-Z]{4}){1,2}$/,
  },
  state: {
    key: 'prv.state',
    means: 'what became of it, several states joined by +',
    pattern: /^(accepted|duplicate|another|started|held|answered|delivered|refused|not-taken|unknown|\+(?=[a-z]))+$/,
  },
  code: {
    key: 'error.type',
    means: 'why it failed or was refused: a code of ours, or a number of the receiver',
    pattern: /^(PRV_[A-Z0-9_]{1,80}|[0-9]{1,6})$/,
  },
  method: { key: 'http.request.method', means: 'method of the request', pattern: /^(GET|POST)$/ },
  path: { key: 'http.route', means: 'template of the path', pattern: /^(\/[a-z-]+|\/\{[a-z]+\}){1,4}$/ },
  status: { key: 'http.response.status_code', means: 'status of the answer' },
} as const satisfies Record<string, NamedAttribute>

type AttributeName = keyof typeof spanAttributes

export type SpanAttributes = {
  readonly [Name in AttributeName]?:
    | ((typeof spanAttributes)[Name] extends { readonly pattern: RegExp } ? string : number)
    | undefined
}

/** What is exported of them. */
export function exported(attributes: SpanAttributes): Record<string, string | number> {
  const entries = Object.entries(attributes).flatMap(([name, value]) => {
    const known: NamedAttribute | undefined = isName(name) ? spanAttributes[name] : undefined
    return known && mayLeave(known, value) ? [[known.key, value] as const] : []
  })
  return Object.fromEntries(entries)
}

function mayLeave({ pattern }: NamedAttribute, value: string | number | undefined): value is string | number {
  return pattern ? typeof value === 'string' && pattern.test(value) : Number.isSafeInteger(value)
}

function isName(name: string): name is AttributeName {
  return Object.hasOwn(spanAttributes, name)
}
