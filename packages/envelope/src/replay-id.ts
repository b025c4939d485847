const replayed = /\.replay\.[0-9A-Z-]{1,40}$/

/** Id of the message by which a replay, known by its reference, repeats another: the same one for ever. */
export function replayId(messageId: string, replay: string): string {
  return `${messageId}.replay.${replay}`
}

/** Id of the message that one with this id repeats; of a message that is no replay, its own. */
export function repeatedId(messageId: string): string {
  return messageId.replace(replayed, '')
}
