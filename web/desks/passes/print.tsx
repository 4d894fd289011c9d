import { useEffect, useState } from 'react';
import { clockTime, dayName } from '../../shared/time.ts';
import { useWords } from '../shell/language.tsx';
import { fetchCards, type CardsAnswer } from './queries.ts';

/** On paper there is no today: the day is always said. */
const onPaper = (instant: number): string => `${dayName(instant)} ${clockTime(instant)}`;

/** Cards for paper, eight a sheet. Fetched in parts; printed when all of them are there. */
export function Print({ issuer, batch, onClose }: { readonly issuer: string; readonly batch: string; readonly onClose: () => void }) {
  const { t, say } = useWords();
  const [cards, setCards] = useState<CardsAnswer['cards']>([]);
  const [name, setName] = useState<CardsAnswer['issuer']['name']>();
  const [whole, setWhole] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let stopped = false;
    const all = async (): Promise<void> => {
      for (let from = 0; !stopped; ) {
        const answer = await fetchCards(issuer, batch, from);
        if (stopped) return;
        setName(answer.issuer.name);
        setCards((before) => (from === 0 ? answer.cards : [...before, ...answer.cards]));
        if (answer.cards.length === 0) return setWhole(true);
        from += answer.atOnce;
      }
    };
    all().catch(() => setFailed(true));
    return () => { stopped = true; };
  }, [issuer, batch]);
  return (
    <section className="pass-print" aria-label={t('passes.sheet')}>
      <p className="actions no-print">
        <button type="button" className="primary" disabled={!whole || cards.length === 0} onClick={() => print()}>{t('passes.print')}</button>
        <button type="button" onClick={onClose}>{t('passes.back')}</button>
        {!whole && !failed && <span role="status">{t('passes.making', { count: cards.length })} <progress /></span>}
        {whole && <span role="status">{t('passes.made', { count: cards.length })}</span>}
        {failed && <span role="alert" className="problem">{t('state.failed')}</span>}
      </p>
      <ul className="pass-cards">
        {cards.map((card) => (
          <li key={card.code} className="pass-card">
            <img alt={t('passes.qr-of', { name: card.name })} src={`data:image/svg+xml;utf8,${encodeURIComponent(card.qrSvg)}`} />
            <p><b>{card.name}</b><br />{card.duty}<br />{say(name)}<br />{card.areas?.join(', ') ?? t('passes.whole-city')}<br />{onPaper(card.validFrom)}–{onPaper(card.validTo)}<br /><span className="code pass-code">{card.code}</span></p>
          </li>
        ))}
      </ul>
    </section>
  );
}
