import type { Adapter, AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { Mapping } from '@portreeve/mappings'
import { dataSchemaOf } from '@portreeve/model'
import { inAcceptedForm } from './translate.ts'

/** A message as its receiver is given it. Rejects with an error of the catalogue when it cannot be. */
export type FormOf = (message: Message) => Promise<Message>

interface FormParts {
  readonly mapOf: (message: Message) => string | undefined
  readonly mappings: ReadonlyMap<string, Mapping>
  readonly declaration: AdapterDeclaration
}

/** By its mapping, where it has one; then as JSON or XML, as the receiver wants it. */
export function formBy({ mapOf, mappings, declaration }: FormParts): FormOf {
  return async (message) => {
    const map = mapOf(message)
    if (map === undefined) return inAcceptedForm(message, declaration)
    const mapping = mappings.get(map)
    if (!mapping) throw new TypeError(`no mapping ${map}; the linter should have said so`)
    return inAcceptedForm(await mapMessage(message, mapping), declaration)
  }
}

/**
 * Message Translator at the door of a receiver: what is sent, and what is asked about, takes its form just before. Of a batch
 * with a message that has none, nothing is sent: that one is parked, and the others go again without it.
 */
export function mappedSending(adapter: Adapter, formOf: FormOf): Pick<Adapter, 'send' | 'lookup'> {
  const send = adapter.send?.bind(adapter)
  const lookup = adapter.lookup?.bind(adapter)
  return {
    ...(send && {
      send: async ({ id, messages }, signal) => {
        const forms = await Promise.all(messages.map((message) => formOf(message).catch(ours)))
        const failed = forms.find((form) => form instanceof PortreeveError)
        if (failed === undefined) return await send({ id, messages: forms.filter(isMessage) }, signal)
        return forms.map((form) => {
          if (form instanceof PortreeveError) return { state: 'not-taken', error: form.toJSON() }
          return { state: 'not-taken', error: neighbour.toJSON(), retryAfterMs: 0 }
        })
      },
    }),
    ...(lookup && {
      lookup: async ({ id, messages }, signal) =>
        await lookup({ id, messages: await Promise.all(messages.map(formOf)) }, signal),
    }),
  }
}

/** The message by a mapping: its id, key, reference and correlation stay. */
async function mapMessage({ envelope, body }: Message, mapping: Mapping): Promise<Message> {
  const { dataSchema: _, ...rest } = envelope
  const { type } = mapping.definition.to
  const mapped = await mapping.map(body)
  const dataSchema = dataSchemaOf(type)
  return {
    envelope: { ...rest, type, dataContentType: mapped.contentType, ...(dataSchema !== undefined && { dataSchema }) },
    body: mapped.body,
  }
}

const neighbour = new PortreeveError('PRV_MAPPINGS_NEIGHBOUR')

function isMessage(form: Message | PortreeveError): form is Message {
  return !(form instanceof PortreeveError)
}

function ours(error: unknown): PortreeveError {
  if (isPortreeveError(error)) return error
  throw error
}
