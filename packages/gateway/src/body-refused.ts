import { PortreeveError } from '@portreeve/errors'
import type { Problem } from '@portreeve/formats'

type BodyCode = 'PRV_GATEWAY_BODY_UNREADABLE' | 'PRV_GATEWAY_BODY_REFUSED'

/** What is wrong with a body, place by place. Has no value of it. */
export class BodyRefused extends PortreeveError {
  readonly problems: readonly Problem[]

  constructor(code: BodyCode, problems: readonly Problem[]) {
    super(code)
    this.problems = problems
  }
}
