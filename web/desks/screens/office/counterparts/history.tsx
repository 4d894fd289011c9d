import { useState } from 'react';
import type { CounterpartVersion } from '../../../../../src/city/index.ts';
import type { CityAnswer } from '../../../data/contract.ts';
import { usePost } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime } from '../../../shell/now.ts';
import { Asking, Empty } from '../../../shell/states.tsx';
import { useHistory, usePreview } from './queries.ts';
import { Would } from './would.tsx';

/** Every change with who and why; what was there before one of them can be had again, as a change of its own. */
export function History({ city, version }: { readonly city: CityAnswer; readonly version: number }) {
  const { t } = useWords();
  const asked = useHistory();
  const [back, setBack] = useState<number>();
  return (
    <details className="out">
      <summary>{t('counterparts.history')}</summary>
      <Asking asked={asked}>
        {({ versions }) => (versions.length === 0 ? <Empty>{t('counterparts.history-empty')}</Empty> : (
          <ol className="plain-rows" reversed>
            {versions.map((one) => (
              <li key={one.version}>
                <Said one={one} />
                {back === one.version - 1
                  ? <Undo key={version} city={city} base={version} to={back} onEnd={() => setBack(undefined)} />
                  : <p><button type="button" onClick={() => setBack(one.version - 1)}>{t('counterparts.go-back', { version: one.version })}</button></p>}
              </li>
            ))}
          </ol>
        ))}
      </Asking>
    </details>
  );
}

function Said({ one: { version, at, by, why, towns, undoneTo } }: { readonly one: CounterpartVersion }) {
  const { t } = useWords();
  return (
    <span>
      <b>{t('counterparts.version', { version })}</b> {dayAndTime(at)} · {by.name} · {why}
      <br /><span className="quiet">{t('counterparts.version-towns', { count: towns.length })}{undoneTo !== undefined && ` · ${t('counterparts.undone', { version: undoneTo })}`}</span>
    </span>
  );
}

function Undo({ city, base, to, onEnd }: { readonly city: CityAnswer; readonly base: number; readonly to: number; readonly onEnd: () => void }) {
  const { t } = useWords();
  const [why, setWhy] = useState('');
  const send = usePost('counterparts', 'holes');
  const preview = usePreview(JSON.stringify({ to }));
  return (
    <form className="end-sure" onSubmit={(event) => { event.preventDefault(); send.now('/api/counterparts/undo', { base, to, why: why.trim() }, onEnd); }}>
      <Would city={city} answer={preview.data} error={preview.error} />
      <label className="field">{t('counterparts.why')}<input autoFocus value={why} maxLength={300} onChange={({ target }) => setWhy(target.value)} /></label>
      {send.problem && <p className="problem" role="alert">{send.problem}</p>}
      <div className="actions">
        <button type="submit" className="primary" disabled={send.busy || why.trim().length < 3 || !preview.data || preview.data.problems.length > 0 || preview.data.towns.length === 0}>{t('counterparts.go-back-now')}</button>
        <button type="button" onClick={onEnd}>{t('act.cancel')}</button>
      </div>
    </form>
  );
}
