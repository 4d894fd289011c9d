import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { usePost } from '../../data/post.ts';
import { useWords } from '../../shell/language.tsx';
import { offers } from './offers.ts';

const LENGTH_MAX = 1_000;

/** What is said in the page, by whom and when. Enter sends; nothing of it is kept in the browser. */
export function Chat({ journey, mine }: { readonly journey: JourneyView; readonly mine: boolean }) {
  const { t } = useWords();
  const messages = journey.visit?.messages ?? [];
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => { log.current?.scrollTo({ top: log.current.scrollHeight }); }, [messages.length]);
  return (
    <section className="chat" aria-label={t('cloud.chat')}>
      <h3>{t('cloud.chat')}</h3>
      <div ref={log} role="log" className="chat-log" tabIndex={0} aria-label={t('cloud.chat')}>
        {messages.length === 0 && <p className="quiet">{t('cloud.chat-empty')}</p>}
        {messages.length > 0 && (
          <ol>
            {messages.map((message, index) => (
              <li key={index} className={`chat-${message.from}${message.heard ? ' chat-heard' : ''}`}>
                <span className="quiet">{message.name} · {clockTime(message.at)}{message.heard && ' · ▲'}</span>
                <p>{message.text}</p>
              </li>
            ))}
          </ol>
        )}
      </div>
      {mine && offers(journey, 'sendMessage') && <Say journey={journey} />}
      {mine && !journey.closed && <CallLink journey={journey} />}
    </section>
  );
}

function Say({ journey }: { readonly journey: JourneyView }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const send = usePost('journey', 'clinic');
  const now = (): void => {
    if (text.trim() && !send.busy) send.now(`/api/journeys/${encodeURIComponent(journey.id)}/send-message`, { text: text.trim() }, () => setText(''));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // A Chinese word that is still being composed is not sent by the key that completes it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    now();
  };
  return (
    <form className="say" onSubmit={(event: FormEvent) => { event.preventDefault(); now(); }}>
      <textarea rows={2} maxLength={LENGTH_MAX} aria-label={t('cloud.say')} placeholder={t('cloud.say')} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={onKeyDown} />
      <button type="submit" disabled={send.busy || text.trim() === ''}>{send.busy ? t('act.sending') : t('cloud.send')}</button>
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </form>
  );
}

/** Voice and video happen in the hospital's own tool: a link is handed over, and opens without saying where it came from. */
function CallLink({ journey }: { readonly journey: JourneyView }) {
  const { t, word } = useWords();
  const [kind, setKind] = useState<'voice' | 'video'>('video');
  const [url, setUrl] = useState('');
  const [open, setOpen] = useState(false);
  const offer = usePost('journey');
  const call = journey.visit?.call;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    offer.now(`/api/journeys/${encodeURIComponent(journey.id)}/offer-call`, { kind, url: url.trim() }, () => { setOpen(false); setUrl(''); });
  };
  return (
    <div className="call-link">
      {call && <a className="button" href={call.url} target="_blank" rel="noopener noreferrer" referrerPolicy="no-referrer">{t('cloud.call-open', { kind: word('call-kind', call.kind), time: clockTime(call.at) })}</a>}
      {!open && <button type="button" onClick={() => setOpen(true)}>{t('cloud.call-offer')}</button>}
      {open && (
        <form className="inset" onSubmit={submit}>
          <label>{t('cloud.call-kind')}
            <select value={kind} onChange={(event) => setKind(event.target.value as 'voice' | 'video')}>{(['video', 'voice'] as const).map((one) => <option key={one} value={one}>{word('call-kind', one)}</option>)}</select>
          </label>
          <label>{t('cloud.call-url')}<input type="url" inputMode="url" required placeholder="https://" value={url} onChange={(event) => setUrl(event.target.value)} /></label>
          <div className="actions"><button type="submit" className="primary" disabled={offer.busy || !url.trim()}>{t('cloud.call-send')}</button><button type="button" onClick={() => setOpen(false)}>{t('act.cancel')}</button></div>
          {offer.problem && <p role="alert" className="problem">{offer.problem}</p>}
        </form>
      )}
    </div>
  );
}
