import { useSyncExternalStore } from 'react';
import { look, type Look } from '../../shared/look.ts';

/** Day or night, also when it is changed while something is shown. */
export function useTheme(): Look['theme'] {
  return useSyncExternalStore(onLook, () => look().theme);
}

/** The page's own switch stands on the root element. */
function onLook(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
