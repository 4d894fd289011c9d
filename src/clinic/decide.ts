import { accept, refuse, type Result } from '../base/index.ts';
import type { PrescribedItem } from './prescription.ts';
import type { ClinicCommand, ClinicEvent, Visit } from './visit.ts';

/** Long prescriptions: up to twelve weeks for stable chronic disease (2021 rule; DOMAIN section 4). */
export const PRESCRIPTION_DAYS_MAX = 84;

function checkItem(item: PrescribedItem, index: number): Result<true> {
  const field = `items.${index}`;
  if (!item.medicine.trim()) return refuse('medicineMissing', undefined, `${field}.medicine`);
  if (!Number.isInteger(item.days) || item.days < 1) return refuse('daysInvalid', { days: item.days }, `${field}.days`);
  if (item.days > PRESCRIPTION_DAYS_MAX) return refuse('daysOverLimit', { max: PRESCRIPTION_DAYS_MAX }, `${field}.days`);
  // Internet consultation rules, article 19: narcotics and psychotropics are never prescribed online.
  if (item.controlled !== 'no') return refuse('controlledNeverOnline', { medicine: item.medicine }, `${field}.controlled`);
  return accept(true);
}

export function work(visit: Visit | undefined, command: ClinicCommand, by: string, prescriptionId: string): Result<ClinicEvent> {
  if (!visit) return refuse('noVisitQueued');
  const { id } = visit;
  if (visit.sentOnAt !== undefined) return refuse('visitSentOn');
  switch (command.type) {
    case 'takeVisit':
      if (visit.doctor) return refuse('visitTaken', { doctor: visit.doctor });
      return accept({ type: 'VisitTaken', visit: id, doctor: by });
    case 'answerVisit': {
      if (visit.answeredAt !== undefined) return refuse('alreadyAnswered');
      if (!visit.doctor) return refuse('visitNotTaken');
      if (!command.advice.trim()) return refuse('adviceMissing', undefined, 'advice');
      for (const [index, item] of command.items.entries()) {
        const checked = checkItem(item, index);
        if (!checked.ok) return checked;
      }
      const prescription = command.items.length > 0 ? { id: prescriptionId, items: command.items } : undefined;
      return accept({ type: 'VisitAnswered', visit: id, advice: command.advice, ...(prescription && { prescription }) });
    }
    case 'sendOn':
      if (visit.answeredAt !== undefined) return refuse('alreadyAnswered');
      if (!visit.doctor) return refuse('visitNotTaken');
      if (!command.reason.trim()) return refuse('reasonMissing', undefined, 'reason');
      return accept({ type: 'VisitSentOn', visit: id, reason: command.reason });
    case 'dispense':
      if (!visit.prescription) return refuse('nothingPrescribed');
      if (visit.dispensedAt !== undefined) return refuse('alreadyDispensed');
      return accept({ type: 'Dispensed', visit: id, by });
    case 'deliver':
      if (visit.dispensedAt === undefined) return refuse('notDispensedYet');
      if (visit.deliveredAt !== undefined) return refuse('alreadyDelivered');
      if (!command.to.trim()) return refuse('recipientMissing', undefined, 'to');
      return accept({ type: 'Delivered', visit: id, by, to: command.to });
  }
}
