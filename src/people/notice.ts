/** Every code a notice may have. Its sentence is `notice.CODE` in `words/<language>/shared.md`; a test asks for each. */
export const NOTICE_CODES = [
  'acuityLowered', 'appointmentBooked', 'appointmentCancelled', 'appointmentComes', 'appointmentLost', 'appointmentMoved', 'arrivalForeseen',
  'bookingNotCalledUp', 'callJoined', 'callOffered', 'callThem', 'carAssigned', 'carFound', 'carLost', 'consultAnswered', 'consultAsked',
  'callBackOverdue', 'callBackOwed', 'consultAtOffice', 'deadlineMissed', 'doctorWrote', 'emergencyAboard', 'expected', 'expertVisit', 'expertVisitLate', 'expertVisitOff', 'handOverNotSigned', 'handOverOneAccount', 'knockLate', 'lineNotCovered', 'medicineOnItsWay',
  'noCarToSend', 'noLongerExpected', 'offerOver', 'passIssued', 'personNotPlaced', 'plansLate', 'policyChanged', 'prescriptionQueried',
  'refusalDecided', 'refusalLate', 'refusalOpened', 'refusedAtDoor', 'refusedAtGate', 'refusedGoOn', 'replacementFails', 'requestReceived', 'rideHandedOn', 'rideReplanned', 'roadsChanged',
  'seatOffered', 'seriesAlarm', 'seriesChanged', 'seriesGap', 'seriesRed', 'sessionMoved', 'sessionNotPlaced', 'signInCode', 'slotBooked', 'transferLate',
  'counterpartHole', 'counterpartsChanged', 'closingAsked', 'closingConfirmed', 'closingDeclined', 'closureOver', 'placeClosed', 'placeOpenAgain', 'placesDiffer', 'standInClosed', 'serviceClosed', 'serviceReopened', 'statusMatterLate', 'statusUnknown', 'unitDiverted', 'unitSent', 'visitWorse', 'waitingOver',
] as const;
export type NoticeCode = (typeof NOTICE_CODES)[number];

/** Something a person or an institution has to hear. The sentence is made from the code where it is sent, in their language. */
export interface Notice {
  /** A scope: `journey:R…` is the person, `institution:…` its duty desk. */
  readonly audience: string;
  readonly code: NoticeCode;
  readonly facts: Readonly<Record<string, string | number>>;
}
