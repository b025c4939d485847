import type { Adapter, Outcome, Polled } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import type { AddressUpdateAnswered } from '@portreeve/model'
import { type FakeSystem, startFakeSystem } from '../fake-system.ts'
import electoral from '../index.ts'

const { signal } = new AbortController()

/** The adapter as after a start of the broker, at the folders of a stand-in. */
export async function open({ outFolder, returnsFolder }: FakeSystem, more: object = {}): Promise<Adapter> {
  return await electoral.open(
    { outFolder, returnsFolder, settleSeconds: 0, ...more },
    {
      label: 'electoral',
      authority: 'X99000001',
      now: () => new Date('2026-03-02T12:00:00Z'),
      signal,
      claims: {
        put: () => Promise.reject(new Error('no claims here')),
        get: () => Promise.reject(new Error('none')) as never,
      },
    },
  )
}

export async function send(adapter: Adapter, ...messages: readonly Message[]): Promise<readonly Outcome[]> {
  return (await adapter.send?.({ id: 'batch', messages }, signal)) ?? []
}

export async function lookUp(adapter: Adapter, ...messages: readonly Message[]): Promise<readonly Outcome[]> {
  return (await adapter.lookup?.({ id: 'batch', messages }, signal)) ?? []
}

/** What two looks for return files bring, and the fault that the second ends with: a file written at once is complete in that. */
export async function poll(
  adapter: Adapter,
  settles: (polled: Polled, index: number) => boolean = () => true,
): Promise<{ answers: readonly AddressUpdateAnswered[]; ids: readonly string[]; fault: unknown }> {
  const answers: AddressUpdateAnswered[] = []
  const ids: string[] = []
  let fault: unknown = null
  for (let look = 0; look < 2; look += 1) {
    fault = null
    try {
      for await (const { polled } of adapter.poll?.(null, signal) ?? []) {
        answers.push(JSON.parse(Buffer.from(polled.message.body).toString()))
        ids.push(polled.message.idSeed)
        if (settles(polled, ids.length - 1)) await polled.settle({ status: 'accepted', reference: 'R-1' })
      }
    } catch (error) {
      fault = error
    }
  }
  return { answers, ids, fault }
}

/** A stand-in with these people on its register, closed with the test. */
export async function systemWith(...names: readonly string[]): Promise<FakeSystem & AsyncDisposable> {
  const system = await startFakeSystem()
  for (const [index, name] of names.entries()) {
    const [forenames = '', surname = ''] = name.split(' ')
    system.register.push({ number: `E${1001 + index}`, forenames, surname, address: `${index + 1} OLD ROAD` })
  }
  return { ...system, [Symbol.asyncDispose]: () => system.close() }
}
