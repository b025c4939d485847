import type { AdapterPromise, FlaggedPromise } from './adapter-promise.ts'
import * as abort from './promises/abort.ts'
import * as batch from './promises/batch.ts'
import * as check from './promises/check.ts'
import * as declaration from './promises/declaration.ts'
import * as dispose from './promises/dispose.ts'
import * as lookup from './promises/lookup.ts'
import * as methods from './promises/methods.ts'
import * as poll from './promises/poll.ts'
import * as receive from './promises/receive.ts'
import * as repeat from './promises/repeat.ts'
import * as request from './promises/request.ts'

const subjects = [declaration, methods, check, poll, receive, batch, repeat, lookup, request, abort, dispose]

/** Every promise that an adapter can give. */
export const promises: readonly (AdapterPromise | FlaggedPromise)[] = subjects.flatMap((subject) =>
  Object.values(subject),
)
