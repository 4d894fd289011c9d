import type { Place } from '../base/index.ts';
import type { District, Town } from './city.ts';
import type { Entry, Row } from './sheet.ts';

/** A place that was missing or mistyped is absent until the file is repaired. */
export type Placed<T extends { centre: Place }> = Omit<T, 'centre'> & { readonly place: Place | undefined };

export interface Areas {
  readonly districts: readonly Entry<Placed<District>>[];
  readonly towns: readonly Entry<Placed<Town>>[];
}

const KINDS = ['statutory', 'functionalZone'] as const;

/** `areas.yaml`: districts, and the towns each of them commands. */
export function readAreas(sheet: Row): Areas {
  const allApproximate = sheet.flag('approximate');
  const districts = sheet.rows('districts').map((row) => {
    const value = {
      code: row.text('code'), name: row.name(), kind: row.choice('kind', KINDS) ?? 'statutory', place: row.place(),
    };
    row.finish();
    return { row, value };
  });
  const towns = sheet.rows('towns').map((row) => {
    const approximate = row.flag('approximate', allApproximate);
    const value = {
      code: row.text('code'), name: row.name(), district: row.text('district'), place: row.place(),
      ...(approximate && { approximate }),
    };
    row.finish();
    return { row, value };
  });
  for (const [field, list] of [['districts', districts], ['towns', towns]] as const) {
    if (list.length === 0) sheet.problem('missing', `the city has no ${field}: list at least one`, field);
  }
  sheet.finish();
  return { districts, towns };
}
