import { Liquid } from 'liquidjs'
import { describe, expect, it } from 'vitest'
import { fromTemplateFault, fromTemplateFileFault } from './errors.ts'

it.each(['ENOENT', 'EACCES', 'EISDIR', 'EIO'])('a file that answers %s is a template that cannot be read', (errno) => {
  const fault = fromTemplateFileFault(Object.assign(new Error('/secret/path'), { code: errno }), 'note.txt')
  expect(fault).toMatchObject({ code: 'PRV_MAIL_TEMPLATE_MISSING', details: { file: 'note.txt', fault: errno } })
  expect(fault.failureClass).toBe('operator')
})

describe('what the template library objects to', () => {
  const engine = new Liquid({ strictVariables: true, strictFilters: true, templates: {} })
  const faultOf = async (source: string) =>
    await engine.parseAndRender(source, { givenName: 'Wilhelmina' }).then(
      () => null,
      (fault: unknown) => fromTemplateFault(fault, 'note.txt'),
    )

  it.each([
    ['Dear\n {{ surname }}', 2, 5, 'undefined variable: surname'],
    ['{{ givenName.length.size.x }}', 1, 4, 'undefined variable: givenName'],
    ['{{ givenName | shout }}', 1, 1, 'undefined filter: shout'],
    ['a\nb {% if givenName %}', 2, 3, 'tag {% if givenName %} not closed'],
    ['{% for', 1, 1, 'tag "{% for" not closed'],
    ['{% nonsense %}', 1, 1, 'tag "nonsense" not found'],
    ["{% render 'footer' %}", 1, 1, 'a tag or filter fails on the values'],
  ])('is told with its place: %j', async (source, line, column, words) => {
    const fault = await faultOf(source)
    expect(fault).toMatchObject({
      code: 'PRV_MAIL_TEMPLATE',
      details: { file: 'note.txt', line, column, fault: words },
    })
  })

  it.each(['{% render givenName %}', '{{ givenName[givenName] }}', '{{ nobody[givenName] }}'])(
    'never repeats a value: %s',
    async (source) => {
      const fault = await faultOf(source)
      expect(fault?.code).toBe('PRV_MAIL_TEMPLATE')
      expect(JSON.stringify([fault, fault?.cause])).not.toContain('Wilhelmina')
    },
  )

  it('is told without words when it is no fault of a template', () => {
    expect(fromTemplateFault(new RangeError('of Wilhelmina'), 'note.txt').details).toEqual({
      file: 'note.txt',
      line: 0,
      column: 0,
      fault: 'unknown',
    })
  })
})
