import type { Difference } from '@portreeve/adapter-sdk'

/**
 * The VOA's own service reads a submission, corrects it, checks it and passes it on. This adapter does the same work in the
 * same order before anything is sent, but where the service's behaviour is a fault, or loses what somebody wrote, it
 * does what was meant. Rendered into the adapter's page.
 */
export const differences: readonly Difference[] = [
  {
    what: 'Business rates codes',
    service:
      'Compares unpadded 1 and 5, though the schema allows 01 to 19 only: for every code but 11 the entry rules never fire.',
    adapter:
      'Compares two digits: 01 to 04 are sent with proposed entries alone, 05 to 09 and 11 with existing ones alone.',
    why: 'It is what the rules say; the schema leaves no other reading.',
  },
  {
    what: 'Class in the postcode pattern',
    service: '[A-Z-[CIKMOV]] is a union in Java: CC11 1CC and AB1 2-- pass the rule and fail the schema afterwards.',
    adapter: 'The class is written out as the schema means it: [ABD-HJLNP-UW-Z].',
    why: 'One verdict, in the words of the rule.',
  },
  {
    what: 'Several bad postcodes in a report',
    service: 'Tells the first one.',
    adapter: 'Tells each, with its place.',
    why: 'One round of corrections instead of several.',
  },
  {
    what: 'A property whose only address is a BS7666 one',
    service: 'Removes it, and then refuses the report because the schema demands one of two addresses.',
    adapter: 'Writes it out as a text address first (text-address-from-bs7666).',
    why: 'The report is good; only the form of its address is not wanted.',
  },
  {
    what: 'BS7666 addresses and grid co-ordinates',
    service: 'Lost.',
    adapter: 'Not sent, but kept in the canonical message.',
    why: 'The gazetteer needs them.',
  },
  {
    what: 'A missing side of CR05 and CR12',
    service: 'Copies text address and BA reference; the UPRN is lost.',
    adapter:
      "Copies the property's whole identity. Band, description and occupier stay with the side they were given for.",
    why: 'The copy stands for the same property.',
  },
  {
    what: '[PROPOSED] before the address lines of CR05',
    service: 'Makes lines longer than the 100 characters of the schema, and appends everything again in a second pass.',
    adapter:
      'Left to a service that corrects (serviceCorrects): a line that it would make too long refuses the report. Where it does not correct, such a line goes without the mark; what is there already is not appended again.',
    why: 'What the service appends must not stand there twice; one line must not refuse a whole submission.',
  },
  {
    what: 'The proposed address in the remarks of CR12',
    service:
      'Makes remarks longer than 240 characters, which a later rule refuses; writes null for a missing postcode; works on remarks and postcodes before they are put right; adds it again in a second pass.',
    adapter:
      'Left to a service that corrects (serviceCorrects), with remarks and postcodes put right; remarks that it would make too long refuse the report. Where it does not correct: as many parts as fit, no null, once.',
    why: 'What the service appends must not stand there twice; one report must not refuse a whole submission.',
  },
  {
    what: 'A rateable value in a council tax report',
    service: 'Dropped along with unknown bands.',
    adapter: 'Kept.',
    why: 'It is no band.',
  },
  {
    what: 'A band with white space around it',
    service: 'Read as the band.',
    adapter: 'Sent without the white space, and told as a correction.',
    why: 'The officer sees what was changed.',
  },
  {
    what: 'Description codes beside a text of one character',
    service: 'Dropped with the text.',
    adapter: 'Kept; the text alone is dropped.',
    why: 'They say what the property is.',
  },
  {
    what: 'Elements that the schema does not know, or that are there twice',
    service: 'Dropped without a word, or kept until the schema refuses them.',
    adapter: 'The report is refused, with the place of the element.',
    why: 'What cannot be kept must not be lost in silence.',
  },
  {
    what: 'Both taxes in a report, or none',
    service: 'Breaks off the whole submission without a reason.',
    adapter: 'Refuses that report with 1021.',
    why: 'The others are good.',
  },
  {
    what: 'One bad report in a file, or in a submission',
    service: 'Refuses all of them.',
    adapter: 'Refuses that one. The others go on; those of a refused submission are sent again at once in a new one.',
    why: 'The officer sends one report again instead of a thousand.',
  },
  {
    what: 'Business rules and schema',
    service: 'Stops at the first step that any report fails.',
    adapter: 'Stops at the first step that this report fails, and tells everything which that step finds.',
    why: 'Each report is judged by itself.',
  },
  {
    what: 'Counts that the trailer declares',
    service: 'Overwrites them; TotalNNDRreportCount is always 0.',
    adapter: 'Does not trust them; in what is sent, each count is right.',
    why: 'Business rates reports are counted where they belong.',
  },
  {
    what: 'ProcessDate and EntryDateTime of the header',
    service: 'Kept, or filled with the time now.',
    adapter:
      'Kept in the message. A submission has a header of its own, with the time at which its youngest report was accepted, in London.',
    why: 'The same batch must be the same bytes, so that a repeat is recognised.',
  },
  {
    what: "Header elements other than the authority's code",
    service: 'Refused by the schema where they are wrong.',
    adapter: 'Kept as they came; name and code that are sent come from the configuration.',
    why: 'They say nothing about a report.',
  },
  {
    what: "The CR05 form of the service's web page",
    service: 'Passes existing and proposed properties in the wrong order.',
    adapter: 'Not copied.',
    why: 'It swaps the properties.',
  },
  {
    what: 'Rules given up in 2019 and 2020: numbers of entries, CR15 and CR16, authority in each report, upper case',
    service: 'Not checked.',
    adapter: 'Warnings, which refuse nothing.',
    why: 'They show what older systems at the VOA expect.',
  },
  {
    what: 'Corrections of what is corrected already',
    service: 'Adds the proposed addresses of CR05 and CR12 again.',
    adapter: 'A second pass changes nothing; those two corrections are left to a service that corrects.',
    why: 'A report that is sent twice must stay the same report.',
  },
]
