import { useMutation } from '@tanstack/react-query';
import { post } from '../../../shared/api.ts';
import type { DemoPerson } from '../../data/contract.ts';
import { useDemoPeople } from '../../data/queries.ts';
import { homeOf, SCREENS, type ScreenName } from '../../screens.ts';
import { useWords } from '../../shell/language.tsx';
import { Asking } from '../../shell/states.tsx';

/** The posts of the exercise: choose one and work. Nobody here is a real person. */
export default function Demo() {
  const asked = useDemoPeople();
  return <Asking asked={asked}>{({ people }) => <Posts people={people} />}</Asking>;
}

function Posts({ people }: { readonly people: readonly DemoPerson[] }) {
  const { t, word } = useWords();
  const wanted = new URLSearchParams(location.search).get('for');
  const names = (Object.keys(SCREENS) as ScreenName[]).sort((a, b) => Number(b === wanted) - Number(a === wanted));
  return (
    <div className="posts">
      <h2>{t('demo.title')}</h2>
      <p>{t('demo.how')}</p>
      <p><a className="button" href="/">{t('demo.resident')}</a></p>
      {names.map((name) => {
        const here = people.filter(({ role }) => homeOf(role) === name);
        if (here.length === 0) return null;
        return (
          <section key={name} className={name === wanted ? 'post wanted' : 'post'}>
            <h3>{word('screen', name)}</h3>
            <p className="quiet">{word('try', name)}</p>
            <ul className="post-people">{here.map((person) => <li key={person.id}><SignIn person={person} /></li>)}</ul>
          </section>
        );
      })}
    </div>
  );
}

function SignIn({ person }: { readonly person: DemoPerson }) {
  const { say, word } = useWords();
  // `dispatcher@city#A`: two posts of one kind differ by their shift.
  const shift = person.id.split('#')[1];
  const signIn = useMutation({
    mutationFn: () => post('/api/demo/sign-in', { id: person.id }),
    onSuccess: () => location.assign(`/${homeOf(person.role) ?? ''}`),
  });
  return (
    <>
      <button type="button" disabled={signIn.isPending} onClick={() => signIn.mutate()}>
        <b>{say(person.scopeName)}{shift && ` · ${shift}`}</b> <span className="quiet">{word('role', person.role)}</span>
      </button>
      {signIn.error && <p role="alert" className="problem">{signIn.error.message}</p>}
    </>
  );
}
