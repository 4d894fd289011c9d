import type { PolicyCheck, PolicyVersion } from '../../policy/index.ts';
import { noteCheck } from '../../policy/index.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { findKept, findRules, listKept, lockPolicies, storePolicy, type KeptPolicy } from './store.ts';
import { proveOnThread, StoppedAtLimit } from './thread.ts';
import type { CheckAnswer } from './worker.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';
import { SYSTEM } from '../../people/index.ts';

const SWEEP_EVERY_MS = 5_000;
/** Whoever stored a draft checks it at once; only what a killed server left behind is swept up. */
const LEFT_BEHIND_MS = 60_000;
/** Nobody waits for the check of what was withdrawn, on whichever server. */
const LOOK_EVERY_MS = 1_000;
const OPEN: readonly PolicyVersion['state'][] = ['draft', 'checked', 'adopted'];

/** Walks every draft, one at a time and the shortest first, and keeps what was found. A server that comes back begins again what it did not finish. */
export function openChecker(house: House): Rounds {
  const { db, city, clock, policies } = house;
  const stopping = new AbortController();

  const check = async ({ life, text }: KeptPolicy): Promise<void> => {
    const rules = await findRules(db, city.id);
    if (!rules) return;
    const told = { at: clock.now(), rules: rules.version };
    const withdrawn = new AbortController();
    const look = setInterval(() => void findKept(db, city.id, life.id, life.version)
      .then((kept) => { if (kept && !OPEN.includes(kept.life.state)) withdrawn.abort(); }, () => undefined), LOOK_EVERY_MS);
    const signal = AbortSignal.any([stopping.signal, withdrawn.signal]);
    let result: PolicyCheck;
    try {
      result = { ...told, ...(await proveOnThread<CheckAnswer>({ job: 'check', rules: rules.text, policy: text, city: house.city }, { stopping: signal })) };
    } catch (error) {
      if (signal.aborted) return;
      house.log(`The check of ${life.id} ${life.version} came to no end: ${messageOf(error)}`);
      result = { ...told, walked: 0, stoodFor: 0, findings: [], failed: error instanceof StoppedAtLimit ? error.message : 'policyProofBroke' };
    } finally {
      clearInterval(look);
    }
    await db.transaction().execute(async (trx) => {
      await lockPolicies(trx, city.id);
      const kept = await findKept(trx, city.id, life.id, life.version);
      if (!kept) return;
      const noted = noteCheck(kept.life, result);
      if (noted === kept.life) return;
      await storePolicy(trx, city.id, { life: noted, text });
      await writeAudit(trx, city.id, house.incident.id, {
        at: result.at, by: SYSTEM, what: 'checkPolicy', facts: { id: life.id, version: life.version, findings: result.findings.length },
      });
      await notify(trx, { city: city.id, kind: 'policyDrafts' });
    });
  };

  const waiting = async (leftBehindMs: number): Promise<readonly KeptPolicy[]> => {
    const kept = await listKept(db, city.id, OPEN);
    return kept.filter(({ life }) => isWaiting(life, policies.now().standing.version) && life.draftedAt <= clock.now() - leftBehindMs)
      .sort((a, b) => a.text.length - b.text.length);
  };

  const run = async (leftBehindMs: number): Promise<void> => {
    const tried = new Set<string>();
    const next = async (): Promise<KeptPolicy | undefined> => (await waiting(leftBehindMs)).find(({ life: { id, version } }) => !tried.has(`${id}@${version}`));
    // Asked anew each time: a short one that came meanwhile does not wait behind the long ones.
    for (let kept = await next(); kept && !stopping.signal.aborted; kept = await next()) {
      tried.add(`${kept.life.id}@${kept.life.version}`);
      await check(kept);
    }
  };
  const rounds = openRounds((asked) => run(asked ? 0 : LEFT_BEHIND_MS)
    .catch((error: unknown) => house.log(`The check of policies waits for another try: ${messageOf(error)}`)), SWEEP_EVERY_MS);
  rounds.kick();
  return {
    kick: rounds.kick,
    stop() {
      stopping.abort();
      return rounds.stop();
    },
  };
}

/** Never checked, or checked among rules that are no longer in force. */
function isWaiting({ state, check }: PolicyVersion, rules: string): boolean {
  return state === 'adopted' ? !check : check?.rules !== rules;
}
