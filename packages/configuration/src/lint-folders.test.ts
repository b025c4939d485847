import { expect, it } from 'vitest'
import { goodBroker, lint } from './testing/lint-example.ts'

const withSecondDesk = (folder: string) => `${goodBroker}  scanning:\n    adapter: desk\n    inboxFolder: ${folder}\n`

it.each(['inbox', './inbox/', 'other/../inbox'])(
  'tells two adapters that share an inbox, at the second: %s',
  async (folder) => {
    expect(await lint({ 'broker.yaml': withSecondDesk(folder) })).toEqual([
      'broker.yaml:15:18 shared-folder: scanning has the same inboxFolder as post. | Give each adapter a folder of its own.',
    ])
  },
)

it('says nothing of two adapters with an inbox each', async () => {
  expect(await lint({ 'broker.yaml': withSecondDesk('scans') })).toEqual([])
})
