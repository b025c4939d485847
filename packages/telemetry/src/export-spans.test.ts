import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { exportSpans } from './export-spans.ts'

let server: Server
let status = 200
let taken: { url: string | undefined; body: string }[] = []
let otlpUrl = ''
beforeEach(async () => {
  status = 200
  taken = []
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      taken.push({ url: request.url, body: Buffer.concat(parts).toString() })
      response.writeHead(status).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  otlpUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

function start(changes: Partial<Parameters<typeof exportSpans>[0]> = {}) {
  const told: string[] = []
  const said = { serviceName: 'portreeve-test', serviceVersion: '0', sampleRatio: 1 }
  const onLost = () => void told.push('lost')
  const onArrived = () => void told.push('arrived')
  return { told, ...exportSpans({ otlpUrl, ...said, onLost, onArrived, ...changes }) }
}

it('sends what is left to the collector when it is stopped, with the name of the service', async () => {
  const { tracing, stop, told } = start({ otlpUrl: `${otlpUrl}/` })
  tracing.start('accept', 'customer.address.changed', { attributes: { reference: '9R3R-L632' } }).end()
  await stop()
  expect(taken.map(({ url }) => url)).toEqual(['/v1/traces'])
  expect(taken[0]?.body).toContain('"portreeve-test"')
  expect(taken[0]?.body).toContain('"accept customer.address.changed"')
  expect(told).toEqual(['arrived'])
})

it('sends nothing when nothing is to be recorded', async () => {
  const { tracing, stop } = start({ sampleRatio: 0 })
  tracing.start('accept', 'customer.address.changed').end()
  await stop()
  expect(taken).toEqual([])
})

it('says that spans are lost, when the collector refuses them or is not there', async () => {
  status = 400
  const refused = start()
  refused.tracing.start('poll', 'crm').end()
  await refused.stop()
  const away = start({ otlpUrl: 'http://127.0.0.1:1' })
  away.tracing.start('poll', 'crm').end()
  await away.stop()
  expect(refused.told).toEqual(['lost'])
  expect(away.told).not.toContain('arrived')
})

it('stops although the collector never answers', async () => {
  server.removeAllListeners('request')
  const { tracing, stop } = start()
  tracing.start('poll', 'crm').end()
  await expect(stop()).resolves.toBeUndefined()
})
