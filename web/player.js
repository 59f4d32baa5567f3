// Plays the stepper: one step each tick, at the chosen speed, until the end or until something is wrong.
// It runs on the browser's frames, so that it never queues more work than the page can show.

import { probeAt } from './state/steps.js';

/** @param {ReturnType<typeof import('./state/store.js').createStore>} store */
export function createPlayer(store) {
  let running = false;
  let due = 0;
  /** @type {import('./model.js').Model|null} */
  let model = null;

  /** @param {number} now */
  const tick = (now) => {
    running = store.state.playing && Boolean(model?.progress);
    if (!running || !model?.progress) return;
    const { plan, at, total } = model.progress;
    const period = 1000 / store.state.speed;
    if (now >= due) {
      // A frame may come a little early; at 60 steps a second each frame is a step.
      due = now + period - 4;
      if (at < total) store.dispatch.setStep(at + 1, probeAt(plan, at + 1));
      if (at + 1 >= total) store.dispatch.setPlaying(false);
    }
    requestAnimationFrame(tick);
  };

  return {
    /** Takes note of what is shown now; starts playing where the state says so. @param {import('./model.js').Model} next */
    follow(next) {
      model = next;
      if (!store.state.playing || running) return;
      running = true;
      due = performance.now() + 1000 / store.state.speed;
      requestAnimationFrame(tick);
    },
  };
}
