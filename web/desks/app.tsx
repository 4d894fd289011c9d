import { lazy, Suspense, useEffect, type ComponentType } from 'react';
import { useCity, useMe } from './data/queries.ts';
import { useLiveUpdates } from './data/line.ts';
import { SCREENS, screenAt, type ScreenName } from './screens.ts';
import { Frame } from './shell/frame.tsx';
import { useWords } from './shell/language.tsx';
import { Failed, isSignedOut, Loading, NoPermission, SignedOut } from './shell/states.tsx';

const DeskParts = lazy(() => import('./shell/desk-parts.tsx'));
const Demo = lazy(() => import('./screens/demo/index.tsx'));
const VIEWS = new Map<ScreenName, ComponentType>(
  (Object.keys(SCREENS) as ScreenName[]).map((name) => [name, lazy(SCREENS[name].load)]),
);

/** One address, one screen. */
export function App() {
  const screen = screenAt(location.pathname);
  const { word } = useWords();
  useEffect(() => { document.title = `${word('screen', screen ?? 'demo')} · Greenlane`; });
  if (screen === undefined || screen === 'demo') return <DemoPage />;
  return <Duty screen={screen} />;
}

function DemoPage() {
  const me = useMe();
  return (
    <Frame screen="demo" kind="hand" me={me.data} demo>
      <Suspense fallback={<Loading />}><Demo /></Suspense>
    </Frame>
  );
}

function Duty({ screen }: { readonly screen: ScreenName }) {
  const me = useMe();
  const city = useCity();
  const { kind, roles } = SCREENS[screen];
  const demo = me.data?.demo ?? city.data?.demo ?? false;
  useLiveUpdates(me.data !== undefined);
  return (
    <Frame screen={screen} kind={kind} me={me.data} demo={demo}>
      {me.data === undefined && (isSignedOut(me.error) ? <SignedOut demo={demo} screen={screen} />
        : me.error ? <Failed error={me.error} again={me.refetch} /> : <Loading />)}
      {me.data && !roles.includes(me.data.actor.role) && <NoPermission me={me.data} screen={screen} />}
      {me.data && roles.includes(me.data.actor.role) && <Work screen={screen} />}
    </Frame>
  );
}

/** The desks' larger parts come with the desks only: a phone on a dashboard never loads them. */
function Work({ screen }: { readonly screen: ScreenName }) {
  const View = VIEWS.get(screen)!;
  const view = <Suspense fallback={<Loading />}><View /></Suspense>;
  return SCREENS[screen].kind === 'hand' ? view : <Suspense fallback={<Loading />}><DeskParts>{view}</DeskParts></Suspense>;
}
