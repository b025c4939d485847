import { Type } from 'typebox'

export const fileNameSchema = Type.String({
  minLength: 1,
  description: 'Name of the file as the submitter gave it. Portreeve.',
})

export const digestSchema = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'SHA-256 of the file, lower-case hex: its address in the claim-check store. Portreeve.',
})

export const inboxSchema = Type.String({
  minLength: 1,
  description: 'Label of the inbox that the file was dropped into. Portreeve.',
})
