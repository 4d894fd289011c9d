import { useCalls, useMe } from '../../../data/queries.ts';
import { Asking } from '../../../shell/states.tsx';
import { Calls } from '../../hotline/calls.tsx';

/** Calls of this line, answered and called back by whoever sits at it. */
export function LineCalls() {
  const me = useMe();
  const asked = useCalls();
  const line = me.data?.actor.scope.split(':')[1];
  return <Asking asked={asked}>{({ calls }) => <Calls calls={calls} mine={calls.find(({ state, answered }) => state === 'answered' && answered?.by === me.data?.actor.id)} line={line} />}</Asking>;
}
