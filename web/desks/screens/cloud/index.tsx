import './cloud.css';
import { useMe } from '../../data/queries.ts';
import { Doctor } from './doctor.tsx';
import { Pharmacist } from './pharmacist.tsx';

/** The cloud clinic: who waits for a doctor and everything known of them; the prescription on its way from the check to the door. */
export default function Cloud() {
  return useMe().data?.actor.role === 'pharmacist' ? <Pharmacist /> : <Doctor />;
}
