import { describe, expect, it } from 'vitest'
import { dataSchemaOf, messageSchemas } from './message-schemas.ts'

describe('the schemas of message bodies', () => {
  it('have an id each, which no other has', () => {
    const ids = Object.keys(messageSchemas).map(dataSchemaOf)
    for (const id of ids) expect(id).toMatch(/^https:\/\/portreeve\.example\/schemas\/canonical\/[a-z-]+\/[0-9]+$/)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('are found by the type of the message, and only by that', () => {
    expect(dataSchemaOf('valuation.report.proposed')).toContain('/billing-authority-report/1')
    expect(dataSchemaOf('valuation.report.considered')).toBeUndefined()
    expect(dataSchemaOf('toString')).toBeUndefined()
  })
})
