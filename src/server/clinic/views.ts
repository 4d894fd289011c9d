import type { City } from '../../city/index.ts';
import { stateOf, type CloudVisitView, type MedicineLeft, type PharmacyRowView } from '../../clinic/index.ts';
import type { Story } from '../../journey/index.ts';
import { dueOf, visitRow } from './rows.ts';

const townOf = ({ request: { town } }: Story, city: City): CloudVisitView['town'] => ({ code: town, name: city.towns.get(town)?.name ?? { zh: town, en: town } });

function queryOf({ visit }: Story): CloudVisitView['query'] {
  if (!visit?.query) return undefined;
  const { item, question, by, at } = visit.query;
  return { item, medicine: visit.prescription?.items[item]?.medicine ?? '', question, by, at };
}

/** Absent stays absent. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

export function cloudVisitView(story: Story, city: City): CloudVisitView | undefined {
  const row = visitRow(story);
  if (!row || !story.visit) return undefined;
  const { visit, request, decision } = story;
  const { messages = [] } = visit;
  return {
    journey: story.id, visit: visit.id, state: row.state, service: row.service, acuity: decision.acuity, queuedAt: visit.queuedAt, ...dueOf(story),
    person: { name: request.person.name, groups: request.groups, ...defined({ ageMonths: request.person.ageMonths, sex: request.person.sex }) },
    town: townOf(story, city), need: request.need, unanswered: messages.at(-1)?.from === 'person',
    ...defined({
      promisedAt: visit.promisedAt, complaint: request.complaint, medicine: request.medicine, medicineDaysLeft: request.medicineDaysLeft, inPerson: visit.inPerson,
      doctor: visit.doctor === undefined ? undefined : { id: visit.doctor, name: visit.doctorName ?? visit.doctor }, takenAt: visit.takenAt,
      returnsAt: row.returnsAt, worseAt: messages.findLast(({ heard }) => heard !== undefined)?.at, query: queryOf(story),
    }),
  };
}

export function pharmacyRowView(story: Story, city: City, taking: readonly MedicineLeft[]): PharmacyRowView | undefined {
  const { visit, request, decision } = story;
  if (!visit?.prescription || visit.answeredAt === undefined) return undefined;
  const { name, phone, ageMonths } = request.person;
  return {
    journey: story.id, visit: visit.id, state: stateOf(visit, !story.closed && decision.pathway === 'remote', !story.closed), acuity: decision.acuity, ...dueOf(story),
    person: { name, phone, groups: request.groups, ...defined({ ageMonths }) }, town: townOf(story, city),
    prescriber: visit.doctorName ?? visit.doctor ?? '', prescribedAt: visit.amended?.at ?? visit.answeredAt, prescription: visit.prescription, taking,
    ...defined({
      allergies: visit.allergies ?? request.allergies, medicineDaysLeft: request.medicineDaysLeft, query: queryOf(story), amended: visit.amended, checked: visit.checked,
      dispensed: visit.dispensed, handedOver: visit.handedOver, spoiled: visit.spoiled,
    }),
  };
}

