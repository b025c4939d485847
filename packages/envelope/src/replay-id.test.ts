import { expect, it } from 'vitest'
import { repeatedId, replayId } from './replay-id.ts'

it('tells from the id of a replay what it repeats, and leaves every other id as it is', () => {
  expect(replayId('f00d-1', '9R3R-L632')).toBe('f00d-1.replay.9R3R-L632')
  expect(repeatedId(replayId('f00d.moves.crm.1', '9R3R-L632'))).toBe('f00d.moves.crm.1')
  expect(['f00d', 'f00d.moves.crm.1', 'a.replay.b'].map(repeatedId)).toEqual(['f00d', 'f00d.moves.crm.1', 'a.replay.b'])
})
