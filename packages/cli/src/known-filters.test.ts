import { expect, it } from 'vitest'
import { readConfiguration } from './configured.ts'
import { requireKnownFilters } from './known-filters.ts'
import { exampleFolder } from './testing/example-folder.ts'
import { errorOf, run } from './testing/test-run.ts'

const terminal = {
  out: async () => {},
  err: () => {},
  colour: false,
  live: false,
  columns: 80,
  environment: {},
  workingFolder: '/',
  now: () => new Date(),
}
const status = {
  receivers: [{ receiver: 'reports-to-voa.voa' }],
  counts: [{ receiver: 'of-old.post', type: 'valuation.letter.sent' }],
}

it('a receiver or a type that is not there is told with those that are; those of old are there', async () => {
  await using folder = await exampleFolder()
  const configuration = await readConfiguration({ config: folder.config, needsSecrets: false }, terminal)
  const judge = (filters: object) => requireKnownFilters(filters, { configuration, status })
  await expect(judge({ receiver: 'vao' })).rejects.toMatchObject({
    code: 'PRV_CLI_USAGE',
    message: expect.stringContaining('there is no receiver "vao"; use one of of-old.post, reports-to-voa.voa.'),
  })
  await expect(judge({ type: 'valuation.report' })).rejects.toThrow(
    /no type "valuation\.report"; use one of .*valuation\.report\.refused/,
  )
  await judge({})
  await judge({ receiver: 'of-old.post', type: 'valuation.letter.sent' })
  await judge({ receiver: 'reports-to-voa.voa', type: 'valuation.report.refused' })
})

it('an option of messages is refused for anything else, where it would have no effect', async () => {
  await using folder = await exampleFolder()
  const words = (...more: string[]) => run(['list', 'routes', ...more, '--config', folder.config, '--json'])
  const refused = await words('--correlation-id', 'x')
  expect(refused.code).toBe(2)
  expect(errorOf(refused).message).toContain('--correlation-id is for messages, not for routes')
  expect((await words()).code).toBe(0)
})
