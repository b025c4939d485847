import { doorTypes } from '@portreeve/configuration'
import { messageSchemas } from '@portreeve/model'
import { expect, it } from 'vitest'
import { transactionKinds } from './transaction-kinds.ts'

it('takes exactly the types that the configuration says a door takes, each of the canonical model', () => {
  expect(transactionKinds.map(({ type }) => type).sort()).toEqual([...doorTypes].sort())
  expect(doorTypes.filter((type) => !(type in messageSchemas))).toEqual([])
})

it('reads the example of every kind', async () => {
  for (const { name, example, read } of transactionKinds) {
    await expect(read(Buffer.from(JSON.stringify(example))), name).resolves.toHaveProperty('about')
  }
})
