import type { Adapter } from '../../adapter.ts'
import type { AdapterDeclaration } from '../../declaration.ts'
import type { Outcome } from '../../outcome.ts'
import type { FakeCaseSystem } from '../../stand-in/index.ts'
import { validateConfig } from '../../validate-config.ts'
import { ada, requestOf } from './messages.ts'

/** The adapter, opened at a system of its own; disposed of together. */
export interface Opened extends AsyncDisposable {
  readonly system: FakeCaseSystem
  readonly adapter: Adapter
  send(id: string, body?: object): Promise<Outcome | undefined>
  /** A new one at the same system, as after a restart of the broker. */
  again(): Promise<Adapter>
}

const { signal } = new AbortController()

/** Opens adapters of a declaration at stand-ins for cases, which hold Ada unless the options say otherwise. */
export function caseSystemOpener<Options extends object>(
  declaration: AdapterDeclaration,
  start: (options: Options | { readonly persons: readonly (typeof ada)[] }) => Promise<FakeCaseSystem>,
) {
  return async (options?: Options, timeoutSeconds = 10): Promise<Opened> => {
    const system = await start({ persons: [ada], ...options })
    const again = () => openAdapter(declaration, { baseUrl: system.baseUrl, timeoutSeconds })
    const adapter = await again()
    return {
      system,
      adapter,
      again,
      async send(id, body) {
        const outcomes = await adapter.send?.({ id: `batch-${id}`, messages: [requestOf(id, body)] }, signal)
        return outcomes?.[0]
      },
      [Symbol.asyncDispose]: () => system.close(),
    }
  }
}

/** With the key `secret`, and a clock that stands still. */
export async function openAdapter(
  declaration: AdapterDeclaration,
  given: Readonly<Record<string, unknown>>,
): Promise<Adapter> {
  const { config, problems } = validateConfig(declaration, { apiKey: 'secret', ...given })
  if (config === undefined) throw new TypeError(`the config is not valid: ${JSON.stringify(problems)}`)
  return await declaration.open(config, {
    label: 'crm',
    authority: 'X99000001',
    now: () => new Date('2026-03-02T10:00:00Z'),
    signal,
    claims: { put: () => Promise.reject(new TypeError('no claims here')), async *get() {} },
  })
}
