import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { redact } from './redact.ts'
import { validateConfig } from './validate-config.ts'

const declaration = {
  config: Type.Object(
    {
      baseUrl: Type.String({ format: 'uri' }),
      timeoutSeconds: Type.Optional(Type.Integer({ default: 60, minimum: 1 })),
      login: Type.Object(
        { user: Type.String(), password: Type.String({ secret: true }) },
        { additionalProperties: false },
      ),
      keys: Type.Optional(Type.Array(Type.Object({ id: Type.String(), privateKey: Type.String({ secret: true }) }))),
      proof: Type.Optional(
        Type.Union([
          Type.Object({ token: Type.String({ secret: true }) }),
          Type.Object({ certificate: Type.String() }),
        ]),
      ),
    },
    { additionalProperties: false },
  ),
}
const login = { user: 'BA9999', password: 'tide' }
const baseUrl = 'https://voa.example/'

describe('a config', () => {
  it('comes back with its defaults, and the one given is left as it is', () => {
    const given = { baseUrl, login }
    expect(validateConfig(declaration, given)).toEqual({ config: { ...given, timeoutSeconds: 60 }, problems: [] })
    expect(given).toEqual({ baseUrl, login })
  })

  it.each([
    ['what is missing', { baseUrl, login: { user: 'x' } }, '/login/password', 'is missing.'],
    ['what is not known', { baseUrl, login, 'time/out': 1 }, '/time~1out', 'is not known here.'],
    ['a wrong type', { baseUrl, login, timeoutSeconds: 'long' }, '/timeoutSeconds', 'must be integer.'],
    ['a wrong format', { baseUrl: 'voa', login }, '/baseUrl', 'must match format "uri".'],
    ['no config at all', null, '', 'must be object.'],
  ])('is refused for %s, at its place', (_what, value, pointer, sentence) => {
    expect(validateConfig(declaration, value).problems).toEqual([{ pointer, sentence }])
  })

  it('is refused for all that is wrong at once, and no secret is told', () => {
    const { problems } = validateConfig(declaration, { login: { user: 1, password: { tide: 1 } } })
    expect(problems.map(({ pointer }) => pointer).toSorted()).toEqual(['/baseUrl', '/login/password', '/login/user'])
    expect(JSON.stringify(problems)).not.toContain('tide')
  })
})

describe('a config that is shown', () => {
  it('covers every secret, at any depth, and nothing else', () => {
    const keys = [{ id: '1', privateKey: 'tide' }]
    expect(redact(declaration, { baseUrl, login, keys, proof: { token: 'tide' } })).toEqual({
      baseUrl,
      login: { user: 'BA9999', password: '***' },
      keys: [{ id: '1', privateKey: '***' }],
      proof: { token: '***' },
    })
  })

  it('covers a secret of the wrong type too', () => {
    expect(redact(declaration, { login: { password: ['tide'] } })).toEqual({ login: { password: '***' } })
  })

  it.each([[null], ['tide'], [[1]]])('may be no config at all: %j', (value) => {
    expect(redact(declaration, value)).toEqual(value)
  })
})
