// The engine for pages that must not stand still: each function gives a promise. What is short is computed in place, what
// is long in a worker, with progress, until somebody takes it back. Documented as in core.js; loaded by createBackground.
import { copied } from './copies.js';
import { createQueue } from './queue.js';
import { hasThreads } from './thread.js';
import * as work from './work.js';

/** @typedef {import('./index.js').Engine} Engine */
/** @typedef {import('./types.js').Request} Request */
/** @typedef {import('./types.js').TensorInput} TensorInput */
/** @typedef {import('./types.js').TensorOutput} TensorOutput */
/** @typedef {import('./types.js').Trace} Trace */
/** @typedef {import('./types.js').TraceOptions} TraceOptions */
/** @typedef {import('./types.js').Gradients} Gradients */
/** @typedef {import('./types.js').Agreement} Agreement */
/** @typedef {import('./types.js').Coverage} Coverage */
/** @typedef {import('./types.js').Parsed} Parsed */
/** @typedef {import('./types.js').ParseOptions} ParseOptions */
/** @typedef {import('./types.js').Expected} Expected */
/** @typedef {import('./types.js').Comparison} Comparison */
/** @typedef {import('./types.js').CompareOptions} CompareOptions */
/** @typedef {import('./types.js').Diagnosis} Diagnosis */
/** @typedef {import('./types.js').DiagnoseOptions} DiagnoseOptions */
/** @typedef {import('./stack.js').StackLayer} StackLayer */
/** @typedef {import('./stack.js').StackRun} StackRun */
/** @typedef {import('./stack.js').ReceptiveField} ReceptiveField */
/** @typedef {import('./stack.js').OverlapMap} OverlapMap */
/** @typedef {import('./stack.js').SizeQuestion} SizeQuestion */
/** @typedef {import('./stack.js').SizeAnswers} SizeAnswers */
/** @typedef {import('./stack.js').RepairQuestion} RepairQuestion */
/** @typedef {import('./stack.js').Repair} Repair */

/**
 * @typedef {object} Watching
 * @property {AbortSignal} [signal] takes the request back: the promise is rejected with the signal's reason, and whatever
 *   is being computed for it ends at once
 * @property {(share: number) => void} [onProgress] is told the share that is done, ever more, up to 1
 */

/**
 * @typedef {object} BackgroundLayer
 * @property {(input: TensorInput, watching?: Watching) => Promise<TensorOutput>} run as `run` of a {@link Layer}
 * @property {() => void} dispose frees the weights; no run after that
 */

/**
 * Milliseconds of work that are done in place: half a frame of a page, which nobody notices. The hop to the worker and back
 * was measured at 2 in Node and in Chromium, and each 4 MB that are handed over at 1.5 and 18, for fresh memory costs a
 * browser time; the first hop loads the engine there, in 160 to 190.
 */
const SHORT = 8;

/**
 * @param {Engine} engine the whole, in this thread
 * @param {{ refused: (refusal: import('./error.js').Refusal) => Error, wasmUrl?: string, workerUrl?: string }} options
 *   `refused` makes the error of a refusal
 */
export function backgroundOf(engine, { refused, wasmUrl, workerUrl }) {
  const queue = createQueue(refused, workerUrl);
  /** The layers that a thread has. @type {WeakMap<object, Set<number>>} */
  const made = new WeakMap();
  let layers = 0;

  /**
   * @param {keyof Engine} name of a function
   * @param {any[]} args but its options
   * @param {any} options of the function, and Watching
   * @param {() => number} estimate in milliseconds; throws what is refused
   */
  const ask = async (name, args, options, estimate) => {
    const { signal, onProgress, ...own } = options ?? {};
    signal?.throwIfAborted();
    const compute = (/** @type {any[]} */ all) => /** @type {any} */ (engine)[name](...all);
    if (estimate() <= SHORT || !hasThreads()) {
      const value = compute([...args, own]);
      onProgress?.(1);
      return value;
    }
    /** @type {ArrayBuffer[]} */
    const buffers = [];
    const copy = copied([...args, own], buffers);
    const tells = Boolean(onProgress);
    return queue.ask({
      write: () => ({ message: { wasmUrl, name, args: copy, tells }, buffers }),
      inPlace: () => compute(copy),
      watching: { signal, onProgress },
    });
  };

  /** @param {any} request @returns {BackgroundLayer} */
  const layerOf = (request) => {
    const number = ++layers;
    const kept = copied(request, []);
    engine.layer(kept).dispose(); // refuses what is wrong
    /** In this thread, where an input is short. @type {import('./layer.js').Layer | null} */
    let near = null;
    const here = () => {
      near ??= engine.layer(kept);
      return near;
    };
    let isGone = false;
    let known = '';
    let time = 0;
    /** @param {TensorInput} input */
    const estimate = (input) => {
      const key = `${input?.shape} ${input?.data?.constructor.name}`;
      if (key !== known) {
        time = work.layerWork(engine, { ...kept, input });
        known = key;
      }
      return time;
    };
    /** @param {any} thread */
    const has = (thread) => {
      const numbers = made.get(thread) ?? new Set();
      made.set(thread, numbers);
      return numbers;
    };
    return Object.freeze({
      async run(input, { signal, onProgress } = {}) {
        signal?.throwIfAborted();
        if (isGone || estimate(input) <= SHORT || !hasThreads()) {
          const value = here().run(input);
          onProgress?.(1);
          return value;
        }
        /** @type {ArrayBuffer[]} */
        const buffers = [];
        const args = [copied(input, buffers)];
        const tells = Boolean(onProgress);
        /** @type {any} */
        let by = null;
        const value = await queue.ask({
          write: (thread) => {
            by = thread;
            const first = has(thread).has(number) ? {} : { request: copied(kept, buffers) };
            return {
              message: { wasmUrl, name: 'run', layer: number, args, tells, ...first },
              buffers,
            };
          },
          inPlace: () => here().run(args[0]),
          watching: { signal, onProgress },
        });
        if (by && !isGone) has(by).add(number);
        return value;
      },
      dispose() {
        isGone = true;
        here().dispose();
        queue.tell((thread) =>
          has(thread).delete(number) ? { name: 'dispose', layer: number, args: [] } : null,
        );
      },
    });
  };

  return Object.freeze({
    /**
     * The engine in this thread, for what is short always: sizes, one cell's products, stacks without their numbers.
     *
     * @type {Engine}
     * @example
     * const background = await createBackground();
     * background.engine.inferShape(request).outputShape; // → [1, 1, 5, 5]
     */
    engine,

    /**
     * The output, as `engine.run`, to the last bit.
     *
     * @param {Request} request its tensors with `data`; they are copied, and stay yours
     * @param {Watching} [watching] how to take it back, and who is told how far it is
     * @returns {Promise<TensorOutput>} in the type of the request's tensors
     * @throws {ConvError} as `engine.run`, by the promise
     * @example
     * const background = await createBackground();
     * let done = 0;
     * const { data } = await background.run(request, { onProgress: (share) => { done = share; } });
     * data.slice(0, 5); // → [1, 0, 3, 0, 2]
     * done; // → 1
     */
    run: (request, watching) =>
      /** @type {Promise<TensorOutput>} */ (
        ask('run', [request], watching, () => work.runWork(engine, request))
      ),

    /**
     * Every map of one method, as `engine.trace`.
     *
     * @param {Request} request its tensors with `data`
     * @param {TraceOptions & Watching} options the method, and how to take it back
     * @returns {Promise<Trace>} named maps, and the products as flat lists
     * @throws {ConvError} as `engine.trace`, by the promise
     * @example
     * const background = await createBackground();
     * const { maps } = await background.trace(request, { method: 'phases' });
     * maps.output.shape; // → [1, 1, 5, 5]
     */
    trace: (request, options) =>
      /** @type {Promise<Trace>} */ (
        ask('trace', [request], options, () => work.runWork(engine, request))
      ),

    /**
     * The backward pass, as `engine.gradients`.
     *
     * @param {Request} request its tensors with `data`
     * @param {TensorInput} gradOutput of the output's shape
     * @param {Watching} [watching] how to take it back, and who is told how far it is
     * @returns {Promise<Gradients>} each of the shape of its tensor
     * @throws {ConvError} as `engine.gradients`, by the promise
     * @example
     * const background = await createBackground();
     * const ones = { shape: [1, 1, 5, 5], data: new Float32Array(25).fill(1) };
     * const { input } = await background.gradients(request, ones);
     * input.data; // → [5, 5, 5, 5]
     */
    gradients: (request, gradOutput, watching) =>
      /** @type {Promise<Gradients>} */ (
        ask('gradients', [request, gradOutput], watching, () => work.gradientsWork(engine, request))
      ),

    /**
     * Whether all methods give the same output, as `engine.agreement`.
     *
     * @param {Request} request its tensors with `data`
     * @param {Watching} [watching] how to take it back, and who is told how far it is
     * @returns {Promise<Agreement>} the difference of every method
     * @throws {ConvError} as `engine.agreement`, by the promise
     * @example
     * const background = await createBackground();
     * (await background.agreement(request)).largest; // → 0
     */
    agreement: (request, watching) =>
      /** @type {Promise<Agreement>} */ (
        ask('agreement', [request], watching, () => work.agreementWork(engine, request))
      ),

    /**
     * How many inputs reach each output position, as `engine.coverage`.
     *
     * @param {Request} request its tensors need no `data`
     * @param {Watching} [watching] how to take it back
     * @returns {Promise<Coverage>} a count per position, and whether the counts are even
     * @throws {ConvError} as `engine.coverage`, by the promise
     * @example
     * const background = await createBackground();
     * (await background.coverage(request)).max; // → 4
     */
    coverage: (request, watching) =>
      /** @type {Promise<Coverage>} */ (
        ask('coverage', [request], watching, () => work.coverageWork(engine, request))
      ),

    /**
     * What a pasted text holds, as `engine.parse`.
     *
     * @param {string} text of any length that fits in memory; is data, never run
     * @param {ParseOptions & Watching} [options] what the text leaves open, and how to take it back
     * @returns {Promise<Parsed>} everything that was found
     * @throws {ConvError} as `engine.parse`, by the promise
     * @example
     * const background = await createBackground();
     * const { items } = await background.parse('[[1, 2], [3, 4]]');
     * items[0].shape; // → [2, 2]
     */
    parse: (text, options) =>
      /** @type {Promise<Parsed>} */ (ask('parse', [text], options, () => work.parseWork(text))),

    /**
     * Whether a tensor is the one expected, as `engine.compare`.
     *
     * @param {TensorInput} actual with `data`
     * @param {Expected} expected a tensor, or an item of `parse`
     * @param {CompareOptions & Watching} [options] tolerances, and how to take it back
     * @returns {Promise<Comparison>} the verdict, the tolerance behind it, and the worst cells
     * @throws {ConvError} as `engine.compare`, by the promise
     * @example
     * const background = await createBackground();
     * const three = { shape: [3], data: [1, 2, 3] };
     * (await background.compare(three, three)).verdict; // → 'match'
     */
    compare: (actual, expected, options) =>
      /** @type {Promise<Comparison>} */ (
        ask('compare', [actual, expected], options, () => work.compareWork(actual))
      ),

    /**
     * Why a request's output is not the expected one, as `engine.diagnose`.
     *
     * @param {Request} request one that is refused may be diagnosed too
     * @param {Expected} expected a tensor, a shape, or an item of `parse`
     * @param {DiagnoseOptions & Watching} [options] tolerances, how much to try, and how to take it back
     * @returns {Promise<Diagnosis>} causes, each with the changes that reproduce the expected output
     * @throws {ConvError} as `engine.diagnose`, by the promise
     * @example
     * const background = await createBackground();
     * const expected = engine.run({ ...request, flipKernel: true });
     * const { causes } = await background.diagnose(request, expected);
     * causes[0].ids; // → ['kernel_flipped']
     */
    diagnose: (request, expected, options) =>
      /** @type {Promise<Diagnosis>} */ (
        ask('diagnose', [request, expected], options, () => work.diagnoseWork(engine, request))
      ),

    /**
     * One layer for many inputs, as `engine.layer`: its weights are packed in the worker too, once, and anew after a
     * request has been taken back.
     *
     * @param {Omit<Request, 'input'>} request everything but the input; copied
     * @returns {Promise<BackgroundLayer>} `run(input)` gives a promise of the output, `dispose()` frees the weights
     * @throws {ConvError} as `engine.layer`, by the promise
     * @example
     * const background = await createBackground();
     * const { input, ...rest } = request;
     * const layer = await background.layer(rest);
     * (await layer.run(input)).shape; // → [1, 1, 5, 5]
     * layer.dispose();
     */
    layer: async (request) => layerOf(request),

    /**
     * Real values through all layers, as `engine.runStack`.
     *
     * @param {StackLayer[]} stack layers as in `engine.stack`
     * @param {TensorInput} input with `data`
     * @param {{ seed?: number, weights?: 'seeded' | 'ones' } & Watching} [options] the same seed gives the same weights
     * @returns {Promise<StackRun>} every layer's output and parameters
     * @throws {ConvError} as `engine.runStack`, by the promise
     * @example
     * const background = await createBackground();
     * const sum = { op: 'conv1d', outChannels: 1, kernelSize: 2 };
     * const input = { shape: [1, 1, 4], data: [1, 2, 3, 4] };
     * const { outputs } = await background.runStack([sum], input, { weights: 'ones' });
     * outputs[0].data; // → [3, 5, 7]
     */
    runStack: (stack, input, options) =>
      /** @type {Promise<StackRun>} */ (
        ask('runStack', [stack, input], options, () => work.runStackWork(engine, stack, input))
      ),

    /**
     * What one cell of a stack's layer depends on, as `engine.receptiveField`.
     *
     * @param {StackLayer[]} stack layers as in `engine.stack`
     * @param {number[]} inputShape as in `engine.stack`
     * @param {{ layer: number, cell: number[] }} query the layer, and an index per spatial axis
     * @param {Watching} [watching] how to take it back
     * @returns {Promise<ReceptiveField>} per axis, and as a map of the input
     * @throws {ConvError} as `engine.receptiveField`, by the promise
     * @example
     * const background = await createBackground();
     * const conv = { op: 'conv1d', outChannels: 1, kernelSize: 3, padding: 1 };
     * const { axes } = await background.receptiveField([conv], [1, 1, 9], { layer: 0, cell: [4] });
     * axes[0].positions; // → [3, 4, 5]
     */
    receptiveField: (stack, inputShape, query, watching) =>
      /** @type {Promise<ReceptiveField>} */ (
        ask('receptiveField', [stack, inputShape, query], watching, () => work.overlapWork(stack))
      ),

    /**
     * How many paths lead to each position of a stack's layer, as `engine.overlap`.
     *
     * @param {StackLayer[]} stack layers as in `engine.stack`
     * @param {number[]} inputShape as in `engine.stack`
     * @param {number} layer whose output is looked at
     * @param {Watching} [watching] how to take it back
     * @returns {Promise<OverlapMap[]>} one per spatial axis
     * @throws {ConvError} as `engine.overlap`, by the promise
     * @example
     * const background = await createBackground();
     * const odd = { op: 'conv_transpose1d', outChannels: 1, kernelSize: 3, stride: 2 };
     * const [{ counts }] = await background.overlap([odd], [1, 1, 2], 0);
     * counts; // → [1, 1, 2, 1, 1]
     */
    overlap: (stack, inputShape, layer, watching) =>
      /** @type {Promise<OverlapMap[]>} */ (
        ask('overlap', [stack, inputShape, layer], watching, () => work.overlapWork(stack))
      ),

    /**
     * Which arguments turn one size into another, as `engine.solve`.
     *
     * @param {SizeQuestion} question the sizes, and the ranges to search
     * @param {Watching} [watching] how to take it back, and who is told how far it is
     * @returns {Promise<SizeAnswers>} how many there are, and the first of them
     * @throws {ConvError} as `engine.solve`, by the promise
     * @example
     * const background = await createBackground();
     * const { answers } = await background.solve({ op: 'conv_transpose2d', from: 7, to: 14 });
     * answers[0].sizes; // → [7, 14]
     */
    solve: (question, watching) =>
      /** @type {Promise<SizeAnswers>} */ (
        ask('solve', [question], watching, () => work.solveWork(question ?? {}))
      ),

    /**
     * Which change of one layer makes another one work, as `engine.repair`.
     *
     * @param {RepairQuestion} question the layer that must work, and the size it must give
     * @param {Watching} [watching] how to take it back
     * @returns {Promise<{ total: number, complete: boolean, repairs: Repair[] }>} as `engine.repair`
     * @throws {ConvError} as `engine.repair`, by the promise
     * @example
     * const background = await createBackground();
     * const half = { op: 'conv2d', outChannels: 8, kernelSize: 3, stride: 2, padding: 1 };
     * const { repairs } = await background.repair(
     *   { layers: [half], inputShape: [1, 3, 32, 32], layer: 0, size: [32, 32] });
     * repairs[0].outputShape; // → [1, 8, 32, 32]
     */
    repair: (question, watching) =>
      /** @type {Promise<ReturnType<Engine['repair']>>} */ (
        ask('repair', [question], watching, () => work.repairWork(question?.layers))
      ),

    /**
     * Ends the worker, if there is one. What still waits for it is rejected; the next long request starts a fresh one.
     *
     * @returns {void} nothing
     * @throws {DOMException} an `AbortError`, by the promises of what still waited
     * @example
     * const background = await createBackground();
     * background.dispose();
     * (await background.run(request)).shape; // → [1, 1, 5, 5]
     */
    dispose: () =>
      queue.close(new DOMException('The background engine was disposed of.', 'AbortError')),
  });
}

/** @typedef {ReturnType<typeof backgroundOf>} Background */
