import type { CatalogueEntry } from '../entry.ts'

/** What back offices of any kind say of a person or a message, and how they fail. `{system}` is the instance's label. */
export const adapterErrors = {
  PRV_ADAPTER_PERSON_NOT_FOUND: {
    failureClass: 'message-bad',
    status: 422,
    text: '{system} has nobody who matches the person of this message.',
    remedy:
      'Look for the person there, then say who is meant: portreeve resolve <reference> <system> --person ID, with --even-so for one whom it has not named.',
  },
  PRV_ADAPTER_PERSON_AMBIGUOUS: {
    failureClass: 'message-bad',
    status: 422,
    text: '{system} has {count} persons who match the person of this message.',
    remedy: 'Say which of the candidates is meant: portreeve resolve <reference> <system> --person ID.',
  },
  PRV_ADAPTER_MESSAGE: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The message {id} is not what {system} takes: its type or its body is another one.',
    remedy: 'Look at the route that leads there: it may only carry what the adapter accepts.',
  },
  PRV_ADAPTER_REFUSED: {
    failureClass: 'message-bad',
    status: 422,
    text: '{system} refused the message with its code {code}.',
    remedy: 'Look up the code in its documentation; the message is sent again once it is corrected.',
  },
  PRV_ADAPTER_LOGIN: {
    failureClass: 'operator',
    status: 502,
    text: '{system} refused the login (HTTP {status}).',
    remedy: 'Check the login in its configuration; what is waiting is sent once it is right.',
  },
  PRV_ADAPTER_NOT_THERE: {
    failureClass: 'operator',
    status: 502,
    text: '{system} has no such service at {url} (HTTP {status}).',
    remedy: 'Check baseUrl, and that the adapter is the one for this system; what is waiting is sent once it is right.',
  },
  PRV_ADAPTER_BUSY: {
    failureClass: 'overload',
    status: 503,
    text: '{system} asks for fewer requests (HTTP {status}).',
    remedy: 'Nothing is to be done: it is sent again after the time that the system asks for.',
  },
  PRV_ADAPTER_UNAVAILABLE: {
    failureClass: 'target-down',
    status: 503,
    text: '{system} is not available ({fault}); nothing was sent.',
    remedy: 'Nothing is to be done: it is sent again by itself; if it goes on, call its operator.',
  },
  PRV_ADAPTER_NOT_BEGUN: {
    failureClass: 'target-down',
    status: 503,
    text: '{system} left the message before this one without an answer, so this one was not begun.',
    remedy: 'Nothing is to be done: it is sent once the system answers again.',
  },
  PRV_ADAPTER_NEVER_SEEN: {
    failureClass: 'target-down',
    status: 503,
    text: '{system} has never seen the message {id}.',
    remedy: 'Nothing is to be done: it is sent again.',
  },
  PRV_ADAPTER_FAULT: {
    failureClass: 'unknown-outcome',
    status: 502,
    text: '{system} answered with HTTP {status}, which does not say whether it did what it was asked.',
    remedy: 'It is asked before anything is sent again; if it goes on, call its operator.',
  },
  PRV_ADAPTER_ANSWER_UNREADABLE: {
    failureClass: 'unknown-outcome',
    status: 502,
    text: 'An answer of {system} cannot be read: {fault}.',
    remedy:
      'It is asked before anything is sent again; if it goes on, check that the adapter is the one for this system.',
  },
} as const satisfies Record<string, CatalogueEntry>
