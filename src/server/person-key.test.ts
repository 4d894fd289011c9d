import { describe, expect, it } from 'vitest';
import { personKey, phoneKey } from './person-key.ts';

const WANG = { name: '王 秀英', phone: '+86 137-0000-5678' };

describe('the key of a person', () => {
  it('given the same person written in other ways, then it is the same key', () => {
    for (const written of [{ name: '王秀英', phone: '13700005678' }, { name: '王　秀英', phone: '１３７００００５６７８' }, { name: '王·秀英', phone: '0086 13700005678' }, { name: '王\u200b秀英\u0301', phone: '+86 0137 0000 5678' }, { name: '王+秀英', phone: '013700005678' }]) {
      expect(personKey('I1', written)).toBe(personKey('I1', WANG));
    }
  });

  it('given another name, another phone or another incident, then it is another key', () => {
    const keys = [WANG, { ...WANG, name: '王秀兰' }, { ...WANG, phone: '13700005679' }].map((person) => personKey('I1', person));
    expect(new Set([...keys, personKey('I2', WANG)]).size).toBe(4);
  });

  it('given two people with one phone, then what is booked from it is counted together', () => {
    expect(phoneKey('I1', WANG.phone)).toBe(phoneKey('I1', '137 0000 5678'));
  });
});
