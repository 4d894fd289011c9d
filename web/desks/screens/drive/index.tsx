import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openOutbox } from '../../data/outbox.ts';
import { useMe } from '../../data/queries.ts';
import { Crew } from './crew.tsx';
import { Driver } from './driver.tsx';
import './drive.css';
import { Unsent } from './unsent.tsx';
import { VehicleOfToday } from './vehicle.tsx';

/**
 * On the dashboard: the next stop in big letters and one big button. Nothing here is to be read while driving, and nothing here
 * needs a network: what is pressed is kept and sent later, with the time at which it was pressed.
 */
export default function Drive() {
  const me = useMe();
  const queries = useQueryClient();
  const actor = me.data?.actor;
  useEffect(() => (actor ? openOutbox(actor.id, () => queries.refetchQueries({ type: 'active' }, { throwOnError: true })) : undefined), [actor?.id, queries]);
  if (!actor) return null;
  const [kind = '', code = ''] = actor.scope.split(':');
  const vehicle = kind === 'unit' || kind === 'car' ? code : undefined;
  return (
    <div className="drive">
      <VehicleOfToday kind={actor.role === 'crew' ? 'unit' : 'car'} current={vehicle} />
      <Unsent actor={actor.id} />
      {vehicle !== undefined && (actor.role === 'crew' ? <Crew actor={actor.id} unit={vehicle} /> : <Driver actor={actor.id} car={vehicle} />)}
    </div>
  );
}
