import type { Database } from '@portreeve/database'
import { isPortreeveError } from '@portreeve/errors'

/** One kind of thing that does not fit. */
export interface InvariantProblem {
  readonly kind:
    | 'file'
    | 'pair-missing'
    | 'message-missing'
    | 'outcome-without-message'
    | 'counts'
    | 'position'
    | 'oddities'
  /** How many. */
  readonly count: number
  /** With an example. */
  readonly sentence: string
}

/** So long an outcome may be ahead of its message: topics are read side by side. */
const earlyOutcomeMaySeconds = 600

const found = { count: 'integer', example: 'text?' } as const

/** Each query counts what breaks a rule and names an example. */
export function invariantsIn(
  database: Database,
  receiversOf: (type: string) => readonly string[],
  now: () => Date,
): () => readonly InvariantProblem[] {
  const integrity = integrityIn(database)
  const types = database.prepare('SELECT DISTINCT type FROM messages', { type: 'text' })
  const lacking = database.prepare(
    `SELECT count(*) AS count, min(m.id) AS example FROM messages AS m
     WHERE m.type = ? AND NOT EXISTS (SELECT 1 FROM pairs AS p WHERE p.message = m.number AND p.receiver = ?)`,
    found,
  )
  const orphans = database.prepare(
    `SELECT count(*) AS count, min(receiver) AS example FROM pairs
     WHERE NOT EXISTS (SELECT 1 FROM messages WHERE number = message)`,
    found,
  )
  const stuck = database.prepare(
    `SELECT count(*) AS count, min(message_id) AS example FROM early_outcomes
     WHERE at < ? OR EXISTS (SELECT 1 FROM messages WHERE id = message_id)`,
    found,
  )
  const wrongCounts = database.prepare(
    `WITH counted AS (
       SELECT m.type, p.receiver, p.state, count(*) AS pairs FROM pairs AS p JOIN messages AS m ON m.number = p.message
       GROUP BY m.type, p.receiver, p.state),
     wrong AS (
       SELECT * FROM (SELECT * FROM counted EXCEPT SELECT type, receiver, state, pairs FROM pair_counts)
       UNION ALL SELECT * FROM (SELECT type, receiver, state, pairs FROM pair_counts EXCEPT SELECT * FROM counted))
     SELECT count(*) AS count, min(receiver || ' ' || state) AS example FROM wrong`,
    found,
  )
  const beyond = database.prepare(
    `SELECT count(*) AS count, min(m.id) AS example FROM messages AS m LEFT JOIN positions AS r
       ON r.topic = m.topic AND r."partition" = m."partition" WHERE m."offset" >= coalesce(r.next, 0)`,
    found,
  )
  const odd = database.prepare('SELECT count(*) AS count, min(kind) AS example FROM oddities', found)

  return () => {
    const problems: InvariantProblem[] = []
    const expectNone = (
      kind: InvariantProblem['kind'],
      row: { count: number; example: string | null } | undefined,
      says: string,
    ) => {
      const { count = 0, example = null } = row ?? {}
      if (count > 0) problems.push({ kind, count, sentence: `${count} ${says} (for example ${example}).` })
    }
    const file = integrity()
    if (file !== 'ok') return [{ kind: 'file', count: 1, sentence: `The file is damaged: ${file}.` }]
    for (const { type } of types.all()) {
      for (const receiver of receiversOf(type)) {
        expectNone('pair-missing', lacking.get(type, receiver), `messages have no pair with their receiver ${receiver}`)
      }
    }
    expectNone('message-missing', orphans.get(), 'pairs have no message')
    const tooOld = now().getTime() - earlyOutcomeMaySeconds * 1000
    expectNone('outcome-without-message', stuck.get(tooOld), 'recorded outcomes have not met their message')
    expectNone('counts', wrongCounts.get(), 'counts differ from what is there')
    expectNone('position', beyond.get(), 'messages stand behind the position that was read up to')
    expectNone('oddities', odd.get(), 'things in the log could not be followed')
    return problems
  }
}

/** `ok`, or what SQLite finds wrong with its file; states that do not exist are among it. */
function integrityIn(database: Database): () => string {
  const check = database.prepare('PRAGMA integrity_check(1)', { integrity_check: 'text' })
  return () => {
    try {
      return check.get()?.integrity_check ?? 'no answer'
    } catch (error) {
      if (isPortreeveError(error, 'PRV_DATABASE_DAMAGED')) return error.message
      throw error
    }
  }
}
