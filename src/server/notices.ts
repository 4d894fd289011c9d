import { carOfEmergency, openLink, type JourneyEvent, type Story } from '../journey/index.ts';
import type { Notice, NoticeCode } from '../people/index.ts';
import type { DecidedBecause } from '../requests/index.ts';

/** What a person has to know when their way to care has changed without their doing: what comes next, who answers for it, until when. */
function whatNow(story: Story): Notice['facts'] {
  const { decision: { policy, pathway, transport, institution } } = story;
  const open = openLink(story);
  return {
    journey: story.id, policy: policy.id, pathway, transport,
    ...(institution !== undefined && { institution }),
    ...(open?.dueAt !== undefined && { step: open.kind, owner: open.owner.role, until: open.dueAt }),
  };
}

/** Why their way changed without their doing. Whoever waits for a vehicle that will not come has to hear it. */
const CHANGED: { readonly [B in DecidedBecause]?: NoticeCode } = {
  appointmentLost: 'appointmentLost', policyChanged: 'policyChanged', roadsChanged: 'roadsChanged', counterpartsChanged: 'counterpartsChanged', lowered: 'acuityLowered', noCar: 'noCarToSend', carFound: 'carFound', refused: 'refusedGoOn',
};

/** What has to be told of what happened. No illness and no name leaves with it. */
export function noticesOf(events: readonly JourneyEvent[], story: Story): readonly Notice[] {
  const person = `journey:${story.id}`;
  return events.flatMap((event): Notice[] => {
    switch (event.type) {
      case 'RequestReceived':
        return [{ audience: person, code: 'requestReceived', facts: { journey: story.id } }];
      case 'RequestDecided':
        return [...noticeTo(person, CHANGED[event.because] ?? byClosing(event.because, events, story), whatNow(story)), ...(event.because === 'worse' ? emergencyAboard(story) : [])];
      case 'Expected':
        return [{ audience: `institution:${event.institution}`, code: 'expected', facts: { journey: story.id, acuity: event.acuity, via: event.entry.via, at: event.at } }];
      case 'NoLongerExpected':
        return [{ audience: `institution:${event.institution}`, code: 'noLongerExpected', facts: { journey: story.id, reason: event.reason } }];
      case 'ArrivalForeseen':
        return [{ audience: `institution:${event.institution}`, code: 'arrivalForeseen', facts: { journey: story.id, acuity: story.decision.acuity, unit: event.unit, at: event.at } }];
      case 'UnitDiverted':
        // Whoever gets another unit in the same step hears of that one.
        return event.exchanged ? [] : [{ audience: person, code: 'unitDiverted', facts: whatNow(story) }];
      case 'CallJoined':
        return [{ audience: person, code: 'callJoined', facts: { journey: story.id } }];
      case 'UnitSent':
        return [{ audience: person, code: 'unitSent', facts: { unit: event.unit, etaSeconds: event.etaSeconds } }];
      case 'SlotBooked':
        return [{ audience: person, code: 'slotBooked', facts: { institution: event.slot.institution, startsAt: event.slot.startsAt } }];
      case 'BookingMoved':
        return [{ audience: person, code: 'appointmentMoved', facts: { institution: event.slot.institution, startsAt: event.slot.startsAt, reason: event.reason } }];
      case 'PassIssued':
        return [{ audience: person, code: 'passIssued', facts: { code: event.pass.code, validTo: event.pass.validTo } }];
      case 'CarAssigned':
        return [{ audience: person, code: 'carAssigned', facts: { car: event.car, leg: event.leg, ...(event.pickUpAt !== undefined && { pickUpAt: event.pickUpAt }) } }];
      case 'MessageSent':
        return messageNotices(event, story);
      case 'CallOffered':
        return [{ audience: person, code: 'callOffered', facts: { journey: story.id } }];
      case 'PrescriptionQueried':
        return story.visit ? [{ audience: `institution:${story.visit.institution}`, code: 'prescriptionQueried', facts: { journey: story.id } }] : [];
      case 'MedicineHandedOver':
        return [{ audience: person, code: 'medicineOnItsWay', facts: { journey: story.id } }];
      case 'RideReplanned':
        return event.told ? [{ audience: person, code: 'rideReplanned', facts: { car: event.car, leg: event.leg, pickUpAt: event.pickUpAt } }] : [];
      case 'CarLost':
        return [{ audience: person, code: 'carLost', facts: { leg: event.leg } }];
      case 'RideHandedOn':
        return [{ audience: event.owner.scope, code: 'rideHandedOn', facts: { journey: story.id, leg: event.leg } }];
      case 'RefusedAtGate':
        return [{ audience: event.told.scope, code: 'refusedAtGate', facts: { journey: story.id, ground: event.ground } }];
      case 'DeadlineMissed':
        return [{ audience: event.told.scope, code: 'deadlineMissed', facts: { journey: story.id, link: event.link, role: event.told.role } }];
      default:
        return [];
    }
  });
}

/** Where they were to go has closed, or what closed is open again: said to whoever goes elsewhere now, and not to whom it makes no difference. */
function byClosing(because: DecidedBecause, events: readonly JourneyEvent[], { decision: { institution } }: Story): NoticeCode | undefined {
  if (because === 'serviceReopened') return institution === undefined ? undefined : 'placeOpenAgain';
  return because === 'serviceClosed' && (institution === undefined || events.some(({ type }) => type === 'NoLongerExpected')) ? 'placeClosed' : undefined;
}

/** Words that raise are told to the desk of the doctor at once; the person hears once that the doctor wrote, not of every line. */
function messageNotices({ from, heard, worse }: Extract<JourneyEvent, { type: 'MessageSent' }>, { id, visit, decision }: Story): Notice[] {
  if ((heard || worse) && visit) return [{ audience: `institution:${visit.institution}`, code: 'visitWorse', facts: { journey: id, acuity: decision.acuity } }];
  const wroteBefore = visit?.messages?.at(-2)?.from === 'doctor';
  return from === 'doctor' && !wroteBefore ? [{ audience: `journey:${id}`, code: 'doctorWrote', facts: { journey: id } }] : [];
}

/** Whoever drives and whoever sends hear it in the same breath: the car is no ambulance, and nobody else knows. */
function emergencyAboard(story: Story): Notice[] {
  const car = carOfEmergency(story);
  const facts = { ...whatNow(story), acuity: story.decision.acuity };
  return car === undefined ? [] : [
    { audience: 'city', code: 'emergencyAboard', facts: { ...facts, car } }, { audience: `car:${car}`, code: 'emergencyAboard', facts },
  ];
}

function noticeTo(audience: string, code: NoticeCode | undefined, facts: Notice['facts']): Notice[] {
  return code === undefined ? [] : [{ audience, code, facts }];
}
