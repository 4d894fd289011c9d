import type { Instant } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import {
  boundariesPassed, compilePolicy, findTooComplex, formatPolicyProblems, STANDING_RULES_ID, type CompiledPolicy, type PoliciesInForce, type PolicyDocument, type Read, type StandingRules,
} from '../../policy/index.ts';
import { readAnnouncement, readRules } from '../../policy/load.ts';
import type { House } from '../house.ts';
import { findKept, findRules, listKept, readEdition, type KeptPolicy } from './store.ts';

/** What is adopted in this city, as it was at one moment. */
export interface PoliciesNow extends PoliciesInForce {
  readonly standing: StandingRules;
  /** How often something was adopted until then. */
  readonly edition: number;
}

/** The adopted policies, compiled, in memory of every server: decisions read them, and no request waits for a query. */
export interface PolicyBoard {
  now(): PoliciesNow;
  /** Counts every change of what is in force until this instant: what a journey was last asked under. Never goes back. */
  turn(at: Instant): number;
  /** Reads again what is adopted; what cannot be read changes nothing. */
  reload(): Promise<void>;
  /** A kept version as a document: what was once written is the same for ever, so it is read once. */
  read(kept: KeptPolicy): Read<PolicyDocument>;
  /** Any version that is kept, also a draft: to be tried and compared. Undefined when it cannot be read any more. */
  open(kept: KeptPolicy): CompiledPolicy | undefined;
  /** What a decision was made under, by the name it recorded. Undefined when nobody has it any more. */
  recorded(identity: CompiledPolicy['identity']): Promise<CompiledPolicy | undefined>;
}

/** More changes by themselves than this between two adoptions no city has announced. */
const BOUNDARIES_MAX = 1_000_000;
/** Versions read and compiled lately; what is adopted is read again only by a restart. */
const READ_KEPT = 200;
const COMPILED_KEPT = 20;

/** @throws when no standing rules were ever kept: whoever starts a server keeps them first */
export async function openPolicyBoard(city: City, db: House['db'], log: (line: string) => void): Promise<PolicyBoard> {
  const documents = recent<Read<PolicyDocument>>(READ_KEPT);
  const compiled = recent<CompiledPolicy>(COMPILED_KEPT);
  let now: PoliciesNow | undefined;

  const read = ({ life: { id, version }, text }: KeptPolicy): Read<PolicyDocument> =>
    documents.get(`${id}@${version}`, () => readAnnouncement(`${id} ${version}`, text, city));
  const compile = (document: PolicyDocument, standing: StandingRules): CompiledPolicy =>
    compiled.get(`${document.id}@${document.version}+${standing.version}`, () => compilePolicy(document, standing));

  const load = async (): Promise<PoliciesNow> => {
    const edition = await readEdition(db, city.id);
    const standing = await readStanding();
    const adopted = new Map<string, PolicyDocument>();
    const speaking = new Map<string, CompiledPolicy>();
    for (const kept of await listKept(db, city.id, ['adopted'])) {
      const { id } = kept.life;
      const announced = read(kept);
      if ('problems' in announced) log(`What is adopted as ${id} cannot be read by this version of Greenlane:\n${formatPolicyProblems(announced.problems).en}`);
      const document = 'value' in announced ? announced.value : now?.documents.get(id);
      if (!document) continue;
      const policy = compile(document, standing);
      // Found here and not by the first person who asks for care: the ordinary rules serve them all the same.
      const tooComplex = findTooComplex(policy);
      if (tooComplex) {
        log(`What is adopted as ${id} ${tooComplex.message}. The ordinary rules hold in its place.`);
        continue;
      }
      adopted.set(id, document);
      speaking.set(id, policy);
    }
    const ordinary = now?.standing.version === standing.version ? now.ordinary : compilePolicy(undefined, standing);
    return { edition, standing, documents: adopted, compiled: speaking, ordinary };
  };

  const readStanding = async (): Promise<StandingRules> => {
    const kept = await findRules(db, city.id);
    const read = kept && readRules(STANDING_RULES_ID, kept.text);
    if (read && 'value' in read) return read.value;
    if (now) return now.standing;
    throw new Error('no standing rules are kept');
  };

  now = await load();
  const current = (): PoliciesNow => now!;
  return {
    now: current,
    turn: (at) => current().edition * BOUNDARIES_MAX + boundariesPassed(current(), at),
    async reload() {
      const next = await load();
      // Two that read at once may come back in the other order.
      if (next.edition >= current().edition) now = next;
    },
    read,
    open(kept) {
      const document = read(kept);
      return 'value' in document ? compile(document.value, current().standing) : undefined;
    },
    async recorded({ id, version }) {
      const held = id === current().ordinary.id ? current().ordinary : current().compiled.get(id);
      if (held?.version === version) return held;
      const plus = version.lastIndexOf('+');
      const kept = await findRules(db, city.id, version.slice(plus + 1));
      const standing = kept && readRules(STANDING_RULES_ID, kept.text);
      if (!standing || 'problems' in standing) return undefined;
      if (plus < 0) return compiled.get(`@${version}`, () => compilePolicy(undefined, standing.value));
      const announced = await findKept(db, city.id, id, version.slice(0, plus));
      const document = announced && read(announced);
      return document && 'value' in document ? compile(document.value, standing.value) : undefined;
    },
  };
}

/** What was made lately, by its name; the one not asked for longest is forgotten. */
function recent<T>(keptMax: number): { get(name: string, make: () => T): T } {
  const kept = new Map<string, T>();
  return {
    get(name, make) {
      const value = kept.get(name) ?? make();
      kept.delete(name);
      kept.set(name, value);
      if (kept.size > keptMax) kept.delete(kept.keys().next().value!);
      return value;
    },
  };
}
