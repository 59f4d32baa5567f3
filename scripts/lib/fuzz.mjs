// Runs the libFuzzer targets of tests/fuzz, with sanitizers. In CI they share three minutes, by hand each has ten seconds;
// CONVSCOPE_FUZZ_SECONDS says otherwise. What makes one fail is kept in build/fuzz/found.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from './cmake.mjs';
import { list } from './files.mjs';
import { ROOT, run } from './machine.mjs';
import { Stop, say } from './report.mjs';

const CI_SECONDS = 180;

/** Whether a clang with libFuzzer is here; g++ has none. */
async function hasLibFuzzer() {
  const folder = join(ROOT, 'build');
  mkdirSync(folder, { recursive: true });
  const source = join(folder, 'fuzz-probe.cpp');
  writeFileSync(
    source,
    'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }\n',
  );
  const options = ['-fsanitize=fuzzer,address', source, '-o', join(folder, 'fuzz-probe')];
  return (await run('clang++', options, { quiet: true }).catch(() => ({ code: 1 }))).code === 0;
}

/** @returns {Promise<import('./suites.mjs').Count>} in targets */
export async function fuzz() {
  if (!(await hasLibFuzzer())) {
    say('no clang with libFuzzer here: fuzzing is left out (Debian: clang and libclang-rt-dev)');
    return { passed: 0, failed: 0 };
  }
  const targets = list('tests/fuzz', '.cpp').map((path) => `fuzz_${basename(path, '.cpp')}`);
  if (targets.length === 0) throw new Stop('There is no target in tests/fuzz.');
  if (!(await build('fuzz', targets))) throw new Stop('The fuzzers could not be built: see above.');
  const time =
    process.env.CONVSCOPE_FUZZ_SECONDS ??
    (process.env.CI ? Math.floor(CI_SECONDS / targets.length) : 10);
  const found = join(ROOT, 'build/fuzz/found/');
  mkdirSync(found, { recursive: true });
  const count = { passed: 0, failed: 0 };
  for (const target of targets) {
    const { code, output } = await run(
      join(ROOT, 'build/fuzz', target),
      [`-max_total_time=${time}`, `-artifact_prefix=${found}`, '-print_final_stats=1'],
      { quiet: true },
    );
    const runs = /number_of_executed_units:\s*(\d+)/.exec(output)?.[1] ?? '0';
    if (code === 0 && Number(runs) > 0) {
      count.passed++;
      say(`${target}: ${runs} runs in ${time} s, nothing found`);
    } else {
      count.failed++;
      console.log(output.slice(-6000));
      say(`${target}: FAILED (exit code ${code})`);
    }
  }
  return count;
}
