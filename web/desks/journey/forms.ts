import type { Command, CommandType, JourneyView } from '../../../src/journey/index.ts';

/** What a command needs to hear from a person before it can be given. */
export type Field =
  | { readonly kind: 'text'; readonly name: string; readonly long?: true }
  | { readonly kind: 'choice'; readonly name: string; readonly vocabulary: string; readonly from: readonly string[] }
  | { readonly kind: 'findings'; readonly name: string; readonly atLeastOne: boolean }
  | { readonly kind: 'institution'; readonly name: string }
  | { readonly kind: 'day'; readonly name: string }
  | { readonly kind: 'yesNo'; readonly name: string }
  | { readonly kind: 'items'; readonly name: string };

const GROUNDS = [
  'noTestResult', 'positiveTest', 'positiveAntigen', 'codeColour', 'riskArea', 'missingPaper', 'disinfection', 'shortPremises',
  'epidemicControl', 'noCapability', 'noPlace', 'other',
];
const GATE_GROUNDS = ['cameFromHospital', 'noTestResult', 'notOnTheList', 'gateLocked', 'other'];
const NEEDS = [
  'emergency', 'fever', 'haemodialysis', 'severeIllness', 'obstetrics', 'paediatrics', 'radiotherapy', 'chemotherapy',
  'inpatientAdmission', 'generalOutpatient', 'specialist', 'expert',
];

/** What is not listed needs no words and is done with one press. */
const FIELDS: Readonly<Partial<Record<CommandType, readonly Field[]>>> = {
  withdrawRequest: [{ kind: 'text', name: 'reason' }],
  revokePass: [{ kind: 'text', name: 'reason' }],
  standDownUnit: [{ kind: 'text', name: 'reason' }],
  reportRefusal: [{ kind: 'choice', name: 'ground', vocabulary: 'ground', from: GROUNDS }],
  reportWorse: [{ kind: 'findings', name: 'findings', atLeastOne: true }],
  downTriage: [{ kind: 'choice', name: 'acuity', vocabulary: 'acuity', from: ['II', 'III', 'IV'] }, { kind: 'text', name: 'reason' }],
  namePlace: [{ kind: 'institution', name: 'institution' }],
  admit: [{ kind: 'day', name: 'expectedDischargeAt' }],
  finishTreatment: [{ kind: 'choice', name: 'outcome', vocabulary: 'treatment', from: ['discharged', 'died'] }],
  answerVisit: [{ kind: 'text', name: 'advice', long: true }, { kind: 'items', name: 'items' }],
  sendOn: [
    { kind: 'text', name: 'reason' },
    { kind: 'choice', name: 'need', vocabulary: 'need', from: NEEDS },
    { kind: 'findings', name: 'findings', atLeastOne: false },
  ],
  sendMessage: [{ kind: 'text', name: 'text', long: true }],
  queryPrescription: [{ kind: 'text', name: 'question', long: true }],
  amendPrescription: [{ kind: 'text', name: 'reason' }, { kind: 'items', name: 'items' }],
  handToCourier: [{ kind: 'text', name: 'courier' }],
  deliver: [{ kind: 'text', name: 'to' }],
  handOnRide: [{ kind: 'text', name: 'reason' }],
  reportGateRefusal: [{ kind: 'choice', name: 'ground', vocabulary: 'ground', from: GATE_GROUNDS }],
};

/** @param journey what it is about: what must stay cold is asked about at the door */
export function fieldsOf(command: Command, journey?: Pick<JourneyView, 'visit'>): readonly Field[] {
  const fields = FIELDS[command.type] ?? [];
  return command.type === 'deliver' && journey?.visit?.prescription?.coldChain ? [...fields, { kind: 'yesNo', name: 'coldKept' }] : fields;
}

/** These change what somebody is counting on: the dialog says what will happen before it happens. */
const GRAVE: ReadonlySet<CommandType> = new Set(['withdrawRequest', 'standDownUnit', 'revokePass', 'reportRefusal', 'sendOn', 'finishTreatment', 'downTriage']);

export function isGrave(command: Command): boolean {
  return GRAVE.has(command.type);
}

/** The words of a button: the same command has another verb at each step. */
export function verbOf(command: Command): string {
  switch (command.type) {
    case 'reportMission':
      return `mission.${command.step}`;
    case 'reportRide':
      return `ride.${command.leg}.${command.step}`;
    case 'assignCar':
      return `assignCar.${command.leg}`;
    default:
      return command.type;
  }
}

/** Commands that stand beside the chain and never are what the screen is waiting for. */
const ASIDE: ReadonlySet<CommandType> = new Set(['reportWorse', 'withdrawRequest', 'standDownUnit', 'reportRefusal', 'reportNoCar', 'reportCarFree', 'handOnRide', 'reportWrongPerson', 'reportGateRefusal', 'revokePass', 'sendOn', 'admit', 'sendMessage', 'offerCall', 'returnVisit', 'queryPrescription', 'downTriage']);

export interface Arranged {
  readonly primary: Command | undefined;
  readonly others: readonly Command[];
}

/** At most one primary per screen: the first command that carries the journey on. */
export function arrange(actions: readonly Command[]): Arranged {
  const primary = actions.find(({ type }) => !ASIDE.has(type));
  return { primary, others: actions.filter((command) => command !== primary) };
}
