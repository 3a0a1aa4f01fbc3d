// Repeats a task while the page is visible, with growing pauses while it fails.
const EVERY = 3_000;
const LONGEST = 8_000;

const pause = (millis, wake) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    wake.resolve = () => {
      clearTimeout(timer);
      resolve();
    };
  });

const seen = () =>
  document.hidden
    ? new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }))
    : Promise.resolve();

/**
 * Starts repeating a task.
 *
 * @param task returns a promise; one that is rejected counts as a failure
 * @returns now() runs the task at once, stop() ends the repetition
 */
export function keepDoing(task) {
  const wake = { resolve: () => {} };
  let stopped = false;
  (async () => {
    let failures = 0;
    while (!stopped) {
      try {
        await task();
        failures = 0;
      } catch {
        failures++;
      }
      await pause(failures ? Math.min(LONGEST, 500 * 2 ** failures) : EVERY, wake);
      await seen();
    }
  })();
  return {
    now: () => wake.resolve(),
    stop() {
      stopped = true;
      wake.resolve();
    },
  };
}
