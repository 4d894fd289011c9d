import { describe, expect, it } from 'vitest';
import { whyCancelled } from './cancelled.ts';

describe('why an appointment was cancelled', () => {
  it.each([
    ['sessionClosed', 'visit.cancelled.closed'], ['sessionChanged', 'visit.cancelled.closed'], ['unitClosed', 'visit.cancelled.closed'], ['holdOver', 'visit.cancelled.holdOver'],
  ])('%s is told in a sentence, not as a code', (code, sentence) => expect(whyCancelled(code)).toBe(sentence));
  it('says nothing of a code that means nothing to a person', () => expect(whyCancelled('planChanged')).toBeUndefined());
  it.each(['我好多了', 'I cannot come', 'Better'])('%s is repeated as it was said', (said) => expect(whyCancelled(said)).toBe('visit.cancelled.because'));
});
