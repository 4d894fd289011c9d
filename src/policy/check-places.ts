import type { Service } from '../city/index.ts';
import type { Replaceable } from './document.ts';
import type { PersonRule } from './check-person.ts';
import { fault } from './findings.ts';
import type { Fault } from './findings.ts';
import { boxOf } from './regions.ts';
import type { Outcome } from './settle.ts';
import { NO_CHILD, TREATED } from './treats.ts';
import type { Treated } from './treats.ts';
import { ANSWER_WORDS, either, PATHWAY_WORDS, SERVICE_WORDS, TRANSPORT_WORDS, VENUE_WORDS } from './words.ts';

const CHILDREN_ONLY: Treated = {
  id: 'grownUp', of: [NO_CHILD], who: ANSWER_WORDS.age.fourteenAndOver,
  by: (Object.keys(SERVICE_WORDS) as Service[]).filter((service) => service !== 'paediatrics'), standIns: [],
  why: { zh: '儿科只看14岁以下的孩子', en: 'a children’s clinic sees children under 14' },
};

/** Where somebody is sent, by choice or because nothing else can be had, there has to be somebody who can treat them. */
export const PLACE_RULES: readonly PersonRule[] = [...TREATED, CHILDREN_ONLY].flatMap((row) => {
  const of = row.of.map(boxOf);
  return [true, false].map((chosen): PersonRule => ({
    of,
    broken: (outcome) => findUnfit(row, outcome, chosen) !== undefined,
    fault: (outcome) => cannotTreat(row, outcome, findUnfit(row, outcome, chosen)!),
  }));
});

/** The first place of these that cannot treat them; a cloud clinic is not a place, and is judged with the pathway. */
function findUnfit({ by, standIns }: Treated, { venues }: Outcome, chosen: boolean): number | undefined {
  const place = venues.findIndex(({ service }, at) => (at === 0) === chosen && service !== 'cloudClinic' && !by.includes(service) && (chosen || !standIns.includes(service)));
  return place < 0 ? undefined : place;
}

function cannotTreat({ id, who, by, standIns, why }: Treated, { venues, by: settled }: Outcome, place: number): Fault {
  const { venue, service } = venues[place]!;
  const chosen = place === 0;
  const before = chosen ? undefined : venues[place - 1]!.venue;
  const measure = before === undefined ? settled.venue : settled[`otherwise.${before as Replaceable}`];
  const where = venue === 'designatedInstitution' ? { zh: `${VENUE_WORDS[venue].zh}的${SERVICE_WORDS[service].zh}`, en: `${VENUE_WORDS[venue].en} for ${SERVICE_WORDS[service].en}` } : VENUE_WORDS[venue];
  const can = id === CHILDREN_ONLY.id ? undefined : either((chosen ? by : [...by, ...standIns]).map((one) => SERVICE_WORDS[one]));
  const [zh, en] = before === undefined ? [`“${who.zh}”被安排到`, `"${who.en}" is sent to the`]
    : [`${VENUE_WORDS[before].zh}不行时，“${who.zh}”被安排到`, `where there is no ${VENUE_WORDS[before].en}, "${who.en}" is sent to the`];
  return fault('cannotTreat', [measure], `${zh}${where.zh}，那里治不了：${why.zh}${can ? `；请改为：${can.zh}` : ''}`,
    `${en} ${where.en}, which cannot treat that: ${why.en}${can ? `; send it to: ${can.en}` : ''}`, `${id} ${venue}.${service}${chosen ? '' : ' stand-in'}`);
}

/** How somebody is seen, where, and how they get there have to be one story. */
export function* contradictoryPathway({ effects: { pathway }, by, venues, transports }: Outcome): Generator<Fault> {
  const odd = venues.find(({ service }) => (pathway === 'remote') !== (service === 'cloudClinic'));
  if (odd) {
    const [how, where] = [PATHWAY_WORDS[pathway], VENUE_WORDS[odd.venue]];
    yield fault('pathwayUnlikeVenue', [by.pathway, by.venue], `“${how.zh}”配了“${where.zh}”，两者不符；线上就诊只在互联网门诊，互联网门诊只能线上`,
      `the pathway "${how.en}" does not go with the ${where.en}; a cloud clinic sees people online, and every other place in person`, `${pathway} ${odd.venue}`);
  }
  const [way] = transports;
  if (pathway === 'emergency' && way !== 'ambulance') {
    yield fault('pathwayUnlikeTransport', [by.pathway, by.transport], `急救由120救护车接送，却写了“${TRANSPORT_WORDS[way!].zh}”；请改为救护车，或改就医方式`,
      `on the emergency pathway a 120 ambulance comes, and the way there says "${TRANSPORT_WORDS[way!].en}"; make it an ambulance, or change the pathway`, way!);
  }
}
