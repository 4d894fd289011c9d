import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { post } from '../../../shared/api.ts';
import { useWords } from '../../shell/language.tsx';

/** Which vehicle this shift is on. Typed from its door, because crews change vehicles and lists of them are long. */
export function VehicleOfToday({ kind, current }: { readonly kind: 'unit' | 'car'; readonly current: string | undefined }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [changing, setChanging] = useState(current === undefined);
  const [id, setId] = useState('');
  const choose = useMutation({
    mutationFn: () => post('/api/my-vehicle', { id: id.trim().toUpperCase() }),
    onSuccess: () => {
      setChanging(false);
      void queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    choose.mutate();
  };
  if (!changing) {
    return (
      <p className="vehicle">
        {t(kind === 'unit' ? 'drive.unit' : 'drive.car')} <b className="code">{current}</b>{' '}
        <button type="button" className="plain" onClick={() => setChanging(true)}>{t('drive.change')}</button>
      </p>
    );
  }
  return (
    <form className="vehicle" onSubmit={submit}>
      <label htmlFor="vehicle">{t(kind === 'unit' ? 'drive.which-unit' : 'drive.which-car')}</label>
      <input id="vehicle" value={id} autoCapitalize="characters" autoComplete="off" onChange={(event) => setId(event.target.value)} />
      {choose.error && <p role="alert" className="problem">{choose.error.message}</p>}
      <button type="submit" className="primary" disabled={id.trim() === '' || choose.isPending}>{t('drive.take')}</button>
      {current !== undefined && <button type="button" onClick={() => setChanging(false)}>{t('act.cancel')}</button>}
    </form>
  );
}
