import { useState } from 'react';
import { FINDINGS, findFinding } from '../../../src/triage/findings.ts';
import { useWords, type Words } from '../shell/language.tsx';

/** A finding's name; a code that this page does not know yet (a newer server) is shown as it is rather than hidden. */
export function findingName({ say }: Words, code: string): string {
  const finding = findFinding(code);
  return finding ? say(finding.name) : code;
}

interface PickerProps {
  readonly id: string;
  readonly chosen: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

/** Findings by typing a few letters; in the order of asking, what kills first stands first. */
export function FindingPicker({ id, chosen, onChange }: PickerProps) {
  const words = useWords();
  const [letters, setLetters] = useState('');
  const wanted = letters.trim().toLowerCase();
  const found = FINDINGS.filter(({ code, name }) =>
    !chosen.includes(code) && (wanted === '' || [code, name.zh, name.en].some((text) => text.toLowerCase().includes(wanted))));
  return (
    <div className="picker">
      {chosen.length > 0 && (
        <ul className="chips">
          {chosen.map((code) => (
            <li key={code}>
              <button type="button" aria-label={words.t('pick.remove', { name: findingName(words, code) })} onClick={() => onChange(chosen.filter((other) => other !== code))}>
                {findingName(words, code)} <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <input id={id} type="search" autoComplete="off" placeholder={words.t('pick.search')} value={letters} onChange={(event) => setLetters(event.target.value)} />
      <ul className="chips choices">
        {found.slice(0, wanted ? 12 : 8).map((finding) => (
          <li key={finding.code}>
            <button type="button" onClick={() => { onChange([...chosen, finding.code]); setLetters(''); }}>+ {words.say(finding.name)}</button>
          </li>
        ))}
      </ul>
    </div>
  );
}
