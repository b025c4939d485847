import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { configSchema } from './config.ts'

const takes = (baseUrl: string) => Value.Check(configSchema.properties.baseUrl, baseUrl)

it.each(['https://voa.example', 'http://127.0.0.1:8080/', 'https://voa.example/ba-reports/@v1'])(
  'takes the address %s',
  (baseUrl) => expect(takes(baseUrl)).toBe(true),
)

it.each([
  'https://BA9999:tide@voa.example/ba-reports',
  'https://tide@voa.example',
  'https://voa.example/ba-reports?key=tide',
  'https://voa.example?key=tide',
  'https://voa.example/ba-reports#tide',
])('refuses %s, for an address is shown in errors and may hold no secret', (baseUrl) =>
  expect(takes(baseUrl)).toBe(false),
)
