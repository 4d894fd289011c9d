import { useState, type ReactNode } from 'react';
import { post } from '../../shared/api.ts';
import type { Me } from '../data/contract.ts';
import { unsent } from '../data/outbox.ts';
import { endShift } from '../data/shift.ts';
import type { ScreenName } from '../screens.ts';
import { DemoBar, LineDownBar, LineState, Phones } from './bars.tsx';
import { useWords } from './language.tsx';
import { Preferences } from './preferences.tsx';
import { screensOf } from './states.tsx';

interface FrameProps {
  readonly screen: ScreenName | 'demo';
  readonly kind: 'desk' | 'hand';
  readonly me: Me | undefined;
  readonly demo: boolean;
  readonly children: ReactNode;
}

/** What stands around every screen: where one is, as whom, whether the picture is of now, and the two telephone numbers. */
export function Frame({ screen, kind, me, demo, children }: FrameProps) {
  const { t, word, say } = useWords();
  const [staying, setStaying] = useState(false);
  const screens = me ? screensOf(me) : [];
  const leave = (): void => (unsent().length > 0 ? setStaying(true) : void signOut(demo));
  return (
    <div className={`frame frame-${kind}`}>
      <a className="skip" href="#main">{t('shell.skip')}</a>
      {demo && <DemoBar />}
      <header className="head">
        <h1>{word('screen', screen)}</h1>
        {me && <span className="who">{word('role', me.actor.role)} · {say(me.scopeName)}</span>}
        {screens.length > 1 && (
          <nav aria-label={t('shell.screens')}>
            {screens.map((name) => <a key={name} href={`/${name}`} aria-current={name === screen ? 'page' : undefined}>{word('screen', name)}</a>)}
          </nav>
        )}
        {me && <LineState />}
        <Phones />
        <Preferences />
        {me && <button type="button" className="plain" onClick={leave}>{t('shell.sign-out')}</button>}
      </header>
      {staying && <p role="alert" className="line-down">{t('shell.unsent', { count: unsent().length })}</p>}
      {me && <LineDownBar />}
      <main id="main" tabIndex={-1}>{children}</main>
    </div>
  );
}

async function signOut(demo: boolean): Promise<void> {
  await post('/api/sign-out', {});
  await endShift();
  location.assign(demo ? '/demo' : '/sign-in');
}
