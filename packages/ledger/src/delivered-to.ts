import type { Database } from '@portreeve/database'

export interface Delivered {
  /** The receiver's own word for what it has. */
  readonly proof: string | null
  readonly since: Date
}

/** What a receiver has of a message or of a replay of it: what came there first. */
export function deliveredIn(database: Database): (receiver: string, messageId: string) => Delivered | null {
  const select = database.prepare(
    `SELECT p.proof, p.since FROM (
       SELECT number FROM messages WHERE id = :id UNION SELECT number FROM messages WHERE replay_of = :id
     ) AS m JOIN pairs AS p ON p.message = m.number
     WHERE p.receiver = :receiver AND p.state = 'delivered' ORDER BY p.since LIMIT 1`,
    { proof: 'text?', since: 'integer' },
  )
  return (receiver, id) => {
    const row = select.get({ id, receiver })
    return row ? { proof: row.proof, since: new Date(row.since) } : null
  }
}
