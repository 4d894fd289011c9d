import { useEffect, useState, type ReactNode } from 'react';
import type { BoardCall, BoardView } from '../../../../src/dispatch/index.ts';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { useCity, useJourney, useJourneys, useMe } from '../../data/queries.ts';
import { ActionButtons } from '../../journey/actions.tsx';
import { JourneyPanel } from '../../journey/panel.tsx';
import { NewRequest } from '../../requests/new-request.tsx';
import { useKey } from '../../shell/keys.ts';
import { useWords } from '../../shell/language.tsx';
import { Split } from '../../shell/split.tsx';
import { Asking } from '../../shell/states.tsx';
import { Afterwards } from './after.tsx';
import './board.css';
import { CallLine } from './call-line.tsx';
import { choicesFor, type Choice } from './choices.ts';
import { Aid, Moves } from './cover.tsx';
import { Decision } from './decision.tsx';
import { BoardMap } from './map.tsx';
import { DoneByItself, ModeBar } from './mode.tsx';
import { namesOf, type Names } from './notes.ts';
import { OtherUnits } from './other-units.tsx';
import { useBoard, useRoute, useUnitOptions, type RouteAnswer } from './queries.ts';
import { Queue, useCallKeys } from './queue.tsx';
import { NearBy, SameCall } from './same-call.tsx';
import { useSending, type Sending } from './send.ts';
import { Units } from './units.tsx';
import { Watched } from './watched.tsx';

/** The 120 board: who waits, which unit the board recommends and why, where everything is. One key sends. */
export default function Board() {
  const asked = useBoard();
  return <Asking asked={asked}>{(board) => <Work board={board} />}</Asking>;
}

function Work({ board }: { readonly board: BoardView }) {
  const { t, say } = useWords();
  const journeys = useJourneys().data?.journeys ?? [];
  const names = namesOf(board, journeys, useCity().data, say);
  const role = useMe().data?.actor.role;
  const known = new Map(journeys.map((journey) => [journey.id, journey]));
  const sending = useSending(board);
  const [id, select] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const [writing, setWriting] = useState(false);
  const call = board.calls.find(({ journey }) => journey === id);
  const open = (journey: string): void => { select(journey); };
  useEffect(() => setChosen(undefined), [id, call?.unit]);
  useCallKeys(id, open);
  const sends = role === 'dispatcher';
  useKey(sends && call ? 's' : undefined, () => call && sending.send(call, chosen));
  useKey('c', () => setWriting(true));

  // The way of what would go with the next press; else of what is on its way.
  const unit = chosen ?? call?.answer?.unit ?? call?.unit;
  const route = useRoute(call?.journey, unit).data;
  const lists = { selected: id, onSelect: open };
  const line = (one: BoardCall) => <CallLine call={one} board={board} names={names} journey={known.get(one.journey)} />;
  const gone = (one: BoardCall): string => {
    const now = board.calls.find(({ journey }) => journey === one.journey);
    if (!now) return t('board.gone');
    return now.unit === undefined ? t('board.gone-waits') : t('board.gone-sent', { unit: now.unit });
  };
  return (
    <div className="board">
      <ModeBar board={board} mayDecide={sends || role === 'city'}>
        <button type="button" onClick={() => setWriting(true)}>{t('new.open')} <kbd>C</kbd></button>
      </ModeBar>
      <Afterwards sending={sending} board={board} names={names} onSelect={open} />
      <Split
        list={
          <>
            <Queue
              name={t('board.waiting')} empty={t('board.waiting-empty')} calls={board.calls.filter((one) => one.unit === undefined)} line={line} gone={gone} showsKey
              beside={(one) => sends && <SendButton call={one} board={board} sending={sending} />} {...lists}
            />
            <Queue
              name={t('board.running')} empty={t('board.running-empty')} calls={board.calls.filter((one) => one.unit !== undefined)} line={line} gone={gone} {...lists}
            />
            <Watched calls={board.watched} {...lists} />
          </>
        }
        aside={
          <>
            <BoardMap board={board} call={call} unit={unit} route={route} onSelect={open} />
            <DoneByItself board={board} names={names} maySend={sends} onSelect={open} />
            <Moves board={board} mayDecide={sends} />
            <Units board={board} names={names} mayDecide={sends} onSelect={open} />
            <Aid board={board} names={names} onSelect={open} />
          </>
        }
        detail={id !== undefined && (
          <Detail key={id} id={id} onClose={() => select(undefined)}>
            {(journey) => (
              <>
                {call && <CallWork {...{ journey, call, board, names, sending, chosen, route }} maySend={sends} onChoose={setChosen} />}
                <ActionButtons journey={call ? withoutSending(journey) : journey} {...(!call && journey.step?.owner.role === 'dispatcher' && { primaryKey: 's' })} />
              </>
            )}
          </Detail>
        )}
      />
      {writing && <NewRequest onClose={() => setWriting(false)} onSent={(journey) => { setWriting(false); open(journey.id); }} />}
    </div>
  );
}

/** On the row: the recommendation, sent without opening the call. */
function SendButton({ call, board, sending }: { readonly call: BoardCall; readonly board: BoardView; readonly sending: Sending }) {
  const { t } = useWords();
  const { answer, journey, name } = call;
  const problem = sending.problem(journey);
  if (answer?.unit === undefined) return problem ? <span className="quick"><span role="alert" className="problem">{problem}</span></span> : null;
  const from = board.calls.find(({ mission }) => mission === answer.takenFrom);
  return (
    <span className="quick">
      <button type="button" disabled={sending.isBusy(journey)} aria-label={t('act.for', { verb: t('vehicle.send', { vehicle: answer.unit }), name })} onClick={() => sending.send(call)}>
        {sending.isBusy(journey) ? t('act.sending') : t('vehicle.send', { vehicle: answer.unit })}
      </button>
      {from && <span className="quick-from">{t('board.send-from', { name: from.name })}</span>}
      {problem && <span role="alert" className="problem">{problem}</span>}
    </span>
  );
}

/** The open request, whether it still is a call or not. */
function Detail({ id, onClose, children }: { readonly id: string; readonly onClose: () => void; readonly children: (journey: JourneyView) => ReactNode }) {
  const asked = useJourney(id);
  return <Asking asked={asked}>{({ journey }) => <JourneyPanel journey={journey} onClose={onClose}>{children(journey)}</JourneyPanel>}</Asking>;
}

interface CallWorkProps {
  readonly journey: JourneyView;
  readonly call: BoardCall;
  readonly board: BoardView;
  readonly names: Names;
  readonly sending: Sending;
  readonly chosen: string | undefined;
  readonly route: RouteAnswer | undefined;
  /** Others see what is recommended and why. */
  readonly maySend: boolean;
  readonly onChoose: (unit: string) => void;
}

function CallWork({ journey, call, board, names, sending, chosen, route, maySend, onChoose }: CallWorkProps) {
  const options = useUnitOptions(call.journey, maySend).data?.units ?? [];
  const choices: readonly Choice[] = choicesFor(call, options, board);
  return (
    <>
      <Decision {...{ call, board, names, sending, chosen, route, maySend }} chosenSeconds={choices.find(({ unit }) => unit === chosen)?.etaSeconds} />
      <NearBy nearby={call.nearby} />
      {call.perhapsSame.length > 0 && <SameCall journey={journey} hints={call.perhapsSame} maySend={maySend} />}
      {maySend && (call.unit === undefined || choices.length > 0) && <OtherUnits choices={choices} chosen={chosen} onChoose={onChoose} travel={board.travel} />}
    </>
  );
}

/** Sending has its own button, with the unit on it. */
const withoutSending = (journey: JourneyView): JourneyView => ({ ...journey, actions: journey.actions.filter(({ type }) => type !== 'sendUnit') });
