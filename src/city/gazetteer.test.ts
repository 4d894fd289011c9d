import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import type { City } from './city.ts';
import { findPlaces, plainAddress } from './gazetteer.ts';
import { loadCity } from './load.ts';

let toytown: City;
beforeAll(() => {
  const loaded = loadCity(join(import.meta.dirname, '../../cities/toytown'));
  if (!('city' in loaded)) throw new Error('toytown does not load');
  toytown = loaded.city;
});
const found = (query: string, limit = 10): readonly string[] => findPlaces(toytown, query, limit).map(({ code }) => code);

describe('what a caller says', () => {
  it.each([
    ['its name', '柳荫花园', 'T-C01'],
    ['a part of it', '玫瑰', 'T-C02'],
    ['what people call it', '老纺织院', 'T-C01'],
    ['its English name, any case', 'willow GARDEN', 'T-C01'],
    ['its address in another hand', '滨河路３７６弄', 'T-C02'],
    ['the whole line with building and flat', '河畔玫瑰园12号楼804室', 'T-C02'],
    ['a part of the name with the building', '柳荫 12栋', 'T-C01'],
    ['town and name', '河边街道，清水家园', 'T-C04'],
    ['two words of it', 'orchard town new', 'T-C08'],
    ['a hospital', 'Second Hospital', 'T-H2'],
    ['a hospital as people shorten it', '玩具医院', 'T-H1'],
    ['a town', '果园镇', '990101100'],
  ])('%s', (_, query, code) => {
    expect(found(query)[0]).toBe(code);
  });

  it('given the gate is known, then it comes with whom to call', () => {
    expect(findPlaces(toytown, '玫瑰园', 1)[0]).toMatchObject({ kind: 'compound', town: '990101001', gate: { role: 'property', phone: '0371-55501002' } });
  });

  it('given a shared beginning, then all of them, the shortest first; given nothing that fits, then nothing', () => {
    expect(found('桥头').slice(0, 3)).toEqual(['T-C05', 'T-C06', '990101002']);
    expect(found('不存在的地方')).toEqual([]);
    expect(found('，。 ')).toEqual([]);
  });

  it('every place is found by its own name, whatever stands between the letters', () => {
    const names = [...toytown.compounds.values(), ...toytown.institutions.values(), ...toytown.towns.values()];
    fc.assert(fc.property(fc.constantFrom(...names), fc.constantFrom('zh' as const, 'en' as const), fc.constantFrom('', ' ', '，', '-'), ({ code, name }, language, between) => {
      expect(found([...name[language]].join(between))).toContain(code);
    }));
  });

  it('anything typed gives an answer within the limit', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (query) => {
      expect(found(query, 3).length).toBeLessThanOrEqual(3);
      expect(plainAddress(plainAddress(query))).toBe(plainAddress(query));
    }));
  });
});
