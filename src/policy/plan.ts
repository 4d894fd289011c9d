import type { Service } from '../city/index.ts';
import { chainOf, termsKey } from './chain.ts';
import type { ChainShape } from './chain.ts';
import type { Entry, LinkOwner, PlannedLink, Reason, RuledOut, Transport, VenueKind } from './decision.ts';
import type { Otherwise, TermsKey } from './document.ts';

export interface VenueOption {
  readonly venue: VenueKind;
  readonly service: Service;
}

/** What a decision says for one kind of venue and one way there: the first choice of both, or what stands in for it. */
export interface Plan extends VenueOption {
  readonly transport: Transport;
  /** What stands in for this way there. */
  readonly transportElse?: Transport;
  readonly byAppointment: boolean;
  readonly entry: Entry;
  readonly links: readonly PlannedLink[];
  readonly reasons: readonly Reason[];
  readonly ruledOut: readonly RuledOut[];
  /** The reasons with triage's own before them, kept per triage row once somebody had it. */
  readonly reasonsByRow: Map<string, readonly Reason[]>;
}

/** The service an institution has to run to be a venue of this kind. */
export const SERVICE_OF: Record<VenueKind, Service> = {
  emergencyDepartment: 'emergency', feverClinic: 'feverClinic', dialysisUnit: 'haemodialysis',
  designatedInstitution: 'generalOutpatient', maternityUnit: 'obstetrics', paediatricClinic: 'paediatrics',
  radiotherapyUnit: 'radiotherapy', chemotherapyUnit: 'chemotherapy', inpatientWard: 'inpatient',
  outpatientClinic: 'generalOutpatient', specialistClinic: 'specialist', expertClinic: 'expert', cloudClinic: 'cloudClinic',
};

/**
 * An option, and what stands in for it, in their order. A chain that leads back to itself is cut there, and told: whoever
 * decides never goes round in it, and whoever wrote it hears of it.
 */
export function standInsOf<T extends string>(first: T, otherwise: Otherwise): { readonly options: readonly T[]; readonly circle?: readonly T[] } {
  const next = otherwise as { readonly [option in string]?: T };
  const options = [first];
  for (let option = next[first]; option !== undefined; option = next[option]) {
    const before = options.indexOf(option);
    if (before >= 0) return { options, circle: [...options.slice(before), option] };
    options.push(option);
  }
  return { options };
}

/** Owners and deadlines as settled, each by the first measure that spoke of it. */
export interface Terms {
  readonly owners: { readonly [K in TermsKey]?: LinkOwner };
  readonly dueSeconds: { readonly [K in TermsKey]?: number };
}

/** Who answers, and by when, for a link that no measure speaks of. The checker reports it as well. */
const LAST_RESORT: { readonly owner: LinkOwner; readonly dueSeconds: number } = { owner: 'city', dueSeconds: 600 };

/** The links of this shape with owner and deadline; `silent` hears of each that nothing settles. */
export function linksOf(shape: ChainShape, terms: Terms, silent: (attribute: `${TermsKey}.owner` | `${TermsKey}.within`) => void): readonly PlannedLink[] {
  return Object.freeze(chainOf(shape).map((kind): PlannedLink => {
    const key = termsKey(kind, shape);
    const [owner, dueSeconds] = [terms.owners[key], terms.dueSeconds[key]];
    if (owner === undefined) silent(`${key}.owner`);
    if (dueSeconds === undefined) silent(`${key}.within`);
    return Object.freeze({ kind, owner: owner ?? LAST_RESORT.owner, dueSeconds: dueSeconds ?? LAST_RESORT.dueSeconds });
  }));
}
