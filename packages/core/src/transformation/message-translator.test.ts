import { expect, it } from 'vitest'
import { messagesOf } from '../testing/delivery-world.ts'
import { translateMessage } from './message-translator.ts'

const [item] = messagesOf([{ key: 'a', body: 'good' }])
const encoder = new TextEncoder()

function messageWith(body: string) {
  if (item === undefined) throw new TypeError('a message')
  return { ...item.message, body: encoder.encode(body) }
}

it('changes the body and what the envelope says of it, and nothing else', () => {
  const message = messageWith('{"reports":3}')
  const write = (value: unknown) => encoder.encode(`<value>${JSON.stringify(value)}</value>`)
  const translated = translateMessage(message, 'application/xml', write)
  expect(new TextDecoder().decode(translated.body)).toBe('<value>{"reports":3}</value>')
  expect(translated.envelope).toEqual({ ...message.envelope, dataContentType: 'application/xml' })
  expect(message.envelope.dataContentType).toBe('application/json')
})

it.each([
  ['is no JSON', 'good', () => new Uint8Array()],
  [
    'has no such form',
    '{}',
    () => {
      throw new RangeError('Jo Bloggs')
    },
  ],
])('refuses a body that %s, and shows nothing of it', (_, body, write) => {
  const translate = () => translateMessage(messageWith(body), 'application/xml', write)
  expect(translate).toThrow(expect.objectContaining({ code: 'PRV_CORE_TRANSLATION' }))
  expect(translate).not.toThrow(/good|Bloggs/)
})
