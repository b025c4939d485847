import Type, { type Static } from 'typebox'
import { Expected } from './route-test-expect.ts'
import { Given, RegisterAnswers, ScriptedAnswer } from './route-test-given.ts'
import { labelPattern } from './schema.ts'

export type { ScriptedAnswer } from './route-test-given.ts'

/** One case of a test. */
export const RouteCase = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'What is promised, as a sentence.' }),
    at: Type.Optional(
      Type.String({
        format: 'date',
        description: 'The day on which it begins, at nine in the morning. Default: today.',
      }),
    ),
    given: Type.Array(Given, {
      minItems: 1,
      description:
        'What happens, one after the other. Documents and messages that stand next to each other come in at once; before anything else, what came is played to its end.',
    }),
    answers: Type.Optional(
      Type.Record(Type.String({ pattern: labelPattern }), Type.Array(ScriptedAnswer), {
        description: 'By label of an adapter, one for each message or question. Behind the last: delivered.',
      }),
    ),
    registers: Type.Optional(
      Type.Record(Type.String({ pattern: labelPattern }), RegisterAnswers, {
        description: 'By label of an adapter that quality rules ask.',
      }),
    ),
    expect: Expected,
  },
  { additionalProperties: false },
)
export type RouteCase = Static<typeof RouteCase>

/** `<name>.test.yaml` in `routes/`, `processes/` or `quality/`: the cases of what the file beside it says. */
export const RouteTestFile = Type.Object(
  { cases: Type.Array(RouteCase, { minItems: 1, description: 'Each is played on a broker of its own.' }) },
  { additionalProperties: false },
)
