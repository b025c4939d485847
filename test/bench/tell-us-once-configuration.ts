import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Adapter } from '@portreeve/adapter-sdk'
import { adapters, conditionProblems } from '@portreeve/broker'
import { type Configuration, type DeliveryRoute, requireConfiguration } from '@portreeve/configuration'

const example = fileURLToPath(new URL('../../config/examples/sallowmere', import.meta.url))

/** Labels of the receivers. */
export const systems = ['crm', 'council-tax', 'electoral']

/** The example's, with a data folder of its own. */
export async function configured(): Promise<Configuration> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'bench-tell-us-once-'))
  const environment = { ...process.env, SALLOWMERE_DATA: dataFolder, VOA_PASSWORD: 'bench', CRM_KEY: 'bench' }
  return await requireConfiguration({ folder: example, declarations: adapters, conditionProblems, environment })
}

/** Without quality rules, e-mails and answers: what is left is what each transaction costs. */
export function secondJourney(configuration: Configuration): Configuration {
  return {
    ...configuration,
    diskAlarmMegabytes: 0,
    adapters: configuration.adapters.filter(({ label }) => systems.includes(label)),
    routes: configuration.routes
      .filter((route): route is DeliveryRoute => route.kind === 'delivery' && route.name.startsWith('updates-to-'))
      .map((route) => ({ ...route, batch: { maxMessages: 500, maxWaitSeconds: 0 } })),
    processes: configuration.processes.map((process) => ({
      ...process,
      quality: null,
      acknowledgement: null,
      alert: null,
      systems: process.systems.map((system) => ({ ...system, confirmWithinWorkingDays: null })),
    })),
  }
}

/** The same routes, straight from the transaction. */
export function withoutProcess(configuration: Configuration): Configuration {
  const routes = configuration.routes.map((route) => ({
    ...route,
    from: ['customer.address.changed'],
    when: undefined,
  }))
  return { ...configuration, processes: [], routes }
}

/** Takes everything at once. */
export function eager(): Adapter {
  return {
    check: async () => undefined,
    send: async ({ messages }) => messages.map(({ envelope: { id } }) => ({ state: 'delivered', proof: id })),
    lookup: async ({ messages }) => messages.map(({ envelope: { id } }) => ({ state: 'delivered', proof: id })),
    [Symbol.asyncDispose]: async () => undefined,
  }
}
