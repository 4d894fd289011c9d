import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { show } from '../shared/look.ts';
import { ensureChinese } from '../shared/plain/chinese.ts';
import { loadWords } from '../shared/words.ts';
import '../shared/theme.css';
import { App } from './app.tsx';
import { keepShift } from './data/shift.ts';
import './desks.css';

/** `api.ts` tries again by itself; trying again here would only make the person wait. Live changes say when to ask anew. */
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 15_000, networkMode: 'always' }, mutations: { networkMode: 'always' } } });

show();
/** The pages that have to open without a network. */
const isOffline = location.pathname === '/drive' || location.pathname === '/checkpoint';
// Where the screens are being written, what is kept would hide what was changed.
if (isOffline && import.meta.env.MODE !== 'development') void navigator.serviceWorker?.register('/offline-worker.js', { scope: location.pathname }).catch(() => undefined);
// Type that comes after the first drawing leaves boxes behind.
void Promise.all([loadWords('shared', 'desks'), ensureChinese(), isOffline && keepShift(queries).catch(() => undefined)]).then(() => {
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
});
