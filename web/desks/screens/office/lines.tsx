import '../../duty/duty.css';
import type { DutyRow } from '../../../../src/hotline/index.ts';
import { CallHeat } from '../../duty/heat.tsx';
import { useCallFigures, useLines } from '../../duty/queries.ts';
import { Phone } from '../../journey/panel.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Asking } from '../../shell/states.tsx';

/** The medical lines: how they answer, and which will be answered by nobody. */
export function Lines() {
  const lines = useLines();
  const figures = useCallFigures();
  return (
    <div className="lines-tab">
      <Asking asked={figures}>{(answer) => <CallHeat figures={answer} />}</Asking>
      <Asking asked={lines}>{(answer) => <Table lines={answer.lines} />}</Asking>
    </div>
  );
}

function Table({ lines }: { readonly lines: readonly DutyRow[] }) {
  const { t, say, word } = useWords();
  return (
    <section aria-label={t('lines.title')}>
      <h2>{t('lines.title')} <span className="count">{lines.length}</span></h2>
      <div className="heat-wrap" tabIndex={0} role="group" aria-label={t('lines.title')}>
        <table>
          <thead><tr><th>{t('lines.institution')}</th><th>{t('duty.number')}</th><th>{t('lines.answers')}</th><th>{t('lines.gap')}</th><th>{t('lines.owner')}</th><th className="number">{t('calls.figure-owed')}</th></tr></thead>
          <tbody>
            {lines.map((line) => {
              const matter = line.matters.toSorted((a, b) => a.dueAt - b.dueAt)[0];
              const [gap] = line.gaps;
              return (
                <tr key={line.institution}>
                  <th scope="row">{say(line.name)}</th>
                  <td>{line.publicNumber ? <Phone number={line.publicNumber} /> : <span className="problem">{t('duty.no-number')}</span>}</td>
                  <td>
                    {line.answers ? <>{line.answers.dutyPerson} <Phone number={line.answers.phone} /></> : <span className="problem">{t('duty.nobody')}</span>}
                    {line.notHandedOver && line.responsible && <span className="problem"> {t('duty.not-handed-over', { name: line.responsible.dutyPerson })}</span>}
                  </td>
                  <td>{gap ? <span className={line.answers ? '' : 'problem'}>{dayAndTime(gap.from)} – {dayAndTime(gap.to)}</span> : <span className="quiet">{t('lines.no-gap')}</span>}</td>
                  <td>{matter && <span className={matter.missed > 0 ? 'problem' : ''}>{t('duty.owned', { role: word('role', matter.owner.role), time: dayAndTime(matter.dueAt) })}</span>}</td>
                  <td className="number">{line.owed > 0 ? <span className="countdown countdown-over"><time>{line.owed}</time></span> : 0}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
