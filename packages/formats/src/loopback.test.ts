import { expect, it } from 'vitest'
import { isLoopback } from './loopback.ts'

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['[::1]', true],
  ['127.1', false],
  ['127.example.org', false],
  ['localhost.example.org', false],
  ['10.0.0.1', false],
])('%s is this machine itself: %s', (host, stays) => expect(isLoopback(host)).toBe(stays))
