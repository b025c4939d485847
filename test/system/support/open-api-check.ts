import { Ajv2020 } from 'ajv/dist/2020.js'

interface Operation {
  readonly responses: Readonly<Record<string, object>>
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> }
}

/** What the checks need of an OpenAPI document. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: object
  readonly servers: readonly { readonly url: string }[]
}

export interface Answered {
  readonly path: string
  readonly method: string
  readonly status: number
  readonly contentType: string
  readonly body: unknown
}

/** Says whether answers are what an OpenAPI document declares. */
export class OpenApiCheck {
  readonly document: OpenApiDocument
  readonly #ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    formats: {
      uri: (text: string) => URL.canParse(text),
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
      date: /^\d{4}-\d\d-\d\d$/,
    },
  })

  constructor(document: OpenApiDocument) {
    this.document = document
    this.#ajv.addSchema(document, 'door')
  }

  /** Statuses that are declared for an operation. */
  statusesOf(path: string, method: string): readonly number[] {
    return Object.keys(this.document.paths[path]?.[method]?.responses ?? {})
      .map(Number)
      .sort()
  }

  /** What is wrong with an answer; empty when it is as declared. */
  faultsOf({ path, method, status, contentType, body }: Answered): readonly string[] {
    const [mediaType = ''] = contentType.split(';')
    return this.#faults(['paths', path, method, 'responses', String(status), 'content', mediaType, 'schema'], body)
  }

  /** What is wrong with what is to be sent. */
  bodyFaultsOf(path: string, body: unknown): readonly string[] {
    return this.#faults(['paths', path, 'post', 'requestBody', 'content', 'application/json', 'schema'], body)
  }

  #faults(steps: readonly string[], value: unknown): readonly string[] {
    const pointer = steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    const validate = this.#ajv.compile({ $ref: `door#${pointer.join('')}` })
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}
