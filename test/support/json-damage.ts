/** A copy of a JSON value with one thing wrong, and what that is. */
export interface Damage {
  readonly what: string
  readonly value: unknown
}

/**
 * Every way to damage a message in one place: each member and item left out, each text and number replaced by what it
 * must not be, each object with a member that nobody knows, each object and list emptied.
 */
export function* damages(value: unknown): Generator<Damage> {
  for (const { path, here, put } of places(value, '', (changed) => changed)) {
    if (typeof here === 'string') {
      yield { what: `empty     ${path}`, value: put('') }
      yield { what: `other     ${path}`, value: put('?') }
      yield { what: `no text   ${path}`, value: put(7) }
    } else if (typeof here === 'number') {
      yield { what: `negative  ${path}`, value: put(-1) }
      yield { what: `fraction  ${path}`, value: put(0.5) }
      yield { what: `no number ${path}`, value: put('seven') }
    } else if (Array.isArray(here)) {
      yield { what: `no items  ${path}`, value: put([]) }
      yield { what: `no list   ${path}`, value: put('list') }
    } else if (isObject(here)) {
      yield { what: `emptied   ${path}`, value: put({}) }
      yield { what: `unknown   ${path}/foreign`, value: put({ ...here, foreign: 'x' }) }
      for (const name of Object.keys(here)) {
        const { [name]: _gone, ...rest } = here
        yield { what: `without   ${path}/${name}`, value: put(rest) }
      }
    }
  }
}

interface Place {
  readonly path: string
  readonly here: unknown
  readonly put: (changed: unknown) => unknown
}

function* places(here: unknown, path: string, put: Place['put']): Generator<Place> {
  yield { path, here, put }
  if (Array.isArray(here)) {
    for (const [index, item] of here.entries()) {
      yield* places(item, `${path}/${index}`, (changed) => put(here.with(index, changed)))
    }
  } else if (isObject(here)) {
    for (const [name, member] of Object.entries(here)) {
      yield* places(member, `${path}/${name}`, (changed) => put({ ...here, [name]: changed }))
    }
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
