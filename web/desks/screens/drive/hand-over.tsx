import { useState, type FormEvent } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import type { HandOverReport } from '../../../../src/reception/index.ts';
import { newItem, press, type Waiting } from '../../data/outbox.ts';
import { HandOverTold } from '../../journey/hand-over.tsx';
import { findingName } from '../../requests/finding-picker.tsx';
import { listed } from '../../../shared/words.ts';
import { useWords } from '../../shell/language.tsx';

const MAX = 1_000;

interface HandOverProps {
  readonly journey: JourneyView;
  readonly actor: string;
  readonly outbox: readonly Waiting[];
}

/** The crew owes its signature from the door on, also where there is no line: what is on this phone counts as pressed. */
export function owesHandOver({ id, actions, arrival }: JourneyView, outbox: readonly Waiting[]): boolean {
  if (arrival?.handOver || isTold(id, outbox)) return false;
  return actions.some(({ type }) => type === 'handOver') || ofJourney(id, outbox).some(({ body }) => 'step' in body && body.step === 'atDestination');
}

/** What is told at the door, in four lines, begun from what is known; and whether the ward has signed. */
export function HandOver({ journey, actor, outbox }: HandOverProps) {
  const { t } = useWords();
  if (journey.arrival?.handOver) return <HandOverTold arrival={journey.arrival} />;
  if (isTold(journey.id, outbox)) return <p role="status">{t('door.told-waits')}</p>;
  return owesHandOver(journey, outbox) ? <TellForm journey={journey} actor={actor} /> : null;
}

function TellForm({ journey, actor }: Omit<HandOverProps, 'outbox'>) {
  const words = useWords();
  const { t, word } = words;
  const [report, setReport] = useState<Required<HandOverReport>>({
    happened: journey.clinical?.complaint ?? '', found: listed(...(journey.clinical?.findings ?? []).map((code) => findingName(words, code))).slice(0, MAX), measured: '', done: '',
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const item = newItem(actor, 'door.told-said', journey.person.name);
    const { measured, ...told } = report;
    const body = { report: { ...told, ...(measured.trim() !== '' && { measured }) }, at: item.at };
    void press({ ...item, kind: 'command', journey: journey.id, path: `/api/journeys/${encodeURIComponent(journey.id)}/hand-over`, body });
  };
  return (
    <form className="change" aria-label={t('door.hand-over')} onSubmit={submit}>
      <h2>{t('door.hand-over')}</h2>
      {(['happened', 'found', 'measured', 'done'] as const).map((part) => (
        <label key={part}>
          {word('told', part)}
          <textarea rows={2} maxLength={MAX} required={part !== 'measured'} value={report[part]} onChange={(event) => setReport({ ...report, [part]: event.target.value })} />
        </label>
      ))}
      <button type="submit" className="tap" disabled={[report.happened, report.found, report.done].some((part) => part.trim() === '')}>{t('door.tell')}</button>
    </form>
  );
}

const ofJourney = (id: string, outbox: readonly Waiting[]) => outbox.flatMap((item) => (item.kind === 'command' && item.journey === id && item.refusal === undefined ? [item] : []));
const isTold = (id: string, outbox: readonly Waiting[]): boolean => ofJourney(id, outbox).some(({ body }) => 'report' in body);
