import { describe, expect, it } from 'vitest';
import { welcome } from './serve.ts';
import { readSettings } from './server/index.ts';

const OIDC = { GREENLANE_OIDC_URL: 'https://id.example/.well-known/openid-configuration', GREENLANE_OIDC_CLIENT: 'c', GREENLANE_OIDC_SECRET: 'not a real secret' };
const printed = (env: Record<string, string>): string => welcome(readSettings(env, '/'), '1.0');

describe('what a started server says', () => {
  it('given a demo, then a link for each role and that it is one', () => {
    expect(printed({})).toMatch(/http:\/\/localhost:4600\/demo\/dispatcher[^]*This is demo mode/);
    expect(printed({})).not.toContain('Nobody can sign in');
  });

  it('given neither a demo nor a sign-in service, then that nobody can sign in yet, and every setting that changes it', () => {
    const said = printed({ GREENLANE_DEMO: 'off' });
    expect(said).toContain('Nobody can sign in yet');
    for (const setting of [...Object.keys(OIDC), 'GREENLANE_FIRST_STAFF', 'GREENLANE_DEMO=on']) expect(said).toContain(setting);
    expect(said).not.toContain('/demo/');
  });

  it('given a sign-in service, then where staff sign in, and nothing of its secret', () => {
    const said = printed({ GREENLANE_DEMO: 'off', ...OIDC });
    expect(said).toContain('Staff sign in at http://localhost:4600/sign-in.');
    expect(said).not.toContain('Nobody can sign in');
    expect(said).not.toContain(OIDC.GREENLANE_OIDC_SECRET);
  });
});
