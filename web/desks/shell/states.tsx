import type { ReactNode } from 'react';
import { Problem } from '../../shared/api.ts';
import { homeOf, SCREENS, type ScreenName } from '../screens.ts';
import type { Me } from '../data/contract.ts';
import { useWords } from './language.tsx';

/** What a question to the server looks like while it is open: TanStack's query, as far as a screen reads it. */
interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** Shows the answer, or what to do while there is none. An old answer is better than an error: it stays, with its age. */
export function Asking<T>({ asked, children }: { readonly asked: Asked<T>; readonly children: (data: T) => ReactNode }) {
  if (asked.data !== undefined) return children(asked.data);
  return asked.error ? <Failed error={asked.error} again={asked.refetch} /> : <Loading />;
}

export function Loading() {
  const { t } = useWords();
  return <p className="state" role="status">{t('state.loading')}</p>;
}

export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="state">{children}</p>;
}

export function Failed({ error, again }: { readonly error: Error; readonly again: () => unknown }) {
  const { t } = useWords();
  return (
    <div className="state" role="alert">
      <h2>{t('state.failed')}</h2>
      <p>{error.message}</p>
      <button type="button" className="primary" onClick={() => void again()}>{t('state.again')}</button>
    </div>
  );
}

export function isSignedOut(error: Error | null): boolean {
  return error instanceof Problem && error.status === 401;
}

export function SignedOut({ demo, screen }: { readonly demo: boolean; readonly screen: ScreenName }) {
  const { t, word } = useWords();
  return (
    <div className="state">
      <h2>{t('state.signed-out')}</h2>
      <p>{t(demo ? 'state.signed-out-demo' : 'state.signed-out-do')}</p>
      <p>
        {demo ? <a className="primary" href={`/demo?for=${screen}`}>{t('state.choose-post', { screen: word('screen', screen) })}</a>
          : <a className="primary" href="/sign-in">{t('state.sign-in')}</a>}
      </p>
    </div>
  );
}

export function NoPermission({ me, screen }: { readonly me: Me; readonly screen: ScreenName }) {
  const { t, word } = useWords();
  const own = homeOf(me.actor.role);
  return (
    <div className="state">
      <h2>{t('state.not-yours')}</h2>
      <p>{t('state.not-yours-why', { role: word('role', me.actor.role), screen: word('screen', screen) })}</p>
      {own && <p><a className="primary" href={`/${own}`}>{t('state.go-to', { screen: word('screen', own) })}</a></p>}
      {me.demo && <p><a href={`/demo?for=${screen}`}>{t('state.choose-post', { screen: word('screen', screen) })}</a></p>}
    </div>
  );
}

export function screensOf(me: Me): readonly ScreenName[] {
  return (Object.keys(SCREENS) as ScreenName[]).filter((name) => SCREENS[name].roles.includes(me.actor.role));
}
