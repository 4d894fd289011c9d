import { useIssuers } from '../../passes/queries.ts';
import { Unit } from '../../passes/unit.tsx';
import { useWords } from '../../shell/language.tsx';
import { Asking } from '../../shell/states.tsx';

/** A unit's own pass office: its people in, their passes out, on paper or on a phone. */
export default function PassOffice() {
  const { t } = useWords();
  const asked = useIssuers();
  return (
    <div className="pass-office">
      <Asking asked={asked}>
        {({ issuers: [unit] }) => (unit ? <Unit issuer={unit} /> : <div className="state"><h2>{t('passes.not-enrolled')}</h2><p>{t('passes.not-enrolled-do')}</p></div>)}
      </Asking>
    </div>
  );
}
