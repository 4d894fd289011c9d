import '@mantine/core/styles.css';
import './mantine.css';
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTheme } from './theme.ts';

/**
 * The parts that desks have and phones have not. Colours and sizes come from `mantine.css` and never from a style element
 * written at run time: the security policy lets a page use its own files only.
 */
export default function DeskParts({ children }: { readonly children: ReactNode }) {
  const theme = useTheme();
  return <MantineProvider withCssVariables={false} withGlobalClasses={false} forceColorScheme={theme}>{children}</MantineProvider>;
}
