import { describe, expect, it } from 'vitest';
import { readSignInSettings } from './read-settings.ts';

const read = (env: Record<string, string>) => {
  const problems: string[] = [];
  return { settings: readSignInSettings((name) => env[name], problems), problems };
};
const OIDC = { GREENLANE_OIDC_URL: 'https://id.example/.well-known/openid-configuration', GREENLANE_OIDC_CLIENT: 'greenlane', GREENLANE_OIDC_SECRET: 'secret' };

describe('sign-in settings', () => {
  it('given nothing, then nothing is set and nothing is wrong', () => {
    expect(read({})).toEqual({ settings: {}, problems: [] });
  });

  it('given all, then all; the address without its last slash', () => {
    expect(read({ ...OIDC, GREENLANE_URL: 'https://care.example/', GREENLANE_FIRST_STAFF: 'command@city.example' })).toEqual({
      settings: {
        publicUrl: 'https://care.example', firstStaff: { email: 'command@city.example' },
        oidc: { discoveryUrl: OIDC.GREENLANE_OIDC_URL, clientId: 'greenlane', clientSecret: 'secret' },
      },
      problems: [],
    });
  });

  it('given one of three is missing, then that is said, whichever it is, and the secret is not repeated', () => {
    for (const missing of Object.keys(OIDC)) {
      const { problems } = read(Object.fromEntries(Object.entries(OIDC).filter(([name]) => name !== missing)));
      expect(problems).toHaveLength(1);
      expect(problems[0]).not.toContain('secret\'');
      expect(problems[0]).toContain('all three');
    }
  });

  it('given a text-message gateway, then codes to phones, and a phone may be the first', () => {
    expect(read({ GREENLANE_PHONE_CODES: 'on', GREENLANE_FIRST_STAFF: '+8613800000001' })).toEqual({
      settings: { phoneCodes: true, firstStaff: { phone: '+8613800000001' } }, problems: [],
    });
    expect(read({ GREENLANE_PHONE_CODES: 'yes' }).problems.join()).toContain('neither on nor off');
  });

  it('given several are wrong, then each has its sentence', () => {
    expect(read({ ...OIDC, GREENLANE_URL: 'care.example', GREENLANE_OIDC_URL: 'id.example', GREENLANE_FIRST_STAFF: 'command' }).problems.map((problem) => problem.split(' ')[0]))
      .toEqual(['GREENLANE_URL', 'GREENLANE_OIDC_URL', 'GREENLANE_FIRST_STAFF']);
    expect(read({ GREENLANE_URL: 'https://care.example/path' }).problems).toHaveLength(1);
  });
});
