import { summaryOf, type CaseSummary } from '../../consults/index.ts';
import { whereabouts } from '../../journey/index.ts';
import { maySee, type Actor } from '../../people/index.ts';
import type { House } from '../house.ts';
import { readStory } from '../journeys/store.ts';

/** What an expert has to know of a request, taken from it so that nobody types it again; nothing of who it is. Undefined when the asker may not see it. */
export async function caseOf({ db, city }: House, actor: Actor, id: string): Promise<CaseSummary | undefined> {
  const story = await readStory(db, city.id, id);
  if (!story || !maySee(actor, whereabouts(story, city))) return undefined;
  const { request: { person: { ageMonths, sex }, groups, findings, vitals, allergies, need }, decision: { acuity } } = story;
  return summaryOf({
    groups, findings, vitals: { ...vitals }, acuity, need, ...(ageMonths !== undefined && { ageMonths }), ...(sex && { sex }), ...(allergies && { allergies }),
  });
}
