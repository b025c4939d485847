import { type Envelope, envelopeSchema, fromHeaders } from '@portreeve/envelope'
import type { StoredRecord } from '@portreeve/log'
import { dataSchemaOf, emitJsonSchema, isProcessRecorded, messageSchemas } from '@portreeve/model'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

/** Topics of the broker's own, whose records are no messages. */
const noMessages: ReadonlySet<string> = new Set([
  'portreeve.reference.reserved',
  'portreeve.message.invalid',
  'portreeve.replay.recorded',
  'portreeve.state.changed',
])

const ajv = new Ajv2020({ strict: true, allErrors: true })
const isEnvelope = ajv.compile<Envelope>(envelopeSchema())
const bodies: ReadonlyMap<string, ValidateFunction> = new Map(
  Object.entries(messageSchemas).map(([type, schema]) => [type, ajv.compile(emitJsonSchema(schema))]),
)

/** What of a published record is not as the schemas of envelope and body say; an empty list is good. */
export function faultsOfRecord({ topic, partition, offset, headers, value }: StoredRecord): readonly string[] {
  if (noMessages.has(topic)) return []
  if (topic === 'portreeve.process.recorded') {
    const isOne = isProcessRecorded(JSON.parse(Buffer.from(value ?? '').toString()))
    return isOne ? [] : [`${topic}/${partition}/${offset}: it is nothing that a process learns`]
  }
  const envelope = fromHeaders(headers)
  // Made by a test itself, to see what the broker does with it.
  if (envelope.source.endsWith('/test')) return []
  const validate = bodies.get(topic)
  const faults: string[] = []
  if (!isEnvelope(envelope)) faults.push(`envelope ${ajv.errorsText(isEnvelope.errors)}`)
  if (envelope.type !== topic) faults.push(`type is ${envelope.type}`)
  if (envelope.dataSchema !== dataSchemaOf(topic)) faults.push(`dataschema is ${envelope.dataSchema}`)
  if (envelope.dataContentType !== 'application/json') faults.push(`content type is ${envelope.dataContentType}`)
  if (!validate) faults.push('no schema is known of its body')
  else if (!validate(JSON.parse(Buffer.from(value ?? '').toString()))) {
    faults.push(`body ${ajv.errorsText(validate.errors)}`)
  }
  return faults.map((fault) => `${topic}/${partition}/${offset}: ${fault}`)
}
