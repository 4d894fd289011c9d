import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { brokenRules, checkMedicines, CLOUD_SERVICES, fires, searchMedicines, type AnswerFacts, type CloudQueueView, type FormularyView, type Medicine, type MedicineView, type PharmacyRowView, type PharmacyView, type PrescriptionPreview } from '../../clinic/index.ts';
import { clinicBook } from '../../clinic/load.ts';
import { AnswerBody } from '../../clinic/routes.ts';
import { countHeld, findNextVisit, lockNextVisit, medicinesLeft } from '../../clinic/store.ts';
import { patientOf, viewFor, whereabouts, type JourneyView, type Story } from '../../journey/index.ts';
import { conflict, maySee, mustBe, notFound, type Actor } from '../../people/index.ts';
import { cloudVisitView, pharmacyRowView } from './views.ts';
import type { Errands } from '../journeys/errands.ts';
import type { House } from '../house.ts';
import { once } from '../journeys/once.ts';
import { LostClaim, lookUp } from '../journeys/free-things.ts';
import { readStory } from '../journeys/store.ts';
import { playTogether, withFreshLooks } from '../journeys/play.ts';
import { personKey } from '../person-key.ts';
import { actorOf } from '../sign-in/index.ts';

export interface ClinicDeps {
  readonly house: House;
  readonly errands: Errands;
}

const LISTED_MAX = 200;
/** Many doctors may reach for the last visit in the same moment; each look is short. */
const NEXT_LOOKS_MAX = 10;
const FOUND_MAX = 20;
const PromiseQuery = z.strictObject({ service: z.enum(CLOUD_SERVICES).default('general'), institution: z.string().max(40).optional() });
const NextBody = z.strictObject({ service: z.enum(CLOUD_SERVICES).optional() });
const PreviewBody = AnswerBody.omit({ advice: true }).extend({ journey: z.string().min(1).max(40) });
const FormularyQuery = z.strictObject({ q: z.string().trim().max(100).default('') });

/** The desks of the cloud clinic and of its pharmacy. What is done to one visit is a command of its journey. */
export function registerClinicRoutes(app: FastifyInstance, { house, errands }: ClinicDeps): void {
  const { city, db, clock, incident, clinic } = house;
  const tags = ['clinic'];

  /** Stories whose visit lies on one of these desks, most pressing first. */
  const listVisits = async (actor: Actor, states: readonly string[]): Promise<readonly Story[]> => {
    const { rows } = await sql<{ story: Story }>`select j.story from clinic_visit v join journey j on j.city = v.city and j.id = v.journey
      where v.city = ${city.id} and v.state = any(${states as string[]}::text[]) and j.scopes @> array[${actor.scope}]::text[]
      order by v.acuity, v.promised_at nulls first, v.queued_at, v.journey limit ${LISTED_MAX}`.execute(db);
    return rows.map(({ story }) => story);
  };

  const keyOf = ({ request: { person } }: Story): string => personKey(incident.id, person);
  const leftOf = (stories: readonly Story[], at: number) =>
    medicinesLeft(db, { city: city.id, incident: incident.id, formulary: clinicBook().formulary }, [...new Set(stories.map(keyOf))], at);

  app.get('/api/cloud/queue', { schema: { tags, summary: 'Who waits for a doctor at a distance, most pressing first, and what is mine' } }, async (request): Promise<CloudQueueView> => {
    const actor = mustBe(actorOf(request), ['cloudDoctor', 'familyDoctor']);
    const at = clock.now();
    const stories = await listVisits(actor, ['waiting', 'taken', 'queried']);
    // What they take is read by who treats them, and by nobody else in the queue.
    const left = await leftOf(stories.filter(({ visit }) => visit?.doctor === actor.id), at);
    const visits = stories.flatMap((story) => {
      const view = cloudVisitView(story, city);
      const taking = left.get(keyOf(story));
      return view ? [{ ...view, ...(taking && view.doctor?.id === actor.id && { taking }) }] : [];
    });
    const isMine = ({ doctor }: (typeof visits)[number]): boolean => doctor?.id === actor.id;
    const queried = visits.filter(({ state }) => state === 'queried');
    const institution = actor.scope.startsWith('institution:') ? actor.scope.slice('institution:'.length) : undefined;
    return {
      at, services: CLOUD_SERVICES.map((service) => clinic.promise(service, institution)),
      waiting: visits.filter(({ state }) => state === 'waiting'), mine: visits.filter((visit) => visit.state === 'taken' && isMine(visit)),
      queried: [...queried.filter(isMine), ...queried.filter((visit) => !isMine(visit))],
    };
  });

  app.get('/api/cloud/promise', { schema: { tags, summary: 'By when a doctor at a distance answers, and what that is reckoned from', querystring: PromiseQuery } }, async (request) => {
    const { service, institution } = request.query as z.output<typeof PromiseQuery>;
    return { at: clock.now(), ...clinic.promise(service, institution) };
  });

  app.post('/api/cloud/next', { schema: { tags, summary: 'Take the next visit: by acuity, promise and time; two doctors never get one', body: NextBody } }, async (request) => {
    const actor = mustBe(actorOf(request), ['cloudDoctor', 'familyDoctor']);
    const { service } = request.body as z.output<typeof NextBody>;
    const { visitsHeldMax } = clinicBook().rules.desk;
    // Whoever was faster elsewhere took one by name: the next look finds another.
    const answer = await withFreshLooks(() => once(house, request, actor, async (trx): Promise<{ at: number; journey: JourneyView | null }> => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${city.id} doctor ${actor.id}`}, 0))`.execute(trx);
      if ((await countHeld(trx, city.id, actor.id)) >= visitsHeldMax) throw conflict({ code: 'tooManyVisits', facts: { max: visitsHeldMax } });
      // A visit to which its person is writing right now is locked and yet waits: nobody may hear that the queue is empty.
      const journey = (await lockNextVisit(trx, city.id, actor.scope, service)) ?? (await findNextVisit(trx, city.id, actor.scope, service));
      if (journey === undefined) return { at: clock.now(), journey: null };
      const stories = await playTogether(trx, house, [{ actor, journey, command: { type: 'takeVisit' } }], undefined, (seen) => {
        const visit = seen.get(journey)!.visit;
        if (!visit || visit.doctor !== undefined || visit.answeredAt !== undefined || visit.sentOnAt !== undefined) throw new LostClaim('visit');
      });
      return { at: clock.now(), journey: viewFor(actor, stories.get(journey)!, city) };
    }), NEXT_LOOKS_MAX);
    if (answer.journey) errands.kick([answer.journey.id]);
    return answer;
  });

  app.post('/api/cloud/preview', { schema: { tags, summary: 'What the rules and the formulary say of an answer that is being written; nothing is stored', body: PreviewBody } }, async (request): Promise<PrescriptionPreview> => {
    const actor = mustBe(actorOf(request), ['cloudDoctor', 'familyDoctor']);
    const { journey, ...given } = request.body as z.output<typeof PreviewBody>;
    const story = await readStory(db, city.id, journey);
    if (!story || !maySee(actor, whereabouts(story, city))) throw notFound();
    const at = clock.now();
    const answer = given as AnswerFacts;
    const { taking = [] } = await lookUp(db, city, { things: 'taking' }, story, at, house.travel.seconds);
    const patient = patientOf(story, at);
    const allergies = answer.allergies ?? story.visit?.allergies ?? patient.allergies;
    const checked = checkMedicines(answer.items, { ...patient, taking, ...(allergies && { allergies }) }, clinicBook().formulary, at);
    return { at, ...checked, broken: brokenRules(answer, patient, clinicBook()).map(({ rule: { id, code, clause, reason, source }, field }) => ({ rule: id, code, field, clause, reason, source: source.zh })) };
  });

  app.get('/api/formulary', { schema: { tags, summary: 'Medicines by name, and what may be prescribed at a distance', querystring: FormularyQuery } }, async (request): Promise<FormularyView> => {
    mustBe(actorOf(request), ['cloudDoctor', 'familyDoctor', 'pharmacist', 'ward', 'hotline']);
    const { q } = request.query as z.output<typeof FormularyQuery>;
    const { formulary: { version, provenance } } = clinicBook();
    return { at: clock.now(), version, provenance, medicines: searchMedicines(clinicBook().formulary, q, FOUND_MAX).map(medicineView) };
  });

  app.get('/api/pharmacy', { schema: { tags, summary: 'Prescriptions to check, asked about, to dispense, to hand over, on their way' } }, async (request): Promise<PharmacyView> => {
    const actor = mustBe(actorOf(request), ['pharmacist']);
    const at = clock.now();
    const stories = await listVisits(actor, ['toCheck', 'queried', 'toDispense', 'toHandOver', 'onTheWay']);
    const left = await leftOf(stories, at);
    const rows = stories.flatMap((story): PharmacyRowView[] => {
      const row = pharmacyRowView(story, city, (left.get(keyOf(story)) ?? []).filter(({ endsAt }) => endsAt > at));
      return row ? [row] : [];
    });
    const of = (wanted: string): PharmacyRowView[] => rows.filter(({ state }) => state === wanted);
    return { at, toCheck: of('toCheck'), queried: of('queried'), toDispense: of('toDispense'), toHandOver: of('toHandOver'), onTheWay: of('onTheWay') };
  });
}

const DAYS_MAX = 366;

/** The rules asked about this medicine for somebody stable, assessed and agreed: what is left is about the medicine itself. */
function medicineView({ classes, notIn: _notIn, aliases: _aliases, ...medicine }: Medicine): MedicineView {
  const { rules } = clinicBook().rules;
  const facts = { visit: ['followUp'], prescribes: ['yes'], hands: ['no'], chronic: ['yes'], assessment: ['given'], agreement: ['given'], class: classes.length > 0 ? classes : ['none'] };
  const fired = (days: number) => rules.find((rule) => fires(rule, { ...facts, days }));
  const never = fired(1);
  let daysMax = 0;
  // The limits of days are the numbers that rules name: no other day can be an edge.
  for (const edge of [DAYS_MAX, ...rules.flatMap(({ when: { days } }) => (days ? [days.over] : []))].sort((a, b) => a - b)) if (!fired(edge)) daysMax = edge;
  return { ...medicine, classes, daysMax, ...(never && { notOnline: { rule: never.id, clause: never.clause, reason: never.reason, source: never.source.zh } }) };
}
