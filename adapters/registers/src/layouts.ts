import type { RecordField, RecordLayout } from '@portreeve/formats'

const uprn = { name: 'uprn', pattern: '^[0-9]{1,12}$', trim: true } as const
const text = (name: string, required: boolean): RecordField => ({ name, required, trim: true, maxLength: 500 })
const whole = (name: string): RecordField => ({ name, type: 'integer', trim: true })

const register = { format: 'csv', otherColumns: 'ignored' } as const

/** Columns of a register of addresses; others are left alone. */
export const addressLayout: RecordLayout = {
  ...register,
  fields: [{ ...uprn, required: true }, text('address', false), whole('capacity'), whole('occupants')],
}

/** Columns of a register of persons. */
export const personLayout: RecordLayout = {
  ...register,
  fields: [
    text('personReference', true),
    text('personFamilyName', true),
    text('personGivenName', true),
    { name: 'personBirthDate', type: 'date', trim: true },
    uprn,
  ],
}
