import type { Text } from '../../src/base/index.ts';
import type { Role } from '../../src/people/index.ts';

/** `GET /api/sign-in/ways`: what this installation has been set up with. */
export interface Ways {
  readonly oidc: boolean;
  readonly phone: boolean;
  readonly demo: boolean;
}

export interface Post {
  readonly id: string;
  readonly role: Role;
  readonly scopeName: Text;
}

/** `POST /api/sign-in` of somebody with several posts: one at a time. */
export interface Choice {
  readonly choose: readonly Post[];
}

export interface SignedIn {
  /** Where the role works: `/ward`. */
  readonly screen: string;
}
