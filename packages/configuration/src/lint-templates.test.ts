import { expect, it } from 'vitest'
import { goodProcess, lint } from './testing/lint-example.ts'

const told = (files: Readonly<Record<string, string | null>>) => lint({ ...goodProcess, ...files })

it('tells of a template that the writer of e-mails does not have', async () => {
  expect(await told({ 'templates/help.txt': null })).toEqual([
    'processes/once.yaml:6:8 unknown-template: letters has no template "help". | Write help.subject.txt and help.txt into its folder, or use one of: thanks.',
  ])
})

it('tells of a value that the template is never given, in the template', async () => {
  expect(await told({ 'templates/thanks.txt': 'Dear {{ givenName }}, because {{ why }}' })).toEqual([
    'templates/thanks.txt:1:34 unknown-value: The template thanks uses "why", which no acknowledgement is given, so it could never be written. | Use one of: reference, givenName, movedOn, authority, statusAddress.',
  ])
})

it('tells of what is wrong with a file of an adapter: in the file, or at the setting that names it', async () => {
  expect(await told({ 'templates/bad.txt': 'Dear' })).toEqual([
    expect.stringMatching(/^templates\/bad\.txt:2:3 bad-file: The template file bad cannot be used/),
  ])
  const [problem] = await told({ 'templates/help.txt': null, 'templates/thanks.txt': null })
  expect(problem).toMatch(/^broker\.yaml:17:22 bad-file: The template file any cannot be read/)
})

it('leaves files alone of which it is not known where they are', async () => {
  const folder = ['templatesFolder: templates', 'templatesFolder: $' + '{env:NOWHERE}'] as const
  const broker = goodProcess['broker.yaml'].replace(...folder)
  expect(await lint({ ...goodProcess, 'broker.yaml': broker }, { needsSecrets: false })).toEqual([])
})
