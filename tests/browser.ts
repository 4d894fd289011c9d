/**
 * A browser for the journey tests: the machine's own Chromium if there is one, else the one inside the npm package
 * `@sparticuz/chromium`. Nothing is downloaded.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** No sandbox: tests run as root in containers, where Chromium has none. Software WebGL: the maps need it, CI has no GPU. */
const FLAGS = [
  '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist',
];

export interface BrowserProgram {
  readonly executable: string;
  /** What the packaged one needs to find the libraries and fonts it brings along. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts the browser; `close()` it in the end.
 * @param seen the film (y4m) that its camera sees
 */
export async function launchBrowser(seen?: string): Promise<Browser> {
  const { executable, env } = await findBrowser();
  const camera = seen === undefined ? [] : ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${seen}`];
  return chromium.launch({ executablePath: executable, args: [...FLAGS, ...camera], env: { ...definedOnly(process.env), ...env } });
}

/**
 * Finds the browser and unpacks the packaged one the first time. Called once in the global setup, so that tests which
 * start together do not all unpack at once.
 */
export async function findBrowser(): Promise<BrowserProgram> {
  const system = SYSTEM_BROWSERS.find((file) => existsSync(file));
  if (system) return { executable: system, env: {} };
  const folder = path.resolve('node_modules', '.cache', 'chromium');
  if (!existsSync(folder)) await unpack(folder);
  return {
    executable: path.join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: path.join(folder, 'fonts') },
  };
}

/**
 * The package unpacks into the temporary folder and takes whatever it finds there for finished, a half-written program
 * included; so it gets a temporary folder of its own, renamed once everything is in it.
 */
async function unpack(folder: string): Promise<void> {
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const before = { ...process.env };
  try {
    process.env['TMPDIR'] = partial;
    // It brings its libraries only where it believes to be on that platform.
    process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    // Its own font settings name folders of that platform; without a single font even the pages' own fonts stay blank.
    writeFileSync(
      path.join(partial, 'fonts', 'fonts.conf'),
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${path.join(folder, 'fonts')}</dir>` +
        `<dir>/usr/share/fonts</dir><cachedir>${path.join(folder, 'fonts-cache')}</cachedir></fontconfig>\n`,
    );
    renameSync(partial, folder);
  } finally {
    for (const name of ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    rmSync(partial, { recursive: true, force: true });
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
