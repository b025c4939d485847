import { catalogue, type ErrorCode } from './catalogue.ts'
import type { CatalogueEntry, FailureClass } from './entry.ts'

/** Values for the `{name}` places of the catalogue's sentences. Never personal data: they reach logs and screens. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>

/**
 * The only error that crosses a room's threshold. What it means is looked up by its code, never read from its text.
 *
 * @example throw new PortreeveError('PRV_LOG_CLOSED', { operation: 'append' })
 */
export class PortreeveError extends Error {
  override readonly name = 'PortreeveError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(fill(catalogueEntry(code).text, details), options)
    this.code = code
    this.details = details
  }

  get failureClass(): FailureClass {
    return catalogueEntry(this.code).failureClass
  }

  get status(): number {
    return catalogueEntry(this.code).status
  }

  get remedy(): string {
    return fill(catalogueEntry(this.code).remedy, this.details)
  }

  /** For `--json`, the admin socket and worker threads; `fromJson` is the way back. */
  toJSON(): ErrorJson {
    return { code: this.code, message: this.message, remedy: this.remedy, details: this.details }
  }

  static fromJson(json: ErrorJson): PortreeveError {
    return new PortreeveError(json.code, json.details)
  }
}

export interface ErrorJson {
  readonly code: ErrorCode
  readonly message: string
  readonly remedy: string
  readonly details: ErrorDetails
}

/** True for an error of ours, or for one with exactly this code. */
export function isPortreeveError(error: unknown, code?: ErrorCode): error is PortreeveError {
  return error instanceof PortreeveError && (code === undefined || error.code === code)
}

export function catalogueEntry(code: ErrorCode): CatalogueEntry {
  return (catalogue as Record<ErrorCode, CatalogueEntry>)[code]
}

function fill(sentence: string, details: ErrorDetails): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(details[name] ?? place))
}
