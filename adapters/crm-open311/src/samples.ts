import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { undone } from './to-canonical.ts'

/** Answers that the CRM has to give, each as the body of its response. */
export const sampleAnswers = {
  filed: [{ service_request_id: '1001' }],
  token: [{ token: 'T-17' }],
  ambiguous: [
    {
      code: 'account_ambiguous',
      description: 'Several accounts may be meant.',
      accounts: [
        {
          account_id: 'P-201',
          first_name: 'Ambrose',
          last_name: 'Sampleby',
          birth_date: '1990-05-17',
          address: '2 Quay Street, ZZ99 5WZ',
        },
        {
          account_id: 'P-202',
          first_name: 'Ambrose',
          last_name: 'Sampleby',
          birth_date: null,
          address: '9 Mill Lane, ZZ99 4WZ',
        },
      ],
    },
  ],
  list: [
    {
      service_request_id: '1001',
      external_reference: 'request-1',
      status: 'closed',
      external_status_code: 'fixed',
      status_notes: 'The record is changed.',
      service_code: 'change-of-address',
      requested_datetime: '2026-03-02T10:00:00Z',
      updated_datetime: '2026-03-02T11:30:00Z',
      updated_by: 'c.lerk',
    },
  ],
}

const json = (value: unknown) => JSON.stringify(value, null, 2)

/** What a CRM has to answer, beyond what GeoReport v2 asks of it. */
export const samples: NonNullable<AdapterDeclaration['samples']> = [
  {
    title: 'A request is filed: `POST /requests.json`',
    about: [
      'A form with `api_key`, `service_code` (the `caseType`) and the fields below; what is not known is left out, and',
      '`attribute[household][]` comes once for each other person. The CRM has to keep `attribute[external_reference]`: the same one',
      'again is the same request, and gets the same number. `account_id` is there when a person has chosen whom it is about; else the CRM',
      'looks for them.',
      '',
      'Fields: `attribute[external_reference]`, `account_id`, `first_name`, `last_name`, `email`, `phone`, `address_string`, `address_id`',
      '(UPRN), `attribute[title]`, `attribute[birth_date]`, `attribute[customer_reference]`, `attribute[moved_on]`,',
      '`attribute[new_postcode]`, `attribute[old_address]`, `attribute[old_address_id]`, `attribute[old_postcode]`,',
      '`attribute[household][]`.',
      '',
      'The answer is 200 or 201 with the number of the request, text or a number:',
    ].join('\n'),
    language: 'json',
    text: json(sampleAnswers.filed),
  },
  {
    title: 'Or with a token, if the number is not known yet',
    about:
      '`GET /tokens/<token>.json` is asked for it, some seconds long, and answers 404 or a `service_request_id` that is empty until it is known; then as above. Longer than that, it is looked for by its external reference.',
    language: 'json',
    text: json(sampleAnswers.token),
  },
  {
    title: 'Or that it does not know the person',
    about:
      'With 400, 413 or 422: `account_not_found` or `account_ambiguous`, with those who may be meant, from whom a person chooses. Any other `code` (letters, figures, dots, dashes, 60 at most) refuses the request for good. 401 and 403 mean the `api_key`, 429 and 503 that it is to be sent later.',
    language: 'json',
    text: json(sampleAnswers.ambiguous),
  },
  {
    title: 'Requests are listed: `GET /requests.json`',
    about: [
      'Asked in two ways, both with `api_key`:',
      '',
      '- by `external_reference`: the one request that was filed under it, or an empty list.',
      '- by `updated_after` (seconds, UTC), `service_code`, `page` (from 1) and `page_size` (200; fewer may come): what was changed at or',
      '  after that moment, **oldest change first**. A page beyond the last is empty.',
      '',
      '| Field | What stands there |',
      '|---|---|',
      '| `service_request_id`, `requested_datetime`, `updated_datetime` | always; times with a zone, as in RFC 3339 |',
      '| `external_reference` | as it was filed; without it the request is none of ours and passed over |',
      '| `status` | `open`, or `closed`: done, unless the code says otherwise |',
      `| \`external_status_code\` | what \`status\` cannot tell, or nothing. With \`closed\`, these say that it was not done: ${undone.map((code) => `\`${code}\``).join(', ')} |`,
      '| `status_notes` | in words, for whoever looks into it |',
      '| `updated_by` | who changed it last; the `integrationUser` brings no news |',
    ].join('\n'),
    language: 'json',
    text: json(sampleAnswers.list),
  },
]
