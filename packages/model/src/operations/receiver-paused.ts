import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'
import { populatedText } from '../text.ts'

/** Body of `operations.receiver.paused`: told once, until the receiver answers again. */
export const receiverPausedSchema = Type.Object(
  {
    receiver: populatedText('Name of the receiver: route and label.', 'Portreeve'),
    code: populatedText('Code of the error catalogue.', 'Portreeve'),
    sentence: populatedText('What is wrong.', 'Portreeve'),
    remedy: populatedText('What to do about it.', 'Portreeve'),
    pausedAt: populatedText('Since when, in UTC.', 'RFC 3339, date-time'),
  },
  {
    ...named('ReceiverPaused', 1),
    additionalProperties: false,
    description: 'A receiver cannot be reached, or asks to be spared: what is for it waits.',
  },
)

export type ReceiverPaused = Immutable<Static<typeof receiverPausedSchema>>
