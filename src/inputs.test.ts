import { describe, expect, it } from 'vitest';
import { InputProblem, openCity, openPolicy } from './inputs.ts';

describe('a policy named on the command line, beside a city', () => {
  const zhengzhou = openCity('zhengzhou');

  it.each(['shanghai-2022-03-28', 'policies/shanghai-2022-03-28.yaml'])('given %s, which is another city\'s, then it is refused: it would be proven for nobody', (named) => {
    expect(() => openPolicy(named, zhengzhou)).toThrow(InputProblem);
    expect(() => openPolicy(named, zhengzhou)).toThrow(/Zhengzhou has no district "310101"/);
  });

  it('given one that only names another city, then it is refused with what to give', () => {
    expect(() => openPolicy('zhengzhou-2022-11-25', { ...zhengzhou, id: 'elsewhere' })).toThrow(/was written for zhengzhou, not for elsewhere; give --city zhengzhou/);
  });

  it('given its own by id or by path, then it is the same version; given the standing rules, then they stand in every city', () => {
    const [byId, byPath] = ['zhengzhou-2022-11-25', 'policies/zhengzhou-2022-11-25.yaml'].map((named) => openPolicy(named, zhengzhou));
    expect(byId!.compiled.identity).toEqual(byPath!.compiled.identity);
    expect(openPolicy('standing-rules', zhengzhou).document).toBeUndefined();
  });
});
