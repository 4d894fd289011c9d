import { DAY_MS, type Instant } from '../../base/index.ts';
import { evolveMember, latestOfEach, type Member, type MemberFacts, type PanelEvent } from '../member.ts';
import { askTransfer } from '../responsibility.ts';
import type { Candidate, ImportProblem } from './read.ts';

/** Whoever has no telephone is found at the door; nobody is in danger for want of a number today. */
export const NO_PHONE_KNOCK_MS = DAY_MS;

export interface Known {
  readonly member: Member;
  readonly version: number;
}

export interface ImportInput {
  readonly team: string;
  readonly candidates: readonly Candidate[];
  /** Everybody of the team, and everybody of any other whom the file may name. */
  readonly known: readonly Known[];
  readonly keyOf: (person: Pick<Member, 'name' | 'phone' | 'town' | 'address'>) => string;
  readonly newId: () => string;
  readonly by: string;
  readonly at: Instant;
  /** When the file was written: what the team has found out since is not taken back by it. */
  readonly asOf: Instant;
}

export interface ImportPlan {
  readonly problems: readonly ImportProblem[];
  readonly added: readonly Member[];
  readonly changed: readonly Known[];
  readonly unchanged: number;
  /** On the list again, after somebody had said that they left. */
  readonly cameBack: number;
  /** Another team answers for them: asked for, not taken. */
  readonly transfers: readonly Member[];
  /** On the list and not in the file: asked about, not removed. */
  readonly missing: readonly Member[];
}

/** What a file changes: nobody is dropped, nobody is taken from another team, nothing the team knows better is overwritten. */
export function planImport({ team, candidates, known, keyOf, newId, by, at, asOf }: ImportInput): ImportPlan {
  const byKey = new Map(known.map((each) => [each.member.key, each]));
  const byNumber = new Map(known.flatMap((each) => (each.member.team === team && each.member.number !== undefined ? [[each.member.number, each] as const] : [])));
  const problems: ImportProblem[] = [];
  const added: Member[] = [];
  const changed: Known[] = [];
  const transfers: Member[] = [];
  const lines = new Map<string, number>();
  const named = new Set<string>();
  let [unchanged, cameBack] = [0, 0];

  for (const { line, person } of candidates) {
    const key = keyOf(person);
    const names = [`key ${key}`, ...(person.number === undefined ? [] : [`number ${person.number}`])];
    const before = names.map((name) => lines.get(name)).find((found) => found !== undefined);
    if (before !== undefined) {
      problems.push({ code: 'importTwice', line, column: 1, facts: { before } });
      continue;
    }
    for (const name of names) lines.set(name, line);
    const [same, registered] = [byKey.get(key), person.number === undefined ? undefined : byNumber.get(person.number)];
    if (same && registered && same !== registered) {
      problems.push({ code: 'importTwoPeople', line, column: 1, facts: { number: person.number! } });
      continue;
    }
    const found = registered ?? same;
    if (!found) {
      added.push(evolveMember(undefined, { type: 'MemberJoined', member: { id: newId(), team, key, ...person } }, at)!);
      continue;
    }
    if (named.has(found.member.id)) {
      problems.push({ code: 'importTwice', line, column: 1, facts: { before: '…' } });
      continue;
    }
    named.add(found.member.id);
    if (found.member.team !== team && !found.member.left) {
      const asked = askTransfer(found.member, { to: team, askedBy: team, reason: 'import', by }, at);
      if (asked.ok) changed.push({ ...found, member: evolveMember(found.member, asked.value, at)! });
      transfers.push(found.member);
      continue;
    }
    if (found.member.left) cameBack += 1;
    const facts = merged(found.member, { ...person, team, key }, asOf);
    const event: PanelEvent = { type: 'MemberImported', member: facts };
    const member = evolveMember(found.member, event, at)!;
    if (isSame(member, found.member)) unchanged += 1;
    else changed.push({ ...found, member });
  }

  const missing = known.filter(({ member }) => member.team === team && !member.left && !named.has(member.id) && member.question === undefined);
  changed.push(...missing.map(({ member, version }) => ({ version, member: evolveMember(member, { type: 'QuestionAsked', kind: 'notInImport' }, at)! })));
  return { problems, added, changed, unchanged, cameBack, transfers, missing: missing.map(({ member }) => member) };
}

/** The file says it, unless the team has found it out since; a medicine it does not name is not taken away. */
function merged(known: Member, file: Omit<MemberFacts, 'id'>, asOf: Instant): MemberFacts {
  const knowsBetter = known.correctedAt !== undefined && known.correctedAt > asOf;
  const lastVisitAt = Math.max(known.lastVisitAt ?? 0, file.lastVisitAt ?? 0);
  return {
    ...file, id: known.id, medicines: latestOfEach(file.medicines, known.medicines),
    ...(knowsBetter && { key: known.key, phone: known.phone, address: known.address, town: known.town }),
    ...(lastVisitAt > 0 && { lastVisitAt }),
  };
}

/** Whatever the order in which fields and medicines were written down: a database keeps neither. */
function isSame(a: Member, b: Member): boolean {
  return written({ ...a, medicines: byName(a) }) === written({ ...b, medicines: byName(b) });
}

const byName = ({ medicines }: Member): Member['medicines'] => [...medicines].sort((a, b) => (a.name < b.name ? -1 : 1));

function written(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) => (isPlain(each) ? Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1))) : each));
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
