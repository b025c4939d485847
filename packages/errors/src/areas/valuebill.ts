import type { CatalogueEntry } from '../entry.ts'

/** The VOA's service. */
export const valuebillErrors = {
  PRV_VALUEBILL_CODES_UNUSABLE: {
    failureClass: 'operator',
    status: 500,
    text: 'The code lists {file} cannot be used: {reason}',
    remedy: 'Put the file right, or take codesFile out of the configuration: then the lists of this software are used.',
  },
  PRV_VALUEBILL_LOGIN: {
    failureClass: 'operator',
    status: 502,
    text: 'The VOA refused the login of billing authority {user} (HTTP {status}).',
    remedy: 'Check billingAuthorityCode and password with the VOA; what is waiting is sent once they are right.',
  },
  PRV_VALUEBILL_NOT_FOUND: {
    failureClass: 'operator',
    status: 502,
    text: 'There is no submission service at {url} (HTTP {status}).',
    remedy: 'Check baseUrl; what is waiting is sent once it is right.',
  },
  PRV_VALUEBILL_TOO_LARGE: {
    failureClass: 'operator',
    status: 502,
    text: 'The VOA does not take a submission of {reports} reports and {sizeBytes} bytes (HTTP {status}).',
    remedy: 'Lower maxMessages in the route to the VOA; what is waiting is sent in smaller submissions.',
  },
  PRV_VALUEBILL_NOT_TAKEN: {
    failureClass: 'operator',
    status: 502,
    text: 'The VOA did not take the submission (HTTP {status}).',
    remedy: 'Ask the VOA what it wants otherwise; what is waiting is sent again after a restart of the receiver.',
  },
  PRV_VALUEBILL_SUBMISSION_REFUSED: {
    failureClass: 'operator',
    status: 502,
    text: 'The VOA refused the submission as a whole ({codes}), not one of its reports.',
    remedy:
      'Check billingAuthority and billingAuthorityCode: 1010 and 1012 mean that the code is not the one the login belongs to. Else ask the VOA. What is waiting is sent again by itself, and judged anew each time.',
  },
  PRV_VALUEBILL_NEIGHBOUR_REFUSED: {
    failureClass: 'overload',
    status: 503,
    text: 'Nothing is wrong with this report, but a submission is taken whole or not at all, and {refused} of its reports were refused.',
    remedy: 'Nothing is to be done: it is sent again without the refused ones.',
  },
  PRV_VALUEBILL_SAME_IDENTITY: {
    failureClass: 'overload',
    status: 503,
    text: 'A submission ends before a report that has the report number and transaction of an earlier one in it: the VOA could not tell them apart.',
    remedy: 'Nothing is to be done: it is sent in a later submission.',
  },
  PRV_VALUEBILL_BUSY: {
    failureClass: 'overload',
    status: 503,
    text: 'The VOA asks for fewer submissions (HTTP 429).',
    remedy: 'Nothing is to be done: it is sent again after the time that the VOA asks for.',
  },
  PRV_VALUEBILL_UNAVAILABLE: {
    failureClass: 'target-down',
    status: 503,
    text: "The VOA's service is not available (HTTP 503).",
    remedy: 'Nothing is to be done: it is sent again by itself; if it goes on, ask the VOA.',
  },
  PRV_VALUEBILL_NOT_SUBMITTED: {
    failureClass: 'target-down',
    status: 503,
    text: 'The VOA has never seen the submission {submissionId}.',
    remedy: 'Nothing is to be done: it is sent again.',
  },
  PRV_VALUEBILL_FAULT: {
    failureClass: 'unknown-outcome',
    status: 502,
    text: 'The VOA answered with HTTP {status}, which does not say whether it took the submission.',
    remedy: 'The VOA is asked before anything is sent again; if it goes on, tell it the submission {submissionId}.',
  },
  PRV_VALUEBILL_ANSWER_UNREADABLE: {
    failureClass: 'unknown-outcome',
    status: 502,
    text: 'The answer of the VOA cannot be read ({fault}), so it is not known whether it took the submission.',
    remedy: 'The VOA is asked before anything is sent again; if it goes on, tell it the submission {submissionId}.',
  },
  PRV_VALUEBILL_OTHER_BYTES: {
    failureClass: 'unknown-outcome',
    status: 502,
    text: 'The VOA has another document under the id {submissionId} (HTTP 409), sent by an earlier version of this software or with another configuration.',
    remedy: 'The VOA is asked what became of that one before anything is sent again.',
  },
  PRV_VALUEBILL_MESSAGE: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The message {id} is no billing authority report.',
    remedy: 'Look at the route that leads to the VOA: it may only carry valuation.report.proposed.',
  },
} as const satisfies Record<string, CatalogueEntry>
