import { useDebouncedValue } from '@mantine/hooks';
import { useId, useState, type KeyboardEvent } from 'react';
import type { MedicineView } from '../../../../src/clinic/index.ts';
import { useWords } from '../../shell/language.tsx';
import { useFormulary } from './queries.ts';

const TYPING_MS = 150;

interface SearchProps {
  readonly value: string;
  readonly wrong: boolean;
  readonly onChange: (medicine: string, known: MedicineView | undefined) => void;
}

/** Medicines by a few letters of either name or the ATC code; what is not in the list can be written freely, and says so. */
export function MedicineSearch({ value, wrong, onChange }: SearchProps) {
  const { t, say, word } = useWords();
  const id = useId();
  const [typing, setTyping] = useState(false);
  const [at, setAt] = useState(0);
  const [letters] = useDebouncedValue(value.trim(), TYPING_MS);
  const asked = useFormulary(typing ? letters : '');
  const found = typing && letters !== '' ? (asked.data?.medicines ?? []).slice(0, 8) : [];
  const choose = (medicine: MedicineView): void => {
    setTyping(false);
    onChange(say(medicine.name), medicine);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt(Math.min(found.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1))));
    }
    if (event.key === 'Escape') setTyping(false);
    if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = found[at];
      if (chosen) choose(chosen);
    }
  };
  return (
    <div className="medicine-search">
      <label htmlFor={id}>{t('item.medicine')}</label>
      <input
        id={id} role="combobox" autoComplete="off" aria-expanded={found.length > 0} aria-controls={`${id}-found`} aria-autocomplete="list" aria-invalid={wrong}
        aria-activedescendant={found[at] && `${id}-${found[at].code}`} value={value}
        onChange={(event) => { setTyping(true); setAt(0); onChange(event.target.value, undefined); }} onKeyDown={onKeyDown} onBlur={() => setTyping(false)}
      />
      <ul id={`${id}-found`} role="listbox" aria-label={t('cloud.medicines')} className="found" hidden={found.length === 0}>
        {found.map((medicine, index) => (
          // Before the field loses the focus: a click after it would find the list gone.
          <li key={medicine.code} id={`${id}-${medicine.code}`} role="option" aria-selected={index === at} onMouseDown={(event) => { event.preventDefault(); choose(medicine); }}>
            <b>{say(medicine.name)}</b> <span className="quiet">{medicine.strengths.join(' · ')} {medicine.unit} · {medicine.atc}</span>
            {medicine.classes.map((each) => <b key={each}> · {word('medicine-class', each)}</b>)}
            {medicine.coldChain && ` · ${t('cloud.cold')}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
