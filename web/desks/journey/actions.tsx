import { useEffect, useState } from 'react';
import type { Command, JourneyView } from '../../../src/journey/index.ts';
import { usePerform } from '../data/perform.ts';
import { useKey } from '../shell/keys.ts';
import { useWords } from '../shell/language.tsx';
import { ActionDialog } from './dialog.tsx';
import { arrange, fieldsOf, isGrave, verbOf } from './forms.ts';

interface ActionsProps {
  readonly journey: JourneyView;
  /** The key that presses the primary button; shown on it. */
  readonly primaryKey?: string;
  /** The dispatcher's or committee's own choice instead of the recommendation: completes the primary command. */
  readonly choose?: (command: Command) => Command;
  /** Says what the choice is: "Send unit U07". */
  readonly label?: (command: Command) => string | undefined;
  /** Only the primary one: for the dashboard of a car. */
  readonly primaryOnly?: boolean;
}

/** What this person may do now, as verbs; the one that carries the journey on is the primary one. */
export function ActionButtons({ journey, primaryKey, choose = (command) => command, label, primaryOnly = false }: ActionsProps) {
  const words = useWords();
  const perform = usePerform(journey.id);
  const [asking, setAsking] = useState<Command>();
  const { primary, others } = arrange(journey.actions);
  const verb = (command: Command): string => label?.(command) ?? words.word('do', verbOf(command));
  const start = (command: Command): void => {
    if (fieldsOf(command).length > 0 || isGrave(command)) setAsking(command);
    else perform.now(choose(command));
  };
  useKey(primaryKey, () => primary && !perform.busy && start(primary));
  useEffect(() => setAsking(undefined), [journey.id]);

  return (
    <div className="actions" aria-busy={perform.busy}>
      {primary && (
        <button type="button" className="primary" disabled={perform.busy} onClick={() => start(primary)}>
          {perform.busy ? words.t('act.sending') : verb(primary)}
          {primaryKey && <kbd>{primaryKey.toUpperCase()}</kbd>}
        </button>
      )}
      {!primaryOnly && others.map((command) => (
        <button key={verbOf(command)} type="button" className={isGrave(command) ? 'grave' : ''} disabled={perform.busy} onClick={() => start(command)}>
          {verb(command)}
        </button>
      ))}
      {perform.problem && <p role="alert" className="problem">{perform.problem}</p>}
      {asking && (
        <ActionDialog
          command={asking}
          journey={journey}
          title={verb(asking)}
          onDone={(complete) => {
            setAsking(undefined);
            if (complete) perform.now(complete);
          }}
        />
      )}
    </div>
  );
}
