import { useState } from 'react';
import { look, setLook, type Look } from '../../shared/look.ts';
import { language, setLanguage } from '../../shared/words.ts';
import { useWords } from './language.tsx';

/** Language, night, large print: chosen here, kept on this device, because they say nothing about anybody. */
export function Preferences() {
  const { t } = useWords();
  const [now, setNow] = useState(look);
  const change = (part: Partial<Look>): void => {
    setLook(part);
    setNow(look());
  };
  const other = language() === 'en' ? 'zh-CN' : 'en';
  return (
    <span className="preferences">
      <button type="button" className="plain" lang={other} onClick={() => void setLanguage(other)}>{t('preference.language')}</button>
      <button type="button" className="plain" aria-pressed={now.theme === 'dark'} onClick={() => change({ theme: now.theme === 'dark' ? 'light' : 'dark' })}>
        {t('preference.dark')}
      </button>
      <button type="button" className="plain" aria-pressed={now.bigText} onClick={() => change({ bigText: !now.bigText })}>{t('preference.bigText')}</button>
    </span>
  );
}
