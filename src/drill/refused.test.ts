import { describe, expect, it } from 'vitest';
import { allPolicies, cityOf, policyOf } from './load.ts';
import { playDrill } from './play.ts';
import { readDrill } from './read-drill.ts';
import { farthestKm, refusalsOf, testsThatChoose } from './refused.ts';
import { initialStatus } from '../city/index.ts';

const city = cityOf('zhengzhou');
const policy = policyOf(allPolicies(), 'zhengzhou-2022-11-25', city);

function played(more: string, need = 'emergency\n    findings chestPain') {
  const read = readDrill('X02-refused.drill', `city zhengzhou\npolicy zhengzhou-2022-11-25\nseed 5\nstart 2022-11-25 08:00\nat 08:05 R1 asks\n    town 410105001\n    need ${need}\n    ageYears 50\n    patientKind greenCode\n    test valid\n${more}\nexpect R1 custody nobody`);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return playDrill(read.drill, city, policy).rehearsal.journeys.get('R1')!;
}

describe('refusals in a rehearsal', () => {
  it('given a door says no and the next lets them stand, then both are refusals; silence that ends in a no is one', () => {
    expect(refusalsOf(played('refused R1 disinfection\nlate R1 receive by 20 minutes'))).toEqual(['report', 'notReceived']);
    expect(refusalsOf(played('late R1 receive by 20 minutes'))).toEqual(['notReceived']);
  });

  it('an emergency is brought nearby, and no test chooses where; for whoever may wait, it may', () => {
    const emergency = played('');
    expect(farthestKm(emergency, city)).toBeLessThan(20);
    expect(testsThatChoose(emergency, policy, city, initialStatus(city))).toEqual([]);
    // Whoever walks to a clinic by themselves is fetched when a test is positive: there, how they come is chosen.
    expect(testsThatChoose(played('', 'generalOutpatient\n    mobility walks'), policy, city, initialStatus(city))).not.toEqual([]);
  });
});
