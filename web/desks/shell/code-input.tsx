import { useEffect, useId, useRef, useState } from 'react';
import { codeReader } from './code-reader.ts';
import { useWords } from './language.tsx';

interface CodeInputProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What the camera read: the whole of it, at once. Absent: as if it had been typed. */
  readonly onScan?: (value: string) => void;
}

const hasCamera = typeof navigator !== 'undefined' && navigator.mediaDevices?.getUserMedia !== undefined;

/** A code typed or scanned, always the first thing on the page. */
export function CodeInput({ label, hint, value, onChange, onScan = onChange }: CodeInputProps) {
  const { t } = useWords();
  const id = useId();
  const [scanning, setScanning] = useState(false);
  return (
    <div className="code-input">
      <label htmlFor={id}>{label}</label>
      <p className="quiet" id={`${id}-hint`}>{hint}</p>
      <div className="code-row">
        <input id={id} value={value} autoFocus autoComplete="off" autoCapitalize="characters" spellCheck={false} aria-describedby={`${id}-hint`} onChange={(event) => onChange(event.target.value)} />
        {value !== '' && <button type="button" onClick={() => onChange('')}>{t('code.clear')}</button>}
        {hasCamera && value === '' && <button type="button" onClick={() => setScanning(!scanning)}>{t(scanning ? 'code.stop' : 'code.scan')}</button>}
      </div>
      {scanning && <Camera onRead={(text) => { setScanning(false); onScan(text); }} />}
    </div>
  );
}

const LOOK_MS = 200;

function Camera({ onRead }: { readonly onRead: (text: string) => void }) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const read = useRef(onRead);
  read.current = onRead;
  const [failed, setFailed] = useState(false);
  const [light, setLight] = useState<MediaStreamTrack>();
  const [lit, setLit] = useState(false);
  useEffect(() => {
    let stopped = false;
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const reading = codeReader();
    const lookAgain = async (): Promise<void> => {
      const text = video.current ? await (await reading)(video.current).catch(() => undefined) : undefined;
      if (stopped) return;
      if (text) read.current(text);
      else timer = setTimeout(() => void lookAgain(), LOOK_MS);
    };
    const start = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (stopped || !video.current) return stream.getTracks().forEach((track) => track.stop());
      video.current.srcObject = stream;
      await video.current.play();
      const [track] = stream.getVideoTracks();
      if (track && (track.getCapabilities?.() as { readonly torch?: boolean } | undefined)?.torch) setLight(track);
      void lookAgain();
    };
    start().catch(() => setFailed(true));
    return () => {
      stopped = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  const turn = (): void => void light?.applyConstraints({ advanced: [{ torch: !lit } as MediaTrackConstraintSet] }).then(() => setLit(!lit), () => setLight(undefined));
  if (failed) return <p role="alert">{t('code.no-camera')}</p>;
  return (
    <>
      <video ref={video} muted playsInline className="camera" />
      {light && <button type="button" aria-pressed={lit} onClick={turn}>{t('code.light')}</button>}
    </>
  );
}
