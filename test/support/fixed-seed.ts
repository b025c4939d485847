// Property tests try the same values in every run, so that a change is judged by what it changes. Other values:
//   PORTREEVE_SEED=$RANDOM npm test -- packages/core
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.PORTREEVE_SEED ?? 20_261_123) })
