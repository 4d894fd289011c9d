import { spawn } from 'node:child_process';

/** A step that did not work; the message is the whole story a person needs and says what to do. */
export class StepFailed extends Error {}

/**
 * Runs one command quietly and shows that time passes: on a terminal the seconds count up in place, elsewhere a line
 * every five seconds. What the command printed is shown only when it fails.
 * @param {string} title what is being done, for a person
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function step(title, command, args, options) {
  return new Promise((resolve, reject) => {
    const started = Date.now();
    const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
    const terminal = process.stderr.isTTY;
    process.stderr.write(terminal ? `${title} …` : `${title} …\n`);
    const progress = setInterval(
      () => process.stderr.write(terminal ? `\r${title} … ${seconds()}` : `${title} … ${seconds()}\n`),
      terminal ? 1_000 : 5_000,
    );
    let output = '';
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = /** @param {NodeJS.Signals} signal */ (signal) => child.kill(signal);
    process.on('SIGINT', stop).on('SIGTERM', stop);
    const done = () => {
      clearInterval(progress);
      process.off('SIGINT', stop).off('SIGTERM', stop);
    };
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => {
      done();
      reject(new StepFailed(`\n${title}: ${command} could not be started (${error.message}).`));
    });
    child.on('exit', (code, signal) => {
      done();
      if (code === 0) {
        process.stderr.write(terminal ? `\r${title} … done in ${seconds()}\n` : `${title}: done in ${seconds()}\n`);
        resolve(undefined);
      } else {
        const ended = signal ? `was stopped by ${signal}` : `ended with code ${code}`;
        reject(new StepFailed(`${output.trimEnd()}\n${title}: ${[command, ...args].join(' ')} ${ended}.`));
      }
    });
  });
}
