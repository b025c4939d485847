import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adapters, conditionProblems, openBroker } from '@portreeve/broker'
import { requireConfiguration } from '@portreeve/configuration'
import { startGateway } from '@portreeve/gateway'
import { addressChange } from '../system/support/address-change.ts'
import { writeFiles } from '../system/support/tell-us-once-configuration.ts'
import { until } from '../system/support/until.ts'

/** Of the template's stand-in, what is used here. */
interface Office {
  readonly baseUrl: string
  goDown(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

/**
 * Run in a working copy, with the name of an adapter that was made there and takes `customer.address.changed`. Prints, as JSON,
 * what a broker that has it as the receiver `office` tells at `/metrics` and `/health`: as it starts, while the system is away,
 * and when it is back and has one message.
 */
const [name = ''] = process.argv.slice(2)
const path = join(import.meta.dirname, `../../adapters/${name}/src/fake-system.ts`)
const { startFakeSystem }: { startFakeSystem: () => Promise<Office> } = await import(path)
await using opened = new AsyncDisposableStack()
const folder = opened.adopt(mkdtempSync(join(tmpdir(), 'portreeve-made-')), (made) => rmSync(made, { recursive: true }))
const system = opened.adopt(await startFakeSystem(), (started) => started.close())

await writeFiles(join(folder, 'config'), {
  'broker.yaml': JSON.stringify({
    authority: { code: 'X99000001', name: 'Borough of Sallowmere' },
    dataFolder: join(folder, 'data'),
    diskAlarmMegabytes: 0,
    door: { port: 0 },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a secret, as configuration names it
    adapters: { office: { adapter: name, baseUrl: system.baseUrl, apiKey: '${env:OFFICE_KEY}' } },
  }),
  'routes/to-office.yaml': 'from: customer.address.changed\nto: office\n',
})
const configuration = await requireConfiguration({
  folder: join(folder, 'config'),
  declarations: adapters,
  conditionProblems,
  environment: { OFFICE_KEY: 'secret' },
})
const retry = { baseDelayMs: 20, maxDelayMs: 200 }
const broker = opened.adopt(await openBroker({ configuration, retry }), (started) => started.stop())
const { baseUrl } = opened.adopt(await startGateway(broker, configuration), (started) => started.stop())
const textAt = async (page: string) => await (await fetch(baseUrl + page)).text()
const told = async () => ({ metrics: await textAt('/metrics'), health: JSON.parse(await textAt('/health')) })
const metric = (line: string) => async () => (await textAt('/metrics')).includes(line)
const paused = 'portreeve_receiver_paused{route="to-office",receiver="office"} 1'
const delivered = 'portreeve_delivery_outcomes_total{route="to-office",receiver="office",state="delivered"} 1'

await until('the door is ready', async () => (await fetch(`${baseUrl}/ready`)).ok)
const started = await told()
await system.goDown()
await fetch(`${baseUrl}/transactions/address-change`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'idempotency-key': 'one' },
  body: JSON.stringify(addressChange),
})
await until('it is paused', metric(paused), { withinMs: 60_000, instead: told })
const away = await told()
await system.comeBack()
await until('it is delivered', metric(delivered), { withinMs: 60_000, instead: told })
await until('it is not paused', async () => !(await metric(paused)()), { withinMs: 60_000, instead: told })
process.stdout.write(JSON.stringify({ started, away, back: await told() }))
