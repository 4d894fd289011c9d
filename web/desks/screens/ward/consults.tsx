import { AskedByUs } from '../../consults/asked.tsx';
import { Roster } from '../../consults/roster.tsx';
import { useExperts } from '../../consults/queries.ts';
import { useMe } from '../../data/queries.ts';

/** What we ask of municipal experts; and, in a municipal hospital, which of ours are reachable. */
export function Consults() {
  const me = useMe();
  const experts = useExperts();
  const house = me.data?.actor.scope.split(':')[1];
  const gives = experts.data?.hospitals.some(({ code }) => code === house) ?? false;
  return (
    <div className="experts-tab">
      <AskedByUs house={house} />
      {gives && <Roster edits />}
    </div>
  );
}
