import type { Kysely } from 'kysely';
import { MEDICAL_OFFICE, type Consult } from '../../consults/index.ts';
import { notice } from '../journeys/owed.ts';

/** Whoever is asked now hears of it, and whoever asked hears that it is answered, in the transaction that says so. No word of the case leaves with it. */
export async function tellOfConsult(trx: Kysely<any>, city: string, incident: string, consult: Consult): Promise<void> {
  const { id, specialty, urgency, askedOf, askedFrom, dueAt, answer } = consult;
  const at = answer?.at ?? consult.escalations.at(-1)?.at ?? consult.askedAt;
  const facts = { consult: id, specialty, urgency };
  if (answer) return notice(trx, city, incident, { audience: `institution:${askedFrom}`, code: 'consultAnswered', facts }, at);
  const audience = askedOf === MEDICAL_OFFICE ? 'city' : `institution:${askedOf}`;
  await notice(trx, city, incident, { audience, code: askedOf === MEDICAL_OFFICE ? 'consultAtOffice' : 'consultAsked', facts: { ...facts, until: dueAt } }, at);
}
