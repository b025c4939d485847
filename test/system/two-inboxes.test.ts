import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { reportFile } from './support/report-file.ts'

const { start } = boroughs()

it('answers each file in the inbox that it came into: split, refused here, refused by the VOA, and refused as a whole', async () => {
  const inboxes = ['revenues', 'scanning']
  const borough = await start({ inboxes, voa: { refuse: { '7001': '1007', '7002': '1007' } } })
  const files = []
  for (const [index, inbox] of inboxes.entries()) {
    const reports = [{}, { reportNumber: `700${index + 1}` }, { reason: 'CR08' }]
    const mixed = await borough.drop(`${inbox}.xml`, reportFile({ reports }), { inbox })
    const bad = await borough.drop(`${inbox}-bad.xml`, reportFile({ authorityCode: '' }), { inbox })
    files.push({ inbox, mixed, bad })
  }
  await borough.settled()
  for (const { inbox, mixed, bad } of files) {
    // CR08 is refused here with 1006; 1007 is the VOA's word alone.
    expect(await borough.answer(mixed, '1007', inbox)).toMatch(/2 reports went .*1 report.* refused here/)
    await borough.answer(bad, 'The file as a whole was refused', inbox)
    const answers = await borough.answers(inbox)
    expect(answers.toSorted()).toEqual(
      [mixed, bad]
        .flatMap(({ name, digest }) => ['json', 'txt'].map((ending) => `${name}.${digest.slice(0, 8)}.${ending}`))
        .toSorted(),
    )
  }
})
