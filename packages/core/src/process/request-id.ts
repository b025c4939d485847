/** Names one attempt to tell one system: what the system is given as our reference, so that a repeat is recognised. */
export interface RequestName {
  readonly instance: string
  readonly process: string
  readonly system: string
  /** From 1. */
  readonly attempt: number
}

export function requestId({ instance, process, system, attempt }: RequestName): string {
  return `${instance}.${process}.${system}.${attempt}`
}

/** `null` for what is no request's id. */
export function parseRequestId(id: string): RequestName | null {
  const [, instance, process, system, attempt] =
    /^(.+)\.([a-z][a-z0-9-]*)\.([a-z][a-z0-9-]*)\.([1-9][0-9]{0,5})$/.exec(id) ?? []
  if (instance === undefined || process === undefined || system === undefined) return null
  return { instance, process, system, attempt: Number(attempt) }
}
