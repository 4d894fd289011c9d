import '@mantine/core/styles.css';
import './mantine.css';
import { MantineProvider } from '@mantine/core';
import { useSyncExternalStore, type ReactNode } from 'react';
import { look } from '../../shared/look.ts';

/**
 * The parts that desks have and phones have not. Colours and sizes come from `mantine.css` and never from a style element
 * written at run time: the security policy lets a page use its own files only.
 */
export default function DeskParts({ children }: { readonly children: ReactNode }) {
  const theme = useSyncExternalStore(onLook, () => look().theme);
  return <MantineProvider withCssVariables={false} withGlobalClasses={false} forceColorScheme={theme}>{children}</MantineProvider>;
}

/** The page's own switch stands on the root element. */
function onLook(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
