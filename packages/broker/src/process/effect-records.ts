import type { ProcessConfiguration } from '@portreeve/configuration'
import { emailRequested } from '@portreeve/configuration'
import type { EmailEffect, EmailValues, ProcessEffect, ProcessInstance, RequestEffect } from '@portreeve/core'
import type { Envelope } from '@portreeve/envelope'
import type { LogRecord } from '@portreeve/log'
import { addressUpdateOf, type EmailRequested } from '@portreeve/model'
import { noTracing, type Tracing } from '@portreeve/telemetry'
import { jsonBody, type MessageMaker } from '../message-maker.ts'
import { toRecord } from '../message-record.ts'
import { DecisionSpans } from './decision-spans.ts'

export interface EffectParts {
  readonly processes: readonly ProcessConfiguration[]
  readonly maker: MessageMaker
  /** What each e-mail is told besides: who writes, and where the transaction can be followed. */
  readonly valuesOf: (instance: ProcessInstance) => EmailValues<'all'>
  /** Default: none. */
  readonly tracing?: Tracing
}

/** The messages that go out because of a step of a process: children of the message that counts. */
export function effectRecords(
  effects: readonly ProcessEffect[],
  instanceOf: (process: string, id: string) => ProcessInstance | undefined,
  parts: EffectParts,
): readonly LogRecord[] {
  const spans = new DecisionSpans(parts.tracing ?? noTracing)
  const records = effects.flatMap((effect) => {
    const process = parts.processes.find(({ name }) => name === effect.process)
    const instance = process && instanceOf(process.name, effect.instance)
    if (!process || !instance) throw new TypeError(`${effect.id} belongs to no instance of a process`)
    return effect.kind === 'request'
      ? requestRecord(effect, process, instance, parts.maker, spans)
      : emailRecord(effect, process, instance, parts, spans)
  })
  spans.end()
  return records
}

function requestRecord(
  { id, system, body, messageId, personReference }: RequestEffect,
  { name, requests: type }: ProcessConfiguration,
  instance: ProcessInstance,
  maker: MessageMaker,
  spans: DecisionSpans,
): LogRecord {
  const who = personReference === undefined ? {} : { personReference }
  const request = addressUpdateOf(JSON.parse(body), { system, ...who })
  const emitted = { type, idSeed: id, key: instance.key, ...jsonBody(request) }
  return toRecord(maker.child(parentOf(instance, messageId, spans), emitted, name), emitted.key)
}

function emailRecord(
  { id, template, to, values }: EmailEffect,
  { name }: ProcessConfiguration,
  instance: ProcessInstance,
  { maker, valuesOf }: EffectParts,
  spans: DecisionSpans,
): LogRecord {
  const all = { ...valuesOf(instance), ...values }
  const email: EmailRequested = {
    template,
    to,
    values: Object.entries(all).map(([key, text]) => ({ name: key, text })),
  }
  // A bad address holds up nobody's other e-mails.
  const emitted = { type: emailRequested, idSeed: id, key: id, ...jsonBody(email) }
  return toRecord(maker.child(parentOf(instance, instance.messageId, spans), emitted, name), emitted.key)
}

function parentOf(instance: ProcessInstance, messageId: string, spans: DecisionSpans): Envelope {
  const envelope: Envelope = JSON.parse(instance.envelope)
  return { ...envelope, id: messageId, traceParent: spans.traceParentOf(instance, envelope) }
}
