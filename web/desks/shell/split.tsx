import { useState, type ReactNode } from 'react';
import type { JourneyView } from '../../../src/journey/index.ts';

export interface Selection {
  readonly id: string | undefined;
  readonly select: (id: string | undefined) => void;
  readonly journey: JourneyView | undefined;
}

/** Which journey is open. It stays open when it leaves the list: closing it by itself would look like a mistake of one's own. */
export function useSelection(journeys: readonly JourneyView[]): Selection {
  const [id, select] = useState<string>();
  const [last, setLast] = useState<JourneyView>();
  const now = journeys.find((journey) => journey.id === id);
  if (now && now !== last) setLast(now);
  return { id, select, journey: id === undefined ? undefined : (now ?? (last?.id === id ? last : undefined)) };
}

interface SplitProps {
  readonly list: ReactNode;
  readonly detail: ReactNode | undefined;
  /** A third column on wide screens: the map, the trips. */
  readonly aside?: ReactNode;
}

/** List and detail side by side; on a narrow screen the detail lies over the list. */
export function Split({ list, detail, aside }: SplitProps) {
  return (
    <div className={`split${aside ? ' with-aside' : ''}${detail ? ' with-detail' : ''}`}>
      <div className="split-list">{list}</div>
      {aside && <div className="split-aside">{aside}</div>}
      {detail && <div className="split-detail">{detail}</div>}
    </div>
  );
}
