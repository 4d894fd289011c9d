import type { JourneyView, LinkView } from '../journey/index.ts';
import { subjectOf } from './care-request.ts';
import { fhirTime, period, type Resource, type Systems } from './fhir.ts';

/** `requested`: its turn has not come. There is no `failed`: a step that nobody did in time is still owed, and escalated. */
const STATUS = { waiting: 'requested', open: 'in-progress', done: 'completed', dropped: 'cancelled' } as const;

/** One step of the chain: its owner, and its deadline as `restriction.period.end`. */
export function taskOf(view: JourneyView, link: LinkView, systems: Systems): Resource {
  const { kind, owner, state, openedAt, dueAt, doneAt, missed } = link;
  const told = missed.at(-1)?.told;
  return {
    resourceType: 'Task', id: taskId(view.id, kind),
    identifier: [systems.identifier('step', taskId(view.id, kind))],
    status: STATUS[state],
    intent: 'order',
    priority: view.priority,
    code: systems.coded('step', kind),
    focus: { reference: `ServiceRequest/${view.id}`, type: 'ServiceRequest' },
    for: subjectOf(view, systems),
    ...((openedAt !== undefined || doneAt !== undefined) && { executionPeriod: period(openedAt, doneAt) }),
    authoredOn: fhirTime(view.receivedAt),
    owner: {
      type: 'PractitionerRole', identifier: systems.identifier('post', `${owner.role}@${owner.scope}`), display: `${owner.role}, ${owner.name.en}`,
    },
    ...(dueAt !== undefined && { restriction: { period: period(openedAt, dueAt) } }),
    ...(told && { note: missed.map(({ at, told: to }) => ({ time: fhirTime(at), text: `Deadline missed; told: ${to.role}, ${to.name.en}` })) }),
  };
}

/** FHIR ids are letters, digits, `-` and `.`, 64 at most. */
export const taskId = (journey: string, kind: string): string => `${journey}-${kind}`;

/** A chain planned anew drops its old steps and may name the same kind again: the latest one is the step. */
export function tasksOf(view: JourneyView, systems: Systems): readonly Resource[] {
  const latest = new Map(view.links.map((link) => [link.kind, link]));
  return [...latest.values()].map((link) => taskOf(view, link, systems));
}
