import type { CommandType, JourneyView } from '../../../src/journey/index.ts';
import { usePerform } from '../data/perform.ts';
import { useWords } from '../shell/language.tsx';
import { fieldsOf, verbOf } from './forms.ts';

/** One tap on the row itself, for the commands that need no words. */
export function QuickAction({ journey, types }: { readonly journey: JourneyView; readonly types: readonly CommandType[] }) {
  const { word, t } = useWords();
  const perform = usePerform(journey.id);
  const command = journey.actions.find((one) => types.includes(one.type) && fieldsOf(one).length === 0);
  if (!command) return null;
  const verb = word('do', verbOf(command));
  return (
    <span className="quick">
      <button type="button" disabled={perform.busy} aria-label={t('act.for', { verb, name: journey.person.name })} onClick={() => perform.now(command)}>
        {perform.busy ? t('act.sending') : verb}
      </button>
      {perform.problem && <span role="alert" className="problem">{perform.problem}</span>}
    </span>
  );
}
