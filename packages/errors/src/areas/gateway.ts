import type { CatalogueEntry } from '../entry.ts'

/** The HTTP door. Nothing of what was brought is told back: a sentence may reach whom it does not concern. */
export const gatewayErrors = {
  PRV_GATEWAY_LISTEN: {
    failureClass: 'operator',
    status: 500,
    text: 'The door cannot listen at {listen}, port {port} ({fault}).',
    remedy: 'Check door.listen and door.port in broker.yaml, and which other program has the port.',
  },
  PRV_GATEWAY_PATH_UNKNOWN: {
    failureClass: 'message-bad',
    status: 404,
    text: 'There is nothing at this address.',
    remedy: 'Correct the address: /openapi.json says what there is.',
  },
  PRV_GATEWAY_KIND_UNKNOWN: {
    failureClass: 'message-bad',
    status: 404,
    text: 'There is no such kind of transaction; there are: {kinds}.',
    remedy: 'Correct the address: /openapi.json says what there is.',
  },
  PRV_GATEWAY_METHOD: {
    failureClass: 'message-bad',
    status: 405,
    text: 'This address does not take the method of the request; it takes {allowed}.',
    remedy: 'Use one of those: /openapi.json says what there is.',
  },
  PRV_GATEWAY_API_KEY: {
    failureClass: 'message-bad',
    status: 401,
    text: 'The request has no API key that is known here.',
    remedy: 'Send the header Authorization: Bearer with the key that the operator gave out.',
  },
  PRV_GATEWAY_IDEMPOTENCY_KEY: {
    failureClass: 'message-bad',
    status: 400,
    text: 'The request has no header Idempotency-Key of 1 to {maxCharacters} visible ASCII characters without blanks.',
    remedy: 'Send one that is new for each transaction, such as a UUID, and the same one again when it is repeated.',
  },
  PRV_GATEWAY_IDEMPOTENCY_KEY_USED: {
    failureClass: 'message-bad',
    status: 409,
    text: 'The idempotency key was used before, with another body. That one was accepted, this one was not.',
    remedy: 'Send a new transaction under a new key, or a repeated one exactly as it was.',
  },
  PRV_GATEWAY_CONTENT_TYPE: {
    failureClass: 'message-bad',
    status: 415,
    text: 'The body is not said to be {wanted}.',
    remedy: 'Send it as JSON in UTF-8, with the header Content-Type: application/json.',
  },
  PRV_GATEWAY_CONTENT_ENCODING: {
    failureClass: 'message-bad',
    status: 415,
    text: 'The body is said to be encoded, as by compression.',
    remedy: 'Send it as it is, without the header Content-Encoding.',
  },
  PRV_GATEWAY_BODY_TOO_LARGE: {
    failureClass: 'message-bad',
    status: 413,
    text: 'The body has more than {maxBodyBytes} bytes.',
    remedy: 'Send less, or ask the operator to raise door.maxBodyBytes.',
  },
  PRV_GATEWAY_BODY_UNREADABLE: {
    failureClass: 'message-bad',
    status: 400,
    text: 'The body cannot be read as JSON.',
    remedy: 'Correct it where errors says, and send it again under the same idempotency key.',
  },
  PRV_GATEWAY_BODY_REFUSED: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The body is not what this address takes.',
    remedy: 'Correct it where errors says, and send it again under the same idempotency key.',
  },
  PRV_GATEWAY_TRANSACTION_UNKNOWN: {
    failureClass: 'message-bad',
    status: 404,
    text: 'There is no transaction at this address.',
    remedy: 'Use the whole address that was given when the transaction was accepted; the reference alone does not do.',
  },
  PRV_GATEWAY_OTHER_HOST: {
    failureClass: 'operator',
    status: 421,
    text: 'The request was meant for another host than this one.',
    remedy: 'Use the address that the door listens at; or make a key with portreeve key new, and use any.',
  },
  PRV_GATEWAY_REQUEST_MALFORMED: {
    failureClass: 'message-bad',
    status: 400,
    text: 'The request is not well-formed HTTP/1.1, or leaves open where it ends.',
    remedy: 'Send it with a library for HTTP, with one Content-Length or with chunks.',
  },
  PRV_GATEWAY_HEADERS_TOO_LARGE: {
    failureClass: 'message-bad',
    status: 431,
    text: 'The headers of the request are too large.',
    remedy: 'Send fewer or shorter headers: 16 KiB in all.',
  },
  PRV_GATEWAY_REQUEST_SLOW: {
    failureClass: 'message-bad',
    status: 408,
    text: 'The request did not come in within the time that it may take.',
    remedy: 'Send it again, under the same idempotency key.',
  },
  PRV_GATEWAY_UNAVAILABLE: {
    failureClass: 'operator',
    status: 503,
    text: 'The door cannot take anything or look anything up at the moment.',
    remedy: 'Send it again later, under the same idempotency key. The operator sees the cause with portreeve status.',
  },
} as const satisfies Record<string, CatalogueEntry>
