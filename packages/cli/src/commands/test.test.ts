import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { run } from '../testing/test-run.ts'

const example = fileURLToPath(new URL('../../../../config/examples/sallowmere', import.meta.url))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-cli-test-'))
  await cp(example, folder, { recursive: true })
})
afterAll(() => rm(folder, { recursive: true }))

const given = '- name: it\n    given: [{ document: ../samples/3-cut-short.xml }]\n'
const beside = (text: string) => writeFile(join(folder, 'routes/split-submissions.test.yaml'), text)

it('tells of each case, and ends with 1 when one is not as expected', async () => {
  await beside(`cases:\n  ${given}    expect: { sent: { voa: 0 } }\n  ${given}    expect: { sent: { voa: 1 } }\n`)
  expect(await run(['test', 'split-submissions', '--config', folder])).toEqual({
    code: 1,
    err: '',
    out: `✓ split-submissions: it
✗ split-submissions: it
    voa was to be sent 1, and was sent 0.
    What became of it, by route and receiver:
      answers-to-revenues.revenues: 1 valuation.submission.refused delivered
    routes/split-submissions.test.yaml:5

1 of 2 cases as expected.
Ways through routes and rules: 1 of 1 shown.
`,
  })
})

it('knows what there is not', async () => {
  const { code, err } = await run(['test', 'no-such-route', '--config', folder])
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringContaining('there is no route, process or quality file no-such-route'),
  })
})

it('answers in JSON', async () => {
  await beside(`cases:\n  ${given}    expect: { sent: { voa: 0 } }\n`)
  const { code, out } = await run(['test', 'split-submissions', '--config', folder, '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    results: [{ kind: 'route', of: 'split-submissions', differences: [] }],
    ways: { inAll: 1, untested: [] },
  })
})

it('refuses a test that makes no sense, and so does lint, with the place', async () => {
  await beside('cases: []\n')
  const { code, err } = await run(['test', '--config', folder])
  expect(code).toBe(3)
  expect(err).toContain('routes/split-submissions.test.yaml:1:8')
  const lint = await run(['lint', '--config', folder, '--no-secrets'])
  expect(lint).toMatchObject({ code: 1, out: expect.stringContaining('routes/split-submissions.test.yaml:1:8') })
})
