import { describe, expect, it } from 'vitest';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { matching } from './search.ts';

const journey = (id: string, name: string, phone: string, proxyPhone?: string): JourneyView => ({
  id, address: 'Gate 2', town: { code: '1', name: { zh: '林山寨街道', en: 'Linshanzhai Subdistrict' }, district: '1' },
  person: { name, phone, groups: [], ...(proxyPhone && { proxy: { name: 'Neighbour', phone: proxyPhone } }) },
}) as unknown as JourneyView;
const journeys = [journey('R1', '演示甲', '139 0000 1234'), journey('R2', 'Demo B', '13900005678', '13711112222')];
const found = (letters: string): readonly string[] => matching(journeys, letters).map(({ id }) => id);

describe('finding a journey while somebody speaks', () => {
  it('given the last four digits, then spaces in the stored number do not hide it', () => {
    expect(found('1234')).toEqual(['R1']);
  });

  it('given the number of whoever speaks for the person, then the person is found', () => {
    expect(found('137-1111-2222')).toEqual(['R2']);
  });

  it('given a part of the name or the town in either language, then it is found', () => {
    expect(found('示甲')).toEqual(['R1']);
    expect(found('demo')).toEqual(['R2']);
    expect(found('林山寨')).toEqual(['R1', 'R2']);
  });

  it('given digits that only stand in the middle of a number, then nobody is found by mistake', () => {
    expect(found('0000')).toEqual([]);
  });
});
